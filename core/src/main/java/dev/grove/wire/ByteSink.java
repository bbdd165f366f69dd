package dev.grove.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing string of bytes, and the ways in which the writers fill it. */
final class ByteSink {

    byte[] array;
    int length;

    ByteSink(int capacity) {
        array = new byte[capacity];
    }

    void put(int b) {
        reserve(1);
        array[length++] = (byte) b;
    }

    void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    void put(Bytes bytes) {
        reserve(bytes.length());
        bytes.copyTo(array, length);
        length += bytes.length();
    }

    /** Seven bits a byte, highest first, all but the last with bit 7 set ([WBXML 1.3 §5.1]). */
    void putMultiByte(int value) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                put((value >>> shift) | 0x80);
            }
        }
        put(value & 0x7F);
    }

    /** The text in UTF-8; half a surrogate pair becomes U+FFFD. */
    void putUtf8(String text) {
        int chars = text.length();
        reserve(chars);
        int at = length;
        int i = 0;
        for (char c; i < chars && (c = text.charAt(i)) < 0x80; i++) {
            array[at++] = (byte) c;
        }
        length = at;
        while (i < chars) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            putCodePoint(codePoint);
        }
    }

    void putCodePoint(int c) {
        reserve(4);
        if (c < 0x80) {
            array[length++] = (byte) c;
        } else if (c < 0x800) {
            array[length++] = (byte) (0xC0 | (c >> 6));
            array[length++] = (byte) (0x80 | (c & 0x3F));
        } else if (c >= 0xD800 && c < 0xE000) {
            putCodePoint(0xFFFD);
        } else if (c < 0x10000) {
            array[length++] = (byte) (0xE0 | (c >> 12));
            array[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            array[length++] = (byte) (0x80 | (c & 0x3F));
        } else {
            array[length++] = (byte) (0xF0 | (c >> 18));
            array[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            array[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            array[length++] = (byte) (0x80 | (c & 0x3F));
        }
    }

    Bytes bytes() {
        return Bytes.wrap(Arrays.copyOf(array, length));
    }

    String text() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    private void reserve(int more) {
        if (more > array.length - length) {
            array = Arrays.copyOf(array, Math.max(Math.addExact(length, more), length + (length >> 1) + 64));
        }
    }
}
