package dev.grove.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.bouncycastle.tls.RecordPreview;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's TLS behind the interface of the platform's, for whoever drives connections by that: one side of one
 * connection. Records are taken and given whole; work is done at once, there are no delegated tasks.
 */
public final class TlsEngine extends SSLEngine {

    private static final int RECORD_HEADER_BYTES = 5;
    private static final int APPLICATION_DATA = 23;

    /** Begins the handshake. */
    @FunctionalInterface
    private interface Start {
        void run() throws IOException;
    }

    private final TlsProtocol protocol;
    private final TlsSide side;
    private final Start start;
    private final boolean isClient;
    private final TlsEngineSession session;
    private boolean hasBegun;
    private boolean isFinishedTold;
    private @Nullable SSLException failure;

    private TlsEngine(TlsProtocol protocol, TlsSide side, Start start, boolean isClient) {
        this.protocol = protocol;
        this.side = side;
        this.start = start;
        this.isClient = isClient;
        this.session = new TlsEngineSession(side);
    }

    /** An engine for the server's side of a connection. */
    public static <S extends TlsServer & TlsSide> SSLEngine server(S side) {
        TlsServerProtocol protocol = new TlsServerProtocol();
        return new TlsEngine(protocol, side, () -> protocol.accept(side), false);
    }

    /** An engine for the client's side of a connection. */
    public static <C extends TlsClient & TlsSide> SSLEngine client(C side) {
        TlsClientProtocol protocol = new TlsClientProtocol();
        return new TlsEngine(protocol, side, () -> protocol.connect(side), true);
    }

    @Override
    public synchronized SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        beginHandshake();
        if (protocol.isClosed() || failure != null) {
            return result(Status.CLOSED, 0, 0);
        }
        int before = source.position();
        try {
            Optional<RecordPreview> next = nextRecord(source);
            if (next.isEmpty() || source.remaining() < next.get().getRecordSize()) {
                return result(Status.BUFFER_UNDERFLOW, 0, 0);
            }
            ByteBuffer[] wanted = Arrays.copyOfRange(targets, offset, offset + length);
            boolean isData = source.get(source.position()) == APPLICATION_DATA;
            if (isData && next.get().getContentLimit() > room(wanted)) {
                return result(Status.BUFFER_OVERFLOW, 0, 0);
            }
            int size = next.get().getRecordSize();
            byte[] record = new byte[size];
            source.get(record);
            protocol.offerInput(record);
            int produced = give(wanted);
            boolean isOver = protocol.isClosed() && produced == 0;
            return result(isOver ? Status.CLOSED : Status.OK, size, produced);
        } catch (IOException refused) {
            return failed(refused, source.position() - before);
        }
    }

    /** What the header of the next record tells of it; empty as long as not even that is there. */
    private Optional<RecordPreview> nextRecord(ByteBuffer source) throws IOException {
        if (source.remaining() < RECORD_HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] header = new byte[RECORD_HEADER_BYTES];
        source.duplicate().get(header);
        return Optional.of(protocol.previewInputRecord(header));
    }

    private static long room(ByteBuffer[] buffers) {
        return Arrays.stream(buffers).mapToLong(ByteBuffer::remaining).sum();
    }

    /** Hands over what was received for the application; the session tells how much room that takes at most. */
    private int give(ByteBuffer[] targets) throws SSLException {
        int produced = 0;
        for (ByteBuffer target : targets) {
            int count = Math.min(target.remaining(), protocol.getAvailableInputBytes());
            if (count > 0) {
                protocol.readInput(target, count);
                produced += count;
            }
        }
        if (protocol.getAvailableInputBytes() > 0) {
            throw new SSLException("the buffer is smaller than the session's application buffer");
        }
        return produced;
    }

    /** The peer is told by an alert first, which is to be wrapped; then whoever drives this engine. */
    private SSLEngineResult failed(IOException cause, int consumed) throws SSLException {
        String why = String.valueOf(cause.getMessage());
        SSLException told = side.agreed().isPresent() ? new SSLException(why) : new SSLHandshakeException(why);
        told.initCause(cause);
        if (protocol.getAvailableOutputBytes() == 0) {
            throw told;
        }
        failure = told;
        return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_WRAP, consumed, 0);
    }

    @Override
    public synchronized SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
            throws SSLException {
        beginHandshake();
        int consumed = 0;
        if (protocol.getAvailableOutputBytes() == 0) {
            if (failure != null) {
                throw failure;
            }
            if (protocol.isClosed()) {
                return result(Status.CLOSED, 0, 0);
            }
            if (side.agreed().isPresent()) {
                ByteBuffer[] given = Arrays.copyOfRange(sources, offset, offset + length);
                int size = (int) Math.min(TlsEngineSession.APPLICATION_BYTES, room(given));
                if (size > 0 && recordBytes(size) > target.remaining()) {
                    return result(Status.BUFFER_OVERFLOW, 0, 0);
                }
                consumed = take(given, size);
            }
        }
        int available = protocol.getAvailableOutputBytes();
        int produced = Math.min(available, target.remaining());
        if (available > 0 && produced == 0) {
            return result(Status.BUFFER_OVERFLOW, consumed, 0);
        }
        protocol.readOutput(target, produced);
        boolean isOver = protocol.isClosed() && protocol.getAvailableOutputBytes() == 0 && failure == null;
        return result(isOver ? Status.CLOSED : Status.OK, consumed, produced);
    }

    private int recordBytes(int applicationBytes) throws SSLException {
        try {
            return protocol.previewOutputRecord(applicationBytes).getRecordSize();
        } catch (IOException refused) {
            throw new SSLException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Takes no more of the application's bytes than one record holds. */
    private int take(ByteBuffer[] sources, int size) throws SSLException {
        byte[] plain = new byte[size];
        int count = 0;
        for (ByteBuffer source : sources) {
            int part = Math.min(source.remaining(), size - count);
            source.get(plain, count, part);
            count += part;
        }
        if (size > 0) {
            try {
                protocol.writeApplicationData(plain, 0, size);
            } catch (IOException refused) {
                throw new SSLException(String.valueOf(refused.getMessage()), refused);
            }
        }
        return size;
    }

    private SSLEngineResult result(Status status, int consumed, int produced) {
        boolean isFinished = !isFinishedTold && side.agreed().isPresent() && protocol.getAvailableOutputBytes() == 0;
        isFinishedTold |= isFinished;
        return new SSLEngineResult(status, isFinished ? HandshakeStatus.FINISHED : getHandshakeStatus(), consumed,
                produced);
    }

    @Override
    public synchronized HandshakeStatus getHandshakeStatus() {
        if (!hasBegun) {
            return HandshakeStatus.NOT_HANDSHAKING;
        }
        if (protocol.getAvailableOutputBytes() > 0 || failure != null) {
            return HandshakeStatus.NEED_WRAP;
        }
        return side.agreed().isPresent() || protocol.isClosed()
                ? HandshakeStatus.NOT_HANDSHAKING
                : HandshakeStatus.NEED_UNWRAP;
    }

    @Override
    public synchronized void beginHandshake() throws SSLException {
        if (!hasBegun) {
            hasBegun = true;
            try {
                start.run();
            } catch (IOException refused) {
                throw new SSLException(String.valueOf(refused.getMessage()), refused);
            }
        }
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public synchronized void closeInbound() throws SSLException {
        if (hasBegun && !protocol.isClosed()) {
            try {
                protocol.closeInput();
            } catch (IOException cutOff) {
                throw new SSLException("the connection was closed without a word", cutOff);
            }
        }
    }

    @Override
    public synchronized void closeOutbound() {
        if (hasBegun && !protocol.isClosed()) {
            try {
                protocol.close();
            } catch (IOException cutOff) {
                failure = new SSLException("the connection could not be closed in order", cutOff);
            }
        }
    }

    @Override
    public synchronized boolean isInboundDone() {
        return protocol.isClosed() && hasBegun;
    }

    @Override
    public synchronized boolean isOutboundDone() {
        return hasBegun && protocol.isClosed() && protocol.getAvailableOutputBytes() == 0;
    }

    @Override
    public SSLSession getSession() {
        return session;
    }

    @Override
    public SSLSession getHandshakeSession() {
        return session;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return Arrays.stream(Suite.values()).map(Suite::name).toArray(String[]::new);
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return Optional.of(session.getCipherSuite()).filter(suite -> !suite.isEmpty())
                .map(suite -> new String[] {suite})
                .orElseGet(this::getSupportedCipherSuites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return new String[] {"TLSv1.2", "TLSv1.1", "TLSv1"};
    }

    @Override
    public String[] getEnabledProtocols() {
        return getSupportedProtocols();
    }

    /** Versions and suites are fixed; a name to check has no certificate to be checked with. */
    @Override
    public void setSSLParameters(SSLParameters parameters) {
        Objects.requireNonNull(parameters);
    }

    /** No protocol is negotiated for what comes above. */
    @Override
    public String getApplicationProtocol() {
        return "";
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return "";
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        throw fixed();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        throw fixed();
    }

    @Override
    public void setUseClientMode(boolean wanted) {
        if (wanted != isClient) {
            throw fixed();
        }
    }

    @Override
    public boolean getUseClientMode() {
        return isClient;
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        throw fixed();
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        throw fixed();
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        throw fixed();
    }

    @Override
    public boolean getEnableSessionCreation() {
        return true;
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("this engine is set up as it is to be");
    }
}
