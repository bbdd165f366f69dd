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
    private static final byte[] END = {'\r', '\n'};
    private static final byte[] COOKIE = "set-cookie:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String requestHead;
    private final byte[] line = new byte[8192];
    private byte[] request = new byte[4096];
    private int requestLength;
    private byte[] body = new byte[8192];
    private int bodyLength;
    private int answeredBytes;
    private long firstAnswerNanos;
    private String cookie = "";

    Connection(URI url) throws IOException {
        this(url, new Socket(url.getHost(), url.getPort()));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
    }

    /** @param connected closed with this */
    Connection(URI url, Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        out = socket.getOutputStream();
        requestHead = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n";
    }

    /**
     * Sends a message and waits for the answer.
     *
     * @throws IOException if the answer is not 200
     */
    void exchange(Template message) throws IOException {
        String returned = message.returnsCookie() ? "Cookie: " + cookie + "\r\n" : "";
        byte[] first = (requestHead + returned + "Content-Length: " + message.body().length + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        requestLength = 0;
        put(first);
        put(message.head());
        put(END);
        put(message.body());
        out.write(request, 0, requestLength);
        receive();
    }

    private void put(byte[] part) {
        if (request.length < requestLength + part.length) {
            request = Arrays.copyOf(request, 2 * (requestLength + part.length));
        }
        System.arraycopy(part, 0, request, requestLength, part.length);
        requestLength += part.length;
    }

    /** How many bytes the bodies of all answers had. */
    int answeredBytes() {
        return answeredBytes;
    }

    /** When the first answer had come, as {@link System#nanoTime} tells it. */
    long firstAnswerNanos() {
        return firstAnswerNanos;
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
            if (isNamed(LENGTH, length)) {
                expected = Integer.parseInt(value(LENGTH, length));
            } else if (isNamed(COOKIE, length)) {
                String given = value(COOKIE, length);
                cookie = given.substring(0, (given + ";").indexOf(';'));
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
        firstAnswerNanos = answeredBytes == 0 ? System.nanoTime() : firstAnswerNanos;
        answeredBytes += expected;
        if (!status.endsWith(" 200")) {
            throw new IOException(status + ": " + new String(body, 0, Math.min(expected, 200), StandardCharsets.UTF_8));
        }
    }

    private boolean isNamed(byte[] name, int length) {
        for (int i = 0; i < name.length; i++) {
            if (i >= length || Character.toLowerCase(line[i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String value(byte[] name, int length) {
        return new String(line, name.length, length - name.length, StandardCharsets.US_ASCII).strip();
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
