package dev.grove.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable string of bytes with value equality: message bodies, nonces, leaf values.
 *
 * <p>{@link #wrap} takes an array over without a copy; the caller must not touch the array again. All other factories
 * and accessors copy.
 */
public final class Bytes {

    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Takes over {@code array} without copying it; the caller gives it up. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /** Takes over a part of {@code array} without copying it; the caller gives the array up. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        if (offset < 0 || length < 0 || offset > array.length - length) {
            throw new IndexOutOfBoundsException("[" + offset + ", +" + length + ") of " + array.length);
        }
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** A copy of {@code array}. */
    public static Bytes copyOf(byte[] array) {
        return wrap(array.clone());
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes written as hexadecimal digits, without separators. */
    public static Bytes hex(String digits) {
        return wrap(HexFormat.of().parseHex(digits));
    }

    /**
     * Decodes base64 as it stands in SyncML documents: white space and line breaks are ignored.
     *
     * @throws IllegalArgumentException if anything else is not base64
     */
    public static Bytes base64(String text) {
        return wrap(Base64.getDecoder().decode(withoutWhiteSpace(text)));
    }

    private static String withoutWhiteSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                StringBuilder kept = new StringBuilder(text.length());
                text.chars().filter(c -> c > ' ').forEach(c -> kept.append((char) c));
                return kept.toString();
            }
        }
        return text;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The byte at {@code index}, as a signed byte. */
    public byte at(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index + " of " + length);
        }
        return array[offset + index];
    }

    /** The bytes from {@code from} (inclusive) to {@code to} (exclusive); shares the storage. */
    public Bytes slice(int from, int to) {
        if (from < 0 || to > length || from > to) {
            throw new IndexOutOfBoundsException("[" + from + ", " + to + ") of " + length);
        }
        return wrap(array, offset + from, to - from);
    }

    /** These bytes followed by {@code tail}. */
    public Bytes plus(Bytes tail) {
        byte[] joined = Arrays.copyOfRange(array, offset, offset + length + tail.length);
        System.arraycopy(tail.array, tail.offset, joined, length, tail.length);
        return wrap(joined);
    }

    /** The storage, for the decoders of this package, which only read it. */
    byte[] array() {
        return array;
    }

    /** Where these bytes start in {@link #array}. */
    int arrayOffset() {
        return offset;
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Copies all bytes into {@code target} from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    public InputStream stream() {
        return new ByteArrayInputStream(array, offset, length);
    }

    /** The bytes to read, without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, offset, length).asReadOnlyBuffer();
    }

    /** Feeds all bytes to {@code digest}, without a copy. */
    public void feed(MessageDigest digest) {
        digest.update(array, offset, length);
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(offset == 0 && length == array.length ? array : toArray());
    }

    public String hex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    /** Equality in a time that depends on the lengths only: for digests and secrets. */
    public boolean equalsInConstantTime(Bytes other) {
        return MessageDigest.isEqual(toArray(), other.toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Length and the first bytes only, so that a log never holds a whole value. */
    @Override
    public String toString() {
        return length + " bytes" + (length == 0 ? "" : " " + slice(0, Math.min(length, 16)).hex())
                + (length > 16 ? "…" : "");
    }
}
