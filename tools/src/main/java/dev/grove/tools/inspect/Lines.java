package dev.grove.tools.inspect;

import dev.grove.wire.Bytes;
import dev.grove.wire.XmlText;
import java.util.HexFormat;

/** Lines of a listing, and how values are shown in them. */
final class Lines {

    private static final String STEP = "  ";
    // So many bytes are shown in the line of their node.
    private static final int SHORT = 16;

    private final StringBuilder out = new StringBuilder();
    private final int limit;
    private int level;

    /** @param limit how many characters of a value are shown; 0 for all */
    Lines(int limit) {
        this.limit = limit;
    }

    /** A line, indented. */
    void add(String line) {
        if (!line.isEmpty()) {
            out.append(STEP.repeat(level)).append(line.stripTrailing());
        }
        out.append('\n');
    }

    /** What {@code part} adds stands so many steps further to the right. */
    void inside(int steps, Runnable part) {
        level += steps;
        part.run();
        level -= steps;
    }

    /** {@code name = value} in one line, or the value in a block of its own below the name. */
    void value(String name, String note, String text) {
        String head = visible(name);
        String shown = shortened(text);
        String tail = note.isEmpty() ? "" : "  (" + note + ")";
        if (shown.indexOf('\n') < 0) {
            add(head + " = " + (shown.isEmpty() ? "\"\"" : visible(shown)) + tail);
            return;
        }
        add(head + " =" + tail);
        inside(1, () -> shown.lines().forEach(line -> add("| " + visible(line))));
    }

    /** Bytes: as text if they are text, else in hexadecimal. */
    void value(String name, String note, Bytes bytes) {
        if (XmlText.isText(bytes)) {
            value(name, note, bytes.utf8());
            return;
        }
        String head = visible(name);
        String size = Wording.count(bytes.length(), "byte");
        String tail = "  (" + (note.isEmpty() ? size : note + ", " + size) + ")";
        if (bytes.length() <= SHORT) {
            add(head + " = " + HexFormat.ofDelimiter(" ").formatHex(bytes.toArray()) + tail);
            return;
        }
        add(head + " =" + tail);
        Bytes shown = limit == 0 || bytes.length() <= limit / 2 ? bytes : bytes.slice(0, limit / 2);
        inside(1, () -> {
            HexText.dump(shown).lines().forEach(this::add);
            if (shown.length() < bytes.length()) {
                add("… " + (bytes.length() - shown.length()) + " more bytes");
            }
        });
    }

    /** A sentence about what stands above; nothing if there is none. */
    void remark(String text) {
        if (!text.isEmpty()) {
            add("# " + visible(shortened(text.strip().replaceAll("\\s+", " "))));
        }
    }

    private String shortened(String text) {
        if (limit == 0 || text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    /** Control characters would play tricks on a terminal. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                visible.append("    ");
            } else if (Character.isISOControl(c)) {
                visible.append(String.format("\\u%04x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
