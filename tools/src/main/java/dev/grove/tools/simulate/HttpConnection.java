package dev.grove.tools.simulate;

import dev.grove.client.transport.Pause;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 connection, as cheap as can be: a simulator shares the machine with what it loads. One request at a
 * time; for one thread at a time.
 */
final class HttpConnection implements AutoCloseable {

    private static final int LONGEST_HEADER = 64 << 10;

    /** The answer is longer than is read. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(int limitBytes) {
            super("answer longer than " + limitBytes + " bytes");
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int maxBodyBytes;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;
    private int headerBytes;
    private boolean hasBegun;

    /** @param socket connected, and through its TLS handshake */
    HttpConnection(Socket socket, int maxBodyBytes) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Whether anything of the answer to the last request has come. */
    boolean hasBegun() {
        return hasBegun;
    }

    /** Sends a request; its head ends with an empty line. */
    void send(String head, Bytes body) throws IOException {
        hasBegun = false;
        byte[] request = whole(head, body);
        out.write(request, 0, request.length);
        out.flush();
    }

    /** The same in two parts, as over a line that is slow. */
    void sendSlowly(String head, Bytes body, long pauseMillis) throws IOException, InterruptedException {
        hasBegun = false;
        byte[] request = whole(head, body);
        int half = request.length - (body.length() + 1) / 2;
        out.write(request, 0, half);
        out.flush();
        Pause.SLEEP.pause(Duration.ofMillis(pauseMillis));
        out.write(request, half, request.length - half);
        out.flush();
    }

    private static byte[] whole(String head, Bytes body) {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + body.length()];
        System.arraycopy(start, 0, request, 0, start.length);
        body.copyTo(request, start.length);
        return request;
    }

    // ---- the answer

    /** Waits for the answer; interim answers (1xx) are none. */
    HttpReply receive(boolean hasNoBody) throws IOException {
        while (true) {
            headerBytes = 0;
            String line = line();
            int status = status(line);
            Headers headers = headers();
            if (status >= 200) {
                boolean isHttp10 = line.startsWith("HTTP/1.0");
                return whole(status, headers, isHttp10, hasNoBody || status == 204 || status == 304);
            }
        }
    }

    private HttpReply whole(int status, Headers headers, boolean isHttp10, boolean isEmpty) throws IOException {
        boolean isLast = HttpReply.isLast(isHttp10, headers);
        if (isEmpty) {
            return new HttpReply(status, headers, Bytes.EMPTY, isLast);
        }
        if (headers.first("Transfer-Encoding").filter(coding -> coding.strip().equalsIgnoreCase("chunked"))
                .isPresent()) {
            return new HttpReply(status, headers, chunks(), isLast);
        }
        Optional<String> length = headers.first("Content-Length");
        if (length.isPresent()) {
            return new HttpReply(status, headers, Bytes.wrap(bytes(number(length.get().strip(), 10))), isLast);
        }
        return new HttpReply(status, headers, toTheEnd(), true);
    }

    private static int status(String line) throws IOException {
        boolean isHttp = line.startsWith("HTTP/1.") && line.length() >= 12;
        String code = isHttp ? line.substring(9, 12) : "";
        if (!code.matches("[1-9][0-9]{2}")) {
            throw new IOException("the answer is no HTTP/1");
        }
        return Integer.parseInt(code);
    }

    private Headers headers() throws IOException {
        List<Headers.Field> fields = new ArrayList<>(12);
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
            }
            line = line();
        }
        return fields.isEmpty() ? Headers.NONE : new Headers(fields);
    }

    private Bytes chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int semicolon = line.indexOf(';');
            int length = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
            if (length == 0) {
                break;
            }
            if (length > maxBodyBytes - body.size()) {
                throw new TooLong(maxBodyBytes);
            }
            body.writeBytes(bytes(length));
            line();
        }
        headers();
        return Bytes.wrap(body.toByteArray());
    }

    private int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0 && number <= maxBodyBytes) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new IOException("the answer's length is no number", none);
        }
        throw new TooLong(maxBodyBytes);
    }

    private Bytes toTheEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(buffer, next, end - next);
        next = end;
        while (fill()) {
            body.write(buffer, 0, end);
            next = end;
            if (body.size() > maxBodyBytes) {
                throw new TooLong(maxBodyBytes);
            }
        }
        return Bytes.wrap(body.toByteArray());
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int known = Math.min(length, end - next);
        System.arraycopy(buffer, next, bytes, 0, known);
        next += known;
        if (in.readNBytes(bytes, known, length - known) < length - known) {
            throw new EOFException("the answer ends early");
        }
        return bytes;
    }

    /** A line of the header, without its end. */
    private String line() throws IOException {
        StringBuilder before = null;
        while (true) {
            for (int i = next; i < end; i++) {
                if (buffer[i] == '\n') {
                    String part = text(next, i);
                    next = i + 1;
                    String whole = before == null ? part : before.append(part).toString();
                    return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
                }
            }
            before = (before == null ? new StringBuilder() : before).append(text(next, end));
            next = end;
            headerBytes += before.length();
            if (headerBytes > LONGEST_HEADER || !fill()) {
                throw new EOFException("the answer ends early, or has too long a header");
            }
        }
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        next = 0;
        end = Math.max(read, 0);
        hasBegun |= read > 0;
        return read > 0;
    }

    /** Closes without a word: nothing more can be done with it. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            assert socket.isClosed() : gone;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "HttpConnection[%s]", socket);
    }
}
