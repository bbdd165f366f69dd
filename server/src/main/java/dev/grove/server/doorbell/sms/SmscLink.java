package dev.grove.server.doorbell.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jsmpp.SynchronizedPDUReader;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one connection to a message centre: makes it, notices when it is gone, and makes it again, later each time it
 * fails.
 */
final class SmscLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SmscLink.class);
    private static final int MAX_WAITING_RECEIPTS = 1000;
    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final SmppSettings settings;
    private final BindType type;
    private final MessageReceiverListener receiver;
    private final Thread keeper;
    private volatile @Nullable SMPPSession bound;
    private volatile String trouble = "not connected yet";
    /** What is in the log already; a loss after a connection is told again. */
    private String logged = "";
    private volatile long nextTryNanos = System.nanoTime();
    private final CountDownLatch closing = new CountDownLatch(1);

    SmscLink(SmppSettings settings, BindType type, MessageReceiverListener receiver) {
        this.settings = settings;
        this.type = type;
        this.receiver = receiver;
        keeper = Thread.ofVirtual().name("smsc " + type).start(this::keep);
    }

    /** The session while it is bound. */
    Optional<SMPPSession> session() {
        SMPPSession session = bound;
        return session != null && session.getSessionState().isBound() ? Optional.of(session) : Optional.empty();
    }

    /** Why there is no session, for people. */
    String trouble() {
        return trouble;
    }

    /** How long it takes until the next attempt to connect. */
    Duration pause() {
        return Duration.ofNanos(Math.max(0, nextTryNanos - System.nanoTime()));
    }

    private void keep() {
        int failures = 0;
        try {
            boolean isClosing = false;
            while (!isClosing) {
                long started = System.nanoTime();
                hold();
                boolean held = System.nanoTime() - started > settings.times().longestPause().toNanos();
                failures = held ? 0 : Math.min(failures + 1, 30);
                Duration pause = pause(failures);
                nextTryNanos = System.nanoTime() + pause.toNanos();
                isClosing = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException _) {
            LOG.debug("the connection to {} is given up", settings.centre());
        }
    }

    /** Connects, and returns when the connection is gone or did not come about. */
    private void hold() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        SMPPSession session = session(gone);
        try {
            SmppSettings.Centre centre = settings.centre();
            session.connectAndBind(centre.host(), centre.port(), parameters(centre),
                    settings.times().answer().toMillis());
            bound = session;
            logged = "";
            LOG.info("bound to the message centre {} ({})", centre, type);
            gone.await();
            missing("the connection was lost");
        } catch (IOException | RuntimeException failed) {
            missing(reason(failed));
        } finally {
            bound = null;
            session.unbindAndClose();
        }
    }

    private SMPPSession session(CountDownLatch gone) {
        SmppSettings.Times times = settings.times();
        SMPPSession session = new SMPPSession(new SynchronizedPDUSender(QuietSender.make()),
                new SynchronizedPDUReader(), new SmppSockets(settings.tls(), times.answer()));
        session.setInterfaceVersion(InterfaceVersion.IF_34);
        session.setTransactionTimer(times.answer().toMillis());
        session.setEnquireLinkTimer((int) times.enquiry().toMillis());
        session.setQueueCapacity(MAX_WAITING_RECEIPTS);
        session.setMessageReceiverListener(receiver);
        session.addSessionStateListener((now, before, which) -> {
            if (now == SessionState.CLOSED) {
                gone.countDown();
            }
        });
        return session;
    }

    private BindParameter parameters(SmppSettings.Centre centre) {
        return new BindParameter(type, centre.systemId(), centre.password(), centre.systemType(), TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN, null, InterfaceVersion.IF_34);
    }

    private void missing(String why) {
        if (closing.getCount() > 0 && !why.equals(logged)) {
            LOG.warn("no connection to the message centre {} ({}): {}", settings.centre(), type, why);
        }
        logged = why;
        trouble = why;
    }

    private static String reason(Exception failed) {
        return failed.getCause() instanceof NegativeResponseException refused
                ? "it refuses us: " + SmppStatus.name(refused.getCommandStatus())
                : failed.getClass().getSimpleName() + ", " + failed.getMessage();
    }

    /** Between half of it and all of it, so that nodes do not come back as one. */
    private Duration pause(int failures) {
        SmppSettings.Times times = settings.times();
        long most = Math.min(times.longestPause().toMillis(),
                times.firstPause().toMillis() << Math.min(Math.max(0, failures - 1), 20));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    /** Takes leave of the centre. */
    @Override
    public void close() {
        closing.countDown();
        keeper.interrupt();
        try {
            keeper.join(STOP_TIME);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
