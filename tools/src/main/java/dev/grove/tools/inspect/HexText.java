package dev.grove.tools.inspect;

import dev.grove.wire.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as people write them: hexadecimal digits, alone or in a dump with offsets and characters beside them. */
final class HexText {

    private static final int COLUMNS = 16;

    // The first line of xxd "00000000: 0300 6d6c  ..ml", hexdump -C "00000000  03 00 |..|", od -t x1 "0000000 03 00".
    private static final Pattern FIRST_LINE = Pattern.compile("0{6,16}(: | ).*");
    private static final Pattern LINE = Pattern.compile("[0-9a-fA-F]{6,16}(: ?| +|$)(.*)");
    private static final Pattern SEPARATORS = Pattern.compile("0[xX]|\\\\x|[\\s,:;-]");

    private HexText() {}

    /** The bytes that the text stands for; empty if it is not hexadecimal. */
    static Optional<Bytes> parse(String text) {
        List<String> lines = text.strip().lines().map(String::strip).toList();
        if (!lines.isEmpty() && FIRST_LINE.matcher(lines.getFirst()).matches()) {
            return dumped(lines);
        }
        return bytes(SEPARATORS.matcher(text).replaceAll(""));
    }

    private static Optional<Bytes> dumped(List<String> lines) {
        StringBuilder digits = new StringBuilder();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            // hexdump writes "*" for repeated lines, so many are missing that their number cannot be told here.
            if (!matcher.matches()) {
                return Optional.empty();
            }
            appendOctets(matcher.group(2), matcher.group(1).startsWith(":"), digits);
        }
        return bytes(digits.toString());
    }

    /** At most sixteen octets; the column of characters begins at a bar or behind two spaces. */
    private static void appendOctets(String columns, boolean grouped, StringBuilder digits) {
        int bar = columns.indexOf('|');
        int gap = columns.indexOf("  ");
        String octets = bar >= 0 ? columns.substring(0, bar) : gap >= 0 ? columns.substring(0, gap) : columns;
        int room = 2 * COLUMNS;
        for (String group : octets.strip().split("\\s+", -1)) {
            // Without a colon, groups of four would be words of hexdump, whose bytes are swapped.
            if (!isHex(group) || group.length() > room || (!grouped && group.length() != 2)) {
                return;
            }
            digits.append(group);
            room -= group.length();
        }
    }

    private static Optional<Bytes> bytes(String digits) {
        return isHex(digits) ? Optional.of(Bytes.hex(digits)) : Optional.empty();
    }

    private static boolean isHex(String digits) {
        return !digits.isEmpty() && digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit);
    }

    /** A dump with sixteen bytes a line: offset, bytes, characters. */
    static String dump(Bytes bytes) {
        StringBuilder dump = new StringBuilder(bytes.length() * 5);
        for (int from = 0; from < bytes.length(); from += COLUMNS) {
            Bytes line = bytes.slice(from, Math.min(from + COLUMNS, bytes.length()));
            String spaced = HexFormat.ofDelimiter(" ").formatHex(line.toArray());
            dump.append(String.format(Locale.ROOT, "%08x: %-47s  %s%n", from, spaced, characters(line)));
        }
        return dump.toString();
    }

    /** The bytes as ASCII, dots for what it cannot show. */
    static String characters(Bytes bytes) {
        StringBuilder characters = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i++) {
            int octet = bytes.at(i);
            characters.append(octet >= ' ' && octet < 0x7F ? (char) octet : '.');
        }
        return characters.toString();
    }
}
