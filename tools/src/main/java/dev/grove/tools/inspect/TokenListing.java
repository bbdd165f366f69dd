package dev.grove.tools.inspect;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Token;
import dev.grove.wire.Tokens;
import dev.grove.wire.WbxmlHeader;
import java.util.HexFormat;
import java.util.Locale;

/** WBXML token by token: where each stands, its bytes, and what they mean. Shows secrets. */
final class TokenListing {

    private static final int COLUMNS = 8;

    private final Bytes document;
    private final StringBuilder out = new StringBuilder();

    private TokenListing(Bytes document) {
        this.document = document;
    }

    static String of(Bytes document, Limits limits) throws Malformed {
        return new TokenListing(document).list(limits);
    }

    private String list(Limits limits) throws Malformed {
        Document.Spelling.Wbxml spelling = Document.wbxml(WbxmlHeader.read(document));
        int body = WbxmlHeader.read(document).bodyOffset();
        line(0, body, 0, "WBXML " + spelling.version() + ", " + spelling.publicId() + ", " + spelling.charset());
        Tokens in = Tokens.ofWbxml(document, limits);
        long from = body;
        do {
            Token token = in.next();
            int depth = token == Token.START ? in.depth() - 1 : in.depth();
            if (token == Token.END && in.offset() == from) {
                // The end of an element without content has no byte of its own.
                continue;
            }
            line((int) from, (int) in.offset(), depth, meaning(token, in));
            from = in.offset();
        } while (in.depth() > 0);
        if (from < document.length()) {
            line((int) from, document.length(), 0, "(behind the document)");
        }
        return out.toString();
    }

    private static String meaning(Token token, Tokens in) {
        return switch (token) {
            case START -> "<" + in.name() + ">";
            case END -> "</>";
            case TEXT, MARKUP -> "\"" + Lines.visible(in.text()) + "\"";
            case OPAQUE -> "opaque, " + in.bytes().length() + " bytes";
        };
    }

    private void line(int from, int to, int depth, String meaning) {
        String what = "  ".repeat(depth) + meaning;
        for (int at = from; at < to || at == from; at += COLUMNS) {
            Bytes octets = document.slice(at, Math.min(at + COLUMNS, to));
            String hex = HexFormat.ofDelimiter(" ").formatHex(octets.toArray());
            out.append(String.format(Locale.ROOT, "%06x  %-23s  %s", at, hex, at == from ? what : "").stripTrailing());
            out.append('\n');
        }
    }
}
