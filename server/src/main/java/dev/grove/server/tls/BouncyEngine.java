package dev.grove.server.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.tls.RecordPreview;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Bouncy Castle's TLS behind the interface of the platform's, for whoever drives connections by that: the server's side
 * of one connection. Records are taken and given whole; work is done at once, there are no delegated tasks.
 */
final class BouncyEngine extends SSLEngine {

    private static final int RECORD_HEADER_BYTES = 5;

    private final TlsServerProtocol protocol = new TlsServerProtocol();
    private final TlsPeer peer;
    private final BouncySession session;
    private boolean hasBegun;
    private boolean isFinishedTold;
    private @Nullable SSLException failure;

    BouncyEngine(TlsPeer peer) {
        this.peer = peer;
        this.session = new BouncySession(peer);
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
            int size = recordBytes(source);
            if (size < 0 || source.remaining() < size) {
                return result(Status.BUFFER_UNDERFLOW, 0, 0);
            }
            byte[] record = new byte[size];
            source.get(record);
            ByteBuffer[] wanted = Arrays.copyOfRange(targets, offset, offset + length);
            protocol.offerInput(record);
            int produced = give(wanted);
            boolean isOver = protocol.isClosed() && produced == 0;
            return result(isOver ? Status.CLOSED : Status.OK, size, produced);
        } catch (IOException refused) {
            return failed(refused, source.position() - before);
        }
    }

    /** How long the next record is, header included; -1 if not even that can be seen. */
    private int recordBytes(ByteBuffer source) throws IOException {
        if (source.remaining() < RECORD_HEADER_BYTES) {
            return -1;
        }
        byte[] header = new byte[RECORD_HEADER_BYTES];
        source.duplicate().get(header);
        RecordPreview preview = protocol.previewInputRecord(header);
        return preview.getRecordSize();
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
        SSLException told = peer.agreed().isPresent() ? new SSLException(why) : new SSLHandshakeException(why);
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
            if (peer.agreed().isPresent()) {
                consumed = take(Arrays.copyOfRange(sources, offset, offset + length));
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

    /** Takes no more of the application's bytes than one record holds. */
    private int take(ByteBuffer[] sources) throws SSLException {
        int limit = BouncySession.APPLICATION_BYTES;
        byte[] plain = new byte[(int) Math.min(limit, Arrays.stream(sources).mapToLong(ByteBuffer::remaining).sum())];
        int count = 0;
        for (ByteBuffer source : sources) {
            int part = Math.min(source.remaining(), plain.length - count);
            source.get(plain, count, part);
            count += part;
        }
        if (count > 0) {
            try {
                protocol.writeApplicationData(plain, 0, count);
            } catch (IOException refused) {
                throw new SSLException(String.valueOf(refused.getMessage()), refused);
            }
        }
        return count;
    }

    private SSLEngineResult result(Status status, int consumed, int produced) {
        boolean isFinished = !isFinishedTold && peer.agreed().isPresent() && protocol.getAvailableOutputBytes() == 0;
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
        return peer.agreed().isPresent() || protocol.isClosed()
                ? HandshakeStatus.NOT_HANDSHAKING
                : HandshakeStatus.NEED_UNWRAP;
    }

    @Override
    public synchronized void beginHandshake() throws SSLException {
        if (!hasBegun) {
            hasBegun = true;
            try {
                protocol.accept(peer);
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

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        throw fixed();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        throw fixed();
    }

    @Override
    public void setUseClientMode(boolean isClient) {
        if (isClient) {
            throw fixed();
        }
    }

    @Override
    public boolean getUseClientMode() {
        return false;
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
        return new UnsupportedOperationException("this engine was set up by its listener");
    }
}
