package dev.grove.notify.envelope;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;

/** Reads the pieces that WSP headers are made of ([WSP 1.0 §8.4.1, §8.4.2]). */
final class WspInput {

    /** The page of headers that numbers are of unless a shift says otherwise. */
    static final int DEFAULT_PAGE = 1;

    // Values below are lengths; this one announces a length as uintvar; then come texts; then short integers.
    private static final int LENGTH_QUOTE = 31;
    private static final int SHIFT = 0x7F;
    private static final int FIRST_SHORT_INTEGER = 0x80;
    private static final int LONGEST_UINTVAR = 5;

    private final Bytes bytes;
    private final int end;
    private int at;

    /** @param from where it begins, and {@code end} where it ends */
    WspInput(Bytes bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean hasMore() {
        return at < end;
    }

    int peek() throws Malformed {
        if (at >= end) {
            throw new Malformed(at, "headers", "a header ends in the middle (WSP 1.0 8.4.1)");
        }
        return bytes.at(at) & 0xFF;
    }

    int octet() throws Malformed {
        int octet = peek();
        at++;
        return octet;
    }

    /** Seven bits an octet, the highest first; 32 bits at most. */
    int uintvar() throws Malformed {
        int start = at;
        long value = 0;
        for (int i = 0; i < LONGEST_UINTVAR; i++) {
            int octet = octet();
            value = (value << 7) | (octet & 0x7F);
            if ((octet & 0x80) == 0) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new Malformed(start, "headers", "a uintvar has 31 bits at most here (WSP 1.0 8.1.2)");
    }

    /** A number of octets, from here on. */
    WspInput part(int length) throws Malformed {
        if (length > end - at) {
            throw new Malformed(at, "headers",
                    "a length of " + length + " is more than the " + (end - at) + " octets left (WSP 1.0 8.4.2.2)");
        }
        WspInput part = new WspInput(bytes, at, at + length);
        at += length;
        return part;
    }

    /** The length at the beginning of a value: empty if what comes is a text or a short integer. */
    boolean isLength() throws Malformed {
        return peek() <= LENGTH_QUOTE;
    }

    boolean isText() throws Malformed {
        return peek() > LENGTH_QUOTE && peek() < FIRST_SHORT_INTEGER;
    }

    /** Whether what comes is no header, but names another page of them. */
    boolean isShift() throws Malformed {
        return isLength() || peek() == SHIFT;
    }

    /** The page: a small number stands for itself. */
    int shift() throws Malformed {
        int first = octet();
        return first == SHIFT ? octet() : first;
    }

    /** A value that begins with its length, without the length. */
    WspInput sized() throws Malformed {
        int first = octet();
        return part(first == LENGTH_QUOTE ? uintvar() : first);
    }

    /** Characters up to a zero, without the quote that may stand before them. */
    String text() throws Malformed {
        int start = at;
        int last;
        do {
            last = octet();
        } while (last != 0);
        String text = new String(bytes.slice(start, at - 1).toArray(), StandardCharsets.UTF_8);
        return text.startsWith("\u007F") || text.startsWith("\"") ? text.substring(1) : text;
    }

    /** A short integer, or a length and as many octets. */
    long integer() throws Malformed {
        int start = at;
        int first = octet();
        if (first >= FIRST_SHORT_INTEGER) {
            return first & 0x7F;
        }
        if (first == 0 || first > Long.BYTES - 1) {
            throw new Malformed(start, "headers", "an integer has 1 to 7 octets here (WSP 1.0 8.4.2.1)");
        }
        WspInput octets = part(first);
        long value = 0;
        while (octets.hasMore()) {
            value = (value << 8) | octets.octet();
        }
        return value;
    }

    /** A value of any kind, in words: a text, a decimal number, or else octets in hexadecimal. */
    String readable() throws Malformed {
        if (isText()) {
            return text();
        }
        if (!isLength()) {
            return Long.toString(integer());
        }
        WspInput value = sized();
        return bytes.slice(value.at, value.end).hex();
    }

    /** What was read since. */
    Bytes since(int start) {
        return bytes.slice(start, at);
    }
}
