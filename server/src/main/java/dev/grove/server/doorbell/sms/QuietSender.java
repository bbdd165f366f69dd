package dev.grove.server.doorbell.sms;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.util.DefaultComposer;

/**
 * Sends as the library does, but for the one message with a password: the library may write all others into the log.
 */
final class QuietSender {

    private static final String BIND = "sendBind";

    private QuietSender() {}

    static PDUSender make() {
        PDUSender plain = new DefaultPDUSender();
        return (PDUSender) Proxy.newProxyInstance(PDUSender.class.getClassLoader(), new Class<?>[] {PDUSender.class},
                (proxy, method, given) -> {
                    try {
                        return method.getName().equals(BIND) ? bind(given) : method.invoke(plain, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    /** @param given stream, type, sequence, system id, password, system type, version, type of number, plan, range */
    private static byte[] bind(Object[] given) throws IOException, PDUStringException {
        byte[] bind = new DefaultComposer().bind(((BindType) given[1]).commandId(), (Integer) given[2],
                (String) given[3], (String) given[4], (String) given[5], ((InterfaceVersion) given[6]).value(),
                ((TypeOfNumber) given[7]).value(), ((NumberingPlanIndicator) given[8]).value(), (String) given[9]);
        OutputStream out = (OutputStream) given[0];
        out.write(bind);
        out.flush();
        return bind;
    }
}
