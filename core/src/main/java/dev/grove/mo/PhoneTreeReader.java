package dev.grove.mo;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Token;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the binary trees that Motorola's phones have on board: WBXML with public identifier 1 and a token table of its
 * own on page 0, where the format is a number and the access types are a bit mask. No specification has it; it was
 * found out by comparing such files with the same trees in XML.
 */
final class PhoneTreeReader {

    /** MgmtTree, to a reader that takes page 0 for SyncML. */
    static final int ROOT = Tag.NO_RESULTS;

    private static final int NODE = 0x1D;
    private static final int NODE_NAME = 0x1C;
    private static final int ACCESS = 0x1A;
    private static final int FORMAT = 0x17;
    private static final int TYPE = 0x16;
    private static final int VALUE = 0x08;

    private static final Format[] FORMATS = {Format.BIN, Format.BOOL, Format.B64, Format.CHR, Format.INT, Format.NODE,
            Format.NULL, Format.XML, Format.DATE, Format.TIME, Format.FLOAT};

    private static final Access[] ACCESS_BITS = {Access.ADD, Access.DELETE, Access.EXEC, Access.GET, Access.REPLACE};

    private String name = "";
    private Format format = Format.CHR;
    private final Set<Access> access = EnumSet.noneOf(Access.class);
    private final List<String> types = new ArrayList<>();
    private String value = "";
    private final List<DescriptionNode> children = new ArrayList<>();

    private PhoneTreeReader() {}

    /** The nodes below the root element, which was just started. */
    static List<DescriptionNode> nodes(Tokens in) throws Malformed {
        List<DescriptionNode> nodes = new ArrayList<>();
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            if (tag == NODE) {
                nodes.add(new PhoneTreeReader().node(in));
            } else {
                in.skip();
            }
        }
        return nodes;
    }

    private DescriptionNode node(Tokens in) throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case NODE_NAME -> name = bytes(in).utf8();
                case FORMAT -> format = format(in);
                case ACCESS -> access(bytes(in));
                case TYPE -> types.add(bytes(in).utf8());
                case VALUE -> value = bytes(in).utf8();
                case NODE -> children.add(new PhoneTreeReader().node(in));
                default -> in.skip();
            }
        }
        DescriptionNode node = DescriptionNode.of(DdfNodeReader.isUnnamed(name) ? "" : name, format)
                .withAccess(access).withChildren(children);
        return format == Format.NODE ? node : node.withTypes(types).withDefault(value.isEmpty() ? null : value);
    }

    private static Format format(Tokens in) throws Malformed {
        Bytes number = bytes(in);
        int index = number.length() == 1 ? number.at(0) : -1;
        if (index < 0 || index >= FORMATS.length) {
            throw in.malformed("a format is a number from 0 to " + (FORMATS.length - 1));
        }
        return FORMATS[index];
    }

    private void access(Bytes mask) {
        int bits = mask.isEmpty() ? 0 : mask.at(mask.length() - 1);
        for (int i = 0; i < ACCESS_BITS.length; i++) {
            if ((bits & (1 << i)) != 0) {
                access.add(ACCESS_BITS[i]);
            }
        }
    }

    private static Bytes bytes(Tokens in) throws Malformed {
        return in.content() == Token.OPAQUE ? in.bytes() : Bytes.utf8(in.text());
    }
}
