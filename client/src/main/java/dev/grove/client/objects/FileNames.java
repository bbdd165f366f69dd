package dev.grove.client.objects;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * File names as node names and back. Each file has exactly one node name: what a URI or an XML document would stumble
 * over is percent-encoded, in upper case, and nothing else is. Any other spelling of the same name is no name, so that
 * no two nodes are one file, and {@code %2E%2E%2F} leads nowhere.
 */
final class FileNames {

    /** Names that begin so are drafts of this program; no server sees or makes them. */
    static final String HIDDEN = ".grove-";

    private static final String ENCODED = "%?#&/\\*+=<>\"|:";
    private static final int MAX_BYTES = 255;

    private FileNames() {}

    /** The node name of a file; empty if the file cannot be shown to a server. */
    static Optional<String> nodeName(String fileName) {
        if (!isProper(fileName) || fileName.startsWith(HIDDEN)) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder(fileName.length() + 8);
        fileName.codePoints().forEach(c -> append(name, c));
        return Optional.of(name.toString());
    }

    private static void append(StringBuilder name, int c) {
        if (c > ' ' && c != 0x7F && ENCODED.indexOf(c) < 0) {
            name.appendCodePoint(c);
        } else {
            name.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
        }
    }

    /** The file of a node name; empty if the name is not the one spelling that {@link #nodeName} gives. */
    static Optional<String> fileName(String nodeName) {
        return decoded(nodeName).filter(name -> nodeName(name).filter(nodeName::equals).isPresent());
    }

    private static Optional<String> decoded(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                bytes[length++] = bytes[i];
            } else if (i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return utf8(Arrays.copyOf(bytes, length));
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** A name that stays in its folder on every system, and is text. */
    private static boolean isProper(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..")
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && name.codePoints().noneMatch(FileNames::isImproper);
    }

    private static boolean isImproper(int c) {
        boolean isHalfACharacter = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c < ' ' || c == 0x7F || c == '/' || c == '\\' || isHalfACharacter;
    }
}
