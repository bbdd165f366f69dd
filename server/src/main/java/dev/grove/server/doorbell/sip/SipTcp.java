package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TCP connection for one call. */
final class SipTcp implements SipLine {

    private static final int MAX_HEAD = 16 << 10;
    private static final int MAX_BODY = 64 << 10;

    private String branch = "";
    private final Socket socket = new Socket();

    SipTcp(InetSocketAddress to, Duration patience) throws IOException {
        try {
            socket.connect(to, (int) patience.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException unreachable) {
            socket.close();
            throw unreachable;
        }
    }

    @Override
    public String via() {
        return "TCP " + SipUdp.printed(socket.getLocalAddress(), socket.getLocalPort());
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public void begin(String next) {
        branch = next;
    }

    @Override
    public void send(Bytes request) throws IOException {
        socket.getOutputStream().write(request.toArray());
        socket.getOutputStream().flush();
    }

    @Override
    public @Nullable SipResponse await(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                Optional<SipResponse> response = SipResponse.read(Bytes.wrap(head(end)));
                if (response.isEmpty()) {
                    throw new IOException("the peer sends what is no SIP response");
                }
                skipBody(response.get(), end);
                if (response.get().branch().filter(branch::equals).isPresent()) {
                    return response.get();
                }
            }
        } catch (SocketTimeoutException late) {
            return null;
        }
    }

    /** All up to the empty line; what keeps connections alive stands before it, and is left out. */
    private byte[] head(long end) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        while (true) {
            int octet = octet(end);
            if (octet == '\n' && lineLength == 0) {
                if (head.size() > 0) {
                    return head.toByteArray();
                }
                continue;
            }
            if (octet == '\r' && lineLength == 0) {
                continue;
            }
            head.write(octet);
            lineLength = octet == '\n' ? 0 : octet == '\r' ? lineLength : lineLength + 1;
            if (head.size() > MAX_HEAD) {
                throw new IOException("the header of the peer's answer is longer than " + MAX_HEAD + " bytes");
            }
        }
    }

    private void skipBody(SipResponse response, long end) throws IOException {
        int length = response.bodyLength().orElse(0);
        if (length > MAX_BODY) {
            throw new IOException("the body of the peer's answer is longer than " + MAX_BODY + " bytes");
        }
        for (int i = 0; i < length; i++) {
            octet(end);
        }
    }

    /** One octet, waited for no longer than to the end of all. */
    private int octet(long end) throws IOException {
        long leftMillis = (end - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
            throw new SocketTimeoutException();
        }
        InputStream in = socket.getInputStream();
        socket.setSoTimeout((int) leftMillis);
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the peer has closed the connection");
        }
        return octet;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            Thread.onSpinWait();
        }
    }
}
