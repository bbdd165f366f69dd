package dev.grove.syncml;

import dev.grove.tree.Format;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.XmlText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Value} as an item carries it: the {@code Meta} and the {@code Data} that an encoding demands
 * ([METINF 1.2 §5.3], [TND 1.2 §7.7.2]). This is the one place where binary data becomes base64 and back; the codec
 * carries what it is given.
 *
 * <table>
 * <caption>What is written</caption>
 * <tr><td>value</td><td>XML</td><td>WBXML</td></tr>
 * <tr><td>{@code bin}</td><td>format {@code b64}, base64 text</td><td>format {@code bin}, opaque</td></tr>
 * <tr><td>{@code b64}</td><td>format {@code b64}, base64 text</td><td>the same</td></tr>
 * <tr><td>text, {@code xml}</td><td>characters; as {@code bin} if XML cannot carry them</td><td>characters; opaque if
 *     they hold a NUL or are no UTF-8</td></tr>
 * <tr><td>{@code node}</td><td colspan="2">no data, or the names of the children</td></tr>
 * <tr><td>{@code null}</td><td colspan="2">no data</td></tr>
 * </table>
 *
 * <p>A {@link Value} always holds the native bytes, never base64: a reader gets the same bytes for {@code b64} and
 * {@code bin}, and the format as it stood in the message. Which of the two the node has is for the tree to know.
 *
 * @param meta format and type; {@link Meta#NONE} only if both are the defaults or absent
 * @param data absent is not the same as empty
 */
public record ItemValue(Meta meta, @Nullable Data data) {

    /** What an item's data turned out to be. */
    public sealed interface Reading {

        /**
         * A value. Its type is empty if the {@code Meta} has none; its data is empty if there is no {@code Data}, and
         * for {@code node} it is what the {@code Data} says: the names of the children, separated by {@code /}.
         */
        record Read(Value value) implements Reading {}

        /** No value; the status that says so (415), and a sentence for people. */
        record Refused(StatusCode status, String reason) implements Reading {}
    }

    /** The form of a value in a message of the given encoding. */
    public static ItemValue of(Value value, Encoding encoding) {
        String type = value.type().isEmpty() ? null : value.type();
        Bytes data = value.data();
        return switch (value.format()) {
            case NULL -> new ItemValue(Meta.of("null", type), null);
            case NODE -> new ItemValue(Meta.of("node", type), data.isEmpty() ? null : Data.of(data.utf8()));
            case B64 -> base64(type, data);
            case BIN -> encoding == Encoding.XML
                    ? base64(type, data)
                    : new ItemValue(Meta.of("bin", type), new Data.Opaque(data));
            case BOOL, CHR, INT, XML, DATE, TIME, FLOAT -> text(value, type, encoding);
        };
    }

    private static ItemValue base64(@Nullable String type, Bytes data) {
        return new ItemValue(Meta.of("b64", type), Data.of(data.base64()));
    }

    private static ItemValue text(Value value, @Nullable String type, Encoding encoding) {
        Bytes data = value.data();
        boolean isXmlText = XmlText.isText(data);
        if (!isXmlText && encoding == Encoding.XML) {
            return base64(type, data);
        }
        boolean isDefault = value.format() == Format.CHR && (type == null || type.equals(Value.DEFAULT_TYPE));
        Meta meta = isDefault ? Meta.NONE : Meta.of(value.format().wireName(), type);
        return new ItemValue(meta, isXmlText ? Data.of(data.utf8()) : new Data.Opaque(data));
    }

    /** An item that aims at a node. */
    public Item at(String target) {
        return Item.at(target, meta, data);
    }

    /** An item that speaks of a node. */
    public Item from(String source) {
        return Item.from(source, meta, data);
    }

    /**
     * The value of an item.
     *
     * @param meta of the item, completed by what stands around it, see {@link Meta#within}
     * @param encoding of the message: {@code bin} is base64 in XML, and bytes in WBXML
     */
    public static Reading read(Meta meta, @Nullable Data data, Encoding encoding) {
        String name = meta.format() == null ? "chr" : meta.format();
        Optional<Format> format = Format.of(name);
        if (format.isEmpty()) {
            return refused("format " + name + " is not one of METINF 5.3");
        }
        Bytes bytes = data == null ? Bytes.EMPTY : data.bytes();
        String type = meta.type() == null ? "" : meta.type();
        return switch (format.get()) {
            case NULL -> value(Format.NULL, type, Bytes.EMPTY);
            case B64 -> unwrapped(Format.B64, type, bytes);
            case BIN -> encoding == Encoding.XML && data instanceof Data.Text
                    ? unwrapped(Format.BIN, type, bytes)
                    : value(Format.BIN, type, bytes);
            case BOOL, CHR, INT, NODE, XML, DATE, TIME, FLOAT -> value(format.get(), spoken(type, data), bytes);
        };
    }

    /** In-line mark-up is XML, also where the message around it is WBXML. */
    private static String spoken(String type, @Nullable Data data) {
        return data instanceof Data.Markup && type.endsWith("+wbxml")
                ? type.substring(0, type.length() - "wbxml".length()) + "xml"
                : type;
    }

    private static Reading unwrapped(Format format, String type, Bytes base64) {
        try {
            return value(format, type, Bytes.base64(base64.utf8()));
        } catch (IllegalArgumentException notBase64) {
            return refused("data of format " + format.wireName() + " is base64 (METINF 5.3, RFC 2045 6.8)");
        }
    }

    private static Reading value(Format format, String type, Bytes bytes) {
        return new Reading.Read(new Value(format, type, bytes));
    }

    private static Reading refused(String reason) {
        return new Reading.Refused(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, reason);
    }

    /**
     * The same item in a form that XML can carry: opaque data becomes text if it is text, and base64 if not.
     *
     * @param outer the {@code Meta} of the command
     */
    static Item forXml(Item item, Meta outer) {
        if (!(item.data() instanceof Data.Opaque(Bytes bytes))) {
            return item;
        }
        String format = item.meta().within(outer).format();
        boolean isBinary = "bin".equalsIgnoreCase(format) || !XmlText.isText(bytes);
        if (!isBinary) {
            return with(item, item.meta(), Data.of(bytes.utf8()));
        }
        Meta meta = item.meta();
        Meta base64 = new Meta("b64", meta.type(), meta.mark(), meta.size(), meta.nextNonce(), meta.maxMsgSize(),
                meta.maxObjSize(), meta.others());
        return with(item, base64, Data.of(bytes.base64()));
    }

    private static Item with(Item item, Meta meta, Data data) {
        return new Item(item.target(), item.source(), item.sourceParent(), item.targetParent(), meta, data,
                item.moreData());
    }
}
