package dev.grove.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Brings XML to UTF-8 without a declaration. A byte order mark decides over a declaration that says otherwise, and
 * where there is none the first bytes decide between UTF-8 and UTF-16 ([XML 1.0 App. F]): real documents declare UTF-8
 * in UTF-16.
 */
final class XmlInput {

    private XmlInput() {}

    static Bytes utf8(Bytes document) throws Malformed {
        int first = (peek(document, 0) << 8) | peek(document, 1);
        if (first == 0xFEFF || first == 0x003C) {
            return recoded(document, first == 0xFEFF ? 2 : 0, StandardCharsets.UTF_16BE);
        }
        if (first == 0xFFFE || first == 0x3C00) {
            return recoded(document, first == 0xFFFE ? 2 : 0, StandardCharsets.UTF_16LE);
        }
        boolean marked = first == 0xEFBB && peek(document, 2) == 0xBF;
        Bytes unmarked = withoutLeadingBlanks(document, marked ? 3 : 0);
        int declaration = declarationLength(unmarked);
        Bytes body = unmarked.slice(declaration, unmarked.length());
        Charset charset = marked || declaration == 0 ? StandardCharsets.UTF_8 : declared(unmarked, declaration);
        return charset.equals(StandardCharsets.UTF_8) ? body : Bytes.utf8(text(body, charset));
    }

    private static Bytes recoded(Bytes document, int from, Charset charset) {
        Bytes utf8 = withoutLeadingBlanks(Bytes.utf8(text(document.slice(from, document.length()), charset)), 0);
        return utf8.slice(declarationLength(utf8), utf8.length());
    }

    /** White space before a declaration is an error in XML, and seen. */
    private static Bytes withoutLeadingBlanks(Bytes document, int from) {
        int first = from;
        while (peek(document, first) >= 0 && peek(document, first) <= ' ') {
            first++;
        }
        return document.slice(first, document.length());
    }

    private static String text(Bytes bytes, Charset charset) {
        return new String(bytes.array(), bytes.arrayOffset(), bytes.length(), charset);
    }

    /** The length of {@code <?xml … ?>} at the very beginning; 0 if there is none. */
    private static int declarationLength(Bytes document) {
        if (!startsWith(document, 0, "<?xml") || peek(document, 5) > ' ') {
            return 0;
        }
        for (int i = 6; i < document.length(); i++) {
            if (document.at(i) == '>') {
                return document.at(i - 1) == '?' ? i + 1 : 0;
            }
        }
        return 0;
    }

    /** The declared encoding; bytes that begin as ASCII are not UTF-16, whatever they declare. */
    private static Charset declared(Bytes document, int length) throws Malformed {
        String declaration = text(document.slice(0, length), StandardCharsets.ISO_8859_1);
        int at = declaration.indexOf("encoding");
        int open = at < 0 ? -1 : quote(declaration, at);
        int close = open < 0 ? -1 : declaration.indexOf(declaration.charAt(open), open + 1);
        if (close < 0) {
            return StandardCharsets.UTF_8;
        }
        return switch (declaration.substring(open + 1, close).toUpperCase(Locale.ROOT)) {
            case "UTF-8", "UTF8", "US-ASCII", "ASCII", "UTF-16", "UTF-16LE", "UTF-16BE" -> StandardCharsets.UTF_8;
            case "ISO-8859-1", "ISO8859-1", "LATIN1" -> StandardCharsets.ISO_8859_1;
            case "WINDOWS-1252", "CP1252" -> Charset.forName("windows-1252");
            default ->
                throw new Malformed(at, "", "the encoding is UTF-8, UTF-16, US-ASCII, ISO-8859-1 or windows-1252");
        };
    }

    private static int quote(String declaration, int from) {
        for (int i = from; i < declaration.length(); i++) {
            if (declaration.charAt(i) == '"' || declaration.charAt(i) == '\'') {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(Bytes document, int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (peek(document, at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int peek(Bytes document, int index) {
        return index < document.length() ? document.at(index) & 0xFF : -1;
    }

    /**
     * The document with each ampersand that begins no reference escaped, in UTF-8; the document itself
     * if there is none. Servers in the field write option strings of user interactions like that.
     */
    static Bytes withEscapedAmpersands(Bytes document) throws Malformed {
        Bytes utf8 = utf8(document);
        ByteSink mended = new ByteSink(utf8.length() + 64);
        int copied = 0;
        for (int i = 0; i < utf8.length(); i++) {
            if (utf8.at(i) == '<') {
                i = endOfVerbatim(utf8, i);
            } else if (utf8.at(i) == '&' && !isReference(utf8, i)) {
                mended.put(utf8.slice(copied, i));
                mended.putUtf8("&amp;");
                copied = i + 1;
            }
        }
        if (copied == 0) {
            return document;
        }
        mended.put(utf8.slice(copied, utf8.length()));
        return mended.bytes();
    }

    /** The last byte of the comment or CDATA section that begins at {@code at}; {@code at} itself if none does. */
    private static int endOfVerbatim(Bytes document, int at) {
        boolean isCdata = startsWith(document, at, "<![CDATA[");
        if (!isCdata && !startsWith(document, at, "<!--")) {
            return at;
        }
        String end = isCdata ? "]]>" : "-->";
        for (int i = at; i < document.length(); i++) {
            if (startsWith(document, i, end)) {
                return i + 2;
            }
        }
        return document.length();
    }

    private static boolean isReference(Bytes document, int ampersand) {
        int i = ampersand + 1;
        while (peek(document, i) == '#' || peek(document, i) > 0x7F || Character.isLetterOrDigit(peek(document, i))) {
            i++;
        }
        return i > ampersand + 1 && peek(document, i) == ';';
    }
}
