package dev.grove.mo;

import dev.grove.tree.Description.Place;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.wire.Bytes;
import dev.grove.wire.Tag;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.XmlWriter;

/**
 * Writes device description files of OMA's DDF 1.2, in DTD order ([TND 1.2 §8.5]). What that has no element for,
 * allowed values, lengths and notes, is left out.
 */
public final class DdfWriter {

    private DdfWriter() {}

    public static Bytes xml(Ddf ddf) {
        return write(ddf, new XmlWriter(4096));
    }

    public static Bytes wbxml(Ddf ddf) {
        return write(ddf, new WbxmlWriter(4096, WbxmlWriter.PublicId.DDF_1_2));
    }

    private static Bytes write(Ddf ddf, TokenWriter out) {
        out.start(Tag.Ddf.MGMT_TREE);
        out.leaf(Tag.Ddf.VER_DTD, ddf.verDtd().isEmpty() ? "1.2" : ddf.verDtd());
        optional(out, Tag.Ddf.MAN, ddf.man());
        optional(out, Tag.Ddf.MOD, ddf.mod());
        for (Place place : ddf.description().places()) {
            out.start(Tag.Ddf.NODE);
            out.leaf(Tag.Ddf.NODE_NAME, place.node().name());
            if (!place.node().name().equals(".")) {
                out.leaf(Tag.Ddf.PATH, place.parent().toString());
            }
            body(out, place.node());
        }
        out.end();
        return out.toBytes();
    }

    private static void node(TokenWriter out, DescriptionNode node) {
        out.start(Tag.Ddf.NODE);
        out.leaf(Tag.Ddf.NODE_NAME, node.name());
        body(out, node);
    }

    private static void body(TokenWriter out, DescriptionNode node) {
        out.start(Tag.Ddf.DF_PROPERTIES);
        out.start(Tag.Ddf.ACCESS_TYPE);
        node.access().stream().sorted().forEach(access -> out.empty(tag(access)));
        out.end();
        optional(out, Tag.Ddf.DEFAULT_VALUE, node.defaultValue() == null ? "" : node.defaultValue());
        optional(out, Tag.Ddf.DESCRIPTION, node.description());
        out.start(Tag.Ddf.DF_FORMAT);
        out.empty(TreeDocument.tag(node.formats().stream().sorted().findFirst().orElse(Format.CHR)));
        out.end();
        occurrence(out, node.occurrence());
        out.start(Tag.Ddf.SCOPE);
        out.empty(node.scope() == Scope.PERMANENT ? Tag.Ddf.PERMANENT : Tag.Ddf.DYNAMIC);
        out.end();
        optional(out, Tag.Ddf.DF_TITLE, node.title());
        type(out, node);
        if (node.nameCase() != NameCase.UNSPECIFIED) {
            out.start(Tag.Ddf.CASE_SENSE);
            out.empty(node.nameCase() == NameCase.INSENSITIVE ? Tag.Ddf.CIS : Tag.Ddf.CS);
            out.end();
        }
        out.end();
        node.children().forEach(child -> node(out, child));
        out.end();
    }

    private static int tag(Access access) {
        return switch (access) {
            case ADD -> Tag.Ddf.ADD;
            case COPY -> Tag.Ddf.COPY;
            case DELETE -> Tag.Ddf.DELETE;
            case EXEC -> Tag.Ddf.EXEC;
            case GET -> Tag.Ddf.GET;
            case REPLACE -> Tag.Ddf.REPLACE;
        };
    }

    private static void occurrence(TokenWriter out, Occurrence occurrence) {
        out.start(Tag.Ddf.OCCURRENCE);
        boolean any = occurrence.most() == Integer.MAX_VALUE;
        if (any) {
            out.empty(occurrence.least() == 0 ? Tag.Ddf.ZERO_OR_MORE : Tag.Ddf.ONE_OR_MORE);
        } else if (occurrence.most() == 1) {
            out.empty(occurrence.least() == 0 ? Tag.Ddf.ZERO_OR_ONE : Tag.Ddf.ONE);
        } else {
            out.leaf(occurrence.least() == 0 ? Tag.Ddf.ZERO_OR_N : Tag.Ddf.ONE_OR_N,
                    Integer.toString(occurrence.most()));
        }
        out.end();
    }

    private static void type(TokenWriter out, DescriptionNode node) {
        out.start(Tag.Ddf.DF_TYPE);
        if (node.isInterior()) {
            out.leaf(Tag.Ddf.DDF_NAME, node.types().isEmpty() ? "" : node.types().getFirst());
        } else if (node.types().isEmpty()) {
            out.empty(Tag.Ddf.MIME);
        } else {
            node.types().forEach(type -> out.leaf(Tag.Ddf.MIME, type));
        }
        out.end();
    }

    private static void optional(TokenWriter out, int tag, String text) {
        if (!text.isEmpty()) {
            out.leaf(tag, text);
        }
    }
}
