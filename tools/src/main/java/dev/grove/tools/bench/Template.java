package dev.grove.tools.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message with the identifier of any device put in its place. All identifiers have one length, so that nothing else
 * changes. For one thread.
 */
final class Template {

    private static final int DIGITS = 15;

    private final byte[] head;
    private final byte[] body;
    private final int idInHead;
    private final int idInBody;
    private final boolean returnsCookie;

    /**
     * @param head fields of the HTTP request, each with its line's end
     * @param returnsCookie whether it returns the cookie that the server gave on this connection
     */
    Template(String head, byte[] body, boolean returnsCookie) {
        this(head.getBytes(StandardCharsets.US_ASCII), body, returnsCookie);
    }

    private Template(byte[] head, byte[] body, boolean returnsCookie) {
        this.head = head;
        this.body = body;
        this.returnsCookie = returnsCookie;
        this.idInHead = idIn(head);
        this.idInBody = idIn(body);
        if (idInHead < 0 && idInBody < 0) {
            throw new IllegalStateException("the message does not name its device");
        }
    }

    static String deviceId(int number) {
        return String.format(Locale.ROOT, "IMEI:%0" + DIGITS + "d", number);
    }

    /** One that another thread may use. */
    Template copy() {
        return new Template(head.clone(), body.clone(), returnsCookie);
    }

    /** The fields of the request, not copied: they change with {@link #putId}. */
    byte[] head() {
        return head;
    }

    /** The body, not copied: it changes with {@link #putId}. */
    byte[] body() {
        return body;
    }

    boolean returnsCookie() {
        return returnsCookie;
    }

    /** Makes it the message of a device. In each part the first identifier counts: nobody compares the others. */
    void putId(int number) {
        put(head, idInHead, number);
        put(body, idInBody, number);
    }

    private static void put(byte[] part, int at, int number) {
        int rest = number;
        for (int i = DIGITS - 1; i >= 0 && at >= 0; i--) {
            part[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Where the digits begin; -1 if there are none. */
    private static int idIn(byte[] part) {
        byte[] urn = "IMEI:".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + urn.length + DIGITS <= part.length; i++) {
            if (Arrays.equals(part, i, i + urn.length, urn, 0, urn.length)) {
                return i + urn.length;
            }
        }
        return -1;
    }

    /** For tests: nothing is compared by it. */
    @Override
    public @Nullable String toString() {
        return "Template[" + head.length + " + " + body.length + " bytes]";
    }
}
