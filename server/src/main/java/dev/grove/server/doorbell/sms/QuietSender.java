package dev.grove.server.doorbell.sms;

import java.io.IOException;
import java.io.OutputStream;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.util.DefaultComposer;

/**
 * Sends as the library does, but for the one message with a password: the library may write all others into the log.
 */
final class QuietSender extends DefaultPDUSender {

    private final DefaultComposer composer = new DefaultComposer();

    @Override
    public byte[] sendBind(OutputStream out, BindType type, int sequence, String systemId, String password,
            String systemType, InterfaceVersion version, TypeOfNumber ton, NumberingPlanIndicator npi, String range)
            throws PDUStringException, IOException {
        byte[] bind = composer.bind(type.commandId(), sequence, systemId, password, systemType, version.value(),
                ton.value(), npi.value(), range);
        out.write(bind);
        out.flush();
        return bind;
    }
}
