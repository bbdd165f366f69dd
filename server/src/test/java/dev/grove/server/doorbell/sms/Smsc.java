package dev.grove.server.doorbell.sms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.net.ServerSocketFactory;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;

/** A message centre on the loopback interface: jSMPP's other side. It knows one system, "grove" with "secret". */
public final class Smsc implements AutoCloseable, ServerMessageReceiverListener {

    private static final int INVALID_PASSWORD = 0x0E;

    final BlockingQueue<SubmitSm> submitted = new LinkedBlockingQueue<>();
    final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger mostUnderWay = new AtomicInteger();
    /** What it says to each message: 0 is yes. It may take its time. */
    volatile ToIntFunction<SubmitSm> judge = message -> 0;

    private final ServerSocket socket;
    private final SMPPServerSessionListener listener;
    private final AtomicInteger messages = new AtomicInteger(0xAB);
    private final Thread door;

    public Smsc() throws IOException {
        this(ServerSocketFactory.getDefault(), 0);
    }

    Smsc(ServerSocketFactory sockets, int port) throws IOException {
        socket = sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listener = new SMPPServerSessionListener(socket.getLocalPort(), new Here(socket));
        listener.setMessageReceiverListener(this);
        listener.setPduProcessorDegree(8);
        door = Thread.ofVirtual().start(this::letIn);
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void letIn() {
        while (!socket.isClosed()) {
            try {
                SMPPServerSession session = listener.accept();
                sessions.add(session);
                Thread.ofVirtual().start(() -> bind(session));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void bind(SMPPServerSession session) {
        try {
            BindRequest request = session.waitForBind(5000);
            if (request.getSystemId().equals("grove") && request.getPassword().equals("secret")) {
                request.accept("smsc", InterfaceVersion.IF_34);
            } else {
                request.reject(INVALID_PASSWORD);
            }
        } catch (TimeoutException | PDUStringException | IOException e) {
            session.close();
        }
    }

    public SubmitSm next() throws InterruptedException {
        SubmitSm message = submitted.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    /** Tells what became of a message, as everybody does. */
    public void report(String text, OptionalParameter... parameters) throws Exception {
        SMPPServerSession receiver = sessions.stream().filter(each -> each.getSessionState().isReceivable())
                .findFirst().orElseThrow();
        receiver.deliverShortMessage("", TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, "358401234567",
                TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "100", new ESMClass(0x04), (byte) 0, (byte) 0,
                new RegisteredDelivery(0), new RawDataCoding((byte) 0), text.getBytes(StandardCharsets.ISO_8859_1),
                parameters);
    }

    void hangUp() {
        sessions.forEach(SMPPServerSession::close);
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession source)
            throws ProcessRequestException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            int status = judge.applyAsInt(message);
            if (status != 0) {
                throw new ProcessRequestException("no", status);
            }
            submitted.add(message);
            return new SubmitSmResult(new MessageId(Integer.toHexString(messages.incrementAndGet())),
                    new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new ProcessRequestException("no", 8, e);
        } finally {
            underWay.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        hangUp();
        door.interrupt();
    }

    private record Here(ServerSocket socket) implements ServerConnectionFactory {
        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }

    // ---- nobody asks for these

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public void onAcceptCancelSm(CancelSm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession source) {
        throw new AssertionError();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source) {
        throw new AssertionError();
    }
}
