package dev.grove.tools.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kept-alive HTTP connection, as cheap as can be: the load generator shares the machine with what it measures.
 * Understands answers with a {@code Content-Length} only, which is what the server sends.
 */
final class Connection implements AutoCloseable {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String requestHead;
    private final byte[] line = new byte[8192];
    private byte[] request = new byte[4096];
    private byte[] body = new byte[8192];
    private int bodyLength;

    Connection(URI url, String mediaType) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        out = socket.getOutputStream();
        requestHead = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nContent-Type: "
                + mediaType + "\r\nContent-Length: ";
    }

    /**
     * Sends a message and waits for the answer.
     *
     * @throws IOException if the answer is not 200
     */
    void exchange(byte[] message) throws IOException {
        byte[] head = (requestHead + message.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        int length = head.length + message.length;
        if (request.length < length) {
            request = new byte[length];
        }
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(message, 0, request, head.length, message.length);
        out.write(request, 0, length);
        receive();
    }

    /** The length of the last answer's body. */
    int answerLength() {
        return bodyLength;
    }

    /** A copy of the last answer's body. */
    byte[] answer() {
        return Arrays.copyOf(body, bodyLength);
    }

    private void receive() throws IOException {
        int length = readLine();
        String status = new String(line, 0, Math.min(length, 12), StandardCharsets.US_ASCII);
        int expected = -1;
        while ((length = readLine()) > 0) {
            if (isLength(length)) {
                expected = Integer.parseInt(new String(line, LENGTH.length, length - LENGTH.length,
                        StandardCharsets.US_ASCII).strip());
            }
        }
        if (expected < 0) {
            throw new IOException(status + ": the answer has no Content-Length");
        }
        if (body.length < expected) {
            body = new byte[expected];
        }
        if (in.readNBytes(body, 0, expected) < expected) {
            throw new EOFException("the answer ends early");
        }
        bodyLength = expected;
        if (!status.endsWith(" 200")) {
            throw new IOException(status + ": " + new String(body, 0, Math.min(expected, 200), StandardCharsets.UTF_8));
        }
    }

    private boolean isLength(int length) {
        for (int i = 0; i < LENGTH.length; i++) {
            if (i >= length || Character.toLowerCase(line[i]) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a line of the header into {@link #line}; returns its length without the end. */
    private int readLine() throws IOException {
        int length = 0;
        for (int octet; (octet = in.read()) != '\n';) {
            if (octet < 0 || length == line.length) {
                throw new EOFException("the answer ends early, or has too long a line");
            }
            if (octet != '\r') {
                line[length++] = (byte) octet;
            }
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
