package dev.grove.wire;

/**
 * Elements that stand inside of a value, written out as XML. White space around the first of them is dropped, and so
 * is white space between the elements of a {@code MgmtTree}, which has no mixed content; everywhere else it stays.
 */
final class Markup {

    private final Tokens in;
    private final XmlWriter out = new XmlWriter(512);
    private final StringBuilder text = new StringBuilder();
    private final boolean elementsOnly;
    private final int outside;

    private Markup(Tokens in, String before) {
        this.in = in;
        text.append(before);
        elementsOnly = in.tag() == Tag.Ddf.MGMT_TREE;
        outside = in.depth() - 2;
    }

    /**
     * Reads to the end of the element that holds the mark-up; the cursor stands on the first element inside.
     *
     * @param before the text that stood before that element
     */
    static String capture(Tokens in, String before) throws Malformed {
        return new Markup(in, before).capture();
    }

    private String capture() throws Malformed {
        start();
        boolean started = true;
        while (in.depth() > outside) {
            switch (in.next()) {
                case START -> {
                    start();
                    started = true;
                }
                case END -> {
                    boolean isLast = in.depth() == outside;
                    flush(isLast || (elementsOnly && !started));
                    if (!isLast) {
                        out.end();
                    }
                    started = false;
                }
                case TEXT, MARKUP -> text.append(in.text());
                case OPAQUE -> out.opaque(in.bytes());
            }
            in.checkText((long) text.length() + out.size());
        }
        return out.toText();
    }

    private void start() {
        flush(elementsOnly || in.depth() == outside + 2);
        if (in.tag() == Tokens.UNKNOWN) {
            out.start(in.namespace(), in.name());
        } else {
            out.start(in.tag());
        }
        for (int i = 0; i < in.attributeCount(); i++) {
            out.attribute(in.attribute(i));
        }
    }

    private void flush(boolean dropBlank) {
        if (!dropBlank || !XmlText.isBlank(text)) {
            out.text(text.toString());
        }
        text.setLength(0);
    }
}
