package dev.grove.client.objects;

import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** What a file is as the value of a leaf: a file has neither format nor type of its own. */
final class FileValues {

    private FileValues() {}

    /** Numbers and truths would come back as text; a file does not pretend to be one. */
    static boolean isStorable(Format format) {
        return switch (format) {
            case CHR, BIN, B64, XML, NULL -> true;
            case BOOL, INT, NODE, DATE, TIME, FLOAT -> false;
        };
    }

    static Value of(Path file, Bytes content) {
        if (!isText(content)) {
            return Value.binary(content);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "xml" -> new Value(Format.XML, "text/xml", content);
            case "json" -> new Value(Format.CHR, "application/json", content);
            case "html" -> new Value(Format.CHR, "text/html", content);
            case "csv" -> new Value(Format.CHR, "text/csv", content);
            default -> new Value(Format.CHR, Value.DEFAULT_TYPE, content);
        };
    }

    /** UTF-8 without characters that XML cannot carry. */
    private static boolean isText(Bytes content) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toArray()));
            return text.chars().noneMatch(FileValues::isForeignToXml);
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private static boolean isForeignToXml(int c) {
        boolean isControl = c < ' ' || c == 0x7F;
        return (isControl && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
    }
}
