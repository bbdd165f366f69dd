package dev.grove.client.store;

import dev.grove.mo.Ddf;
import dev.grove.mo.DdfReader;
import dev.grove.mo.DescribedTree;
import dev.grove.mo.Tnds;
import dev.grove.tree.Acl;
import dev.grove.tree.Description;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Token;
import dev.grove.wire.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The tree of a new device, from a file: TNDS or DDF, in XML or WBXML, or lines of text ({@link TextTree}). Which of
 * them it is shows in the content, not in the name.
 *
 * @param tree a TNDS document or lines give nodes with values; a DDF gives the nodes that are always there, with their
 *     default values
 * @param description what a DDF says of the nodes; nothing for the others
 */
public record TreeFile(Tree tree, Description description) {

    private static final int MAX_BYTES = 16 << 20;

    /**
     * Reads a file and puts its nodes into {@code onto}.
     *
     * @throws StorageException if it cannot be read, or what is in it breaks a rule; the message names file and place
     */
    public static TreeFile load(Path file, Tree onto, Instant now) throws StorageException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StorageException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            Bytes content = Bytes.wrap(Files.readAllBytes(file));
            Path folder = file.toAbsolutePath().resolveSibling("");
            return read(content, onto, name -> Bytes.wrap(Files.readAllBytes(folder.resolve(name))), now);
        } catch (Malformed malformed) {
            throw new StorageException(file + ": " + malformed.getMessage(), malformed);
        } catch (IOException unreadable) {
            throw new StorageException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    static TreeFile read(Bytes content, Tree onto, TextTree.Files files, Instant now) throws Malformed, IOException {
        boolean isWbxml = !content.isEmpty() && content.at(0) >= 1 && content.at(0) <= 3;
        if (!isWbxml && !isXml(content)) {
            return new TreeFile(TextTree.read(content.utf8(), onto, files, now), Description.NONE);
        }
        Tokens in = isWbxml ? Tokens.ofWbxml(content, DdfReader.LIMITS) : Tokens.ofXml(content, DdfReader.LIMITS);
        if (isDescription(in)) {
            Ddf ddf = DdfReader.read(content);
            return new TreeFile(DescribedTree.plant(onto, ddf.description(), now), ddf.description());
        }
        Tree grown = onto;
        for (SubtreeNode node : new Tnds(DdfReader.LIMITS, false).read(content)) {
            grown = grown(grown, NodeUri.ROOT, node, now);
        }
        return new TreeFile(grown, Description.NONE);
    }

    /** Mark-up begins with an angle bracket, after blanks or a byte order mark, in one or two bytes. */
    private static boolean isXml(Bytes content) {
        for (int i = 0; i < Math.min(content.length(), 100); i++) {
            int b = content.at(i) & 0xFF;
            boolean isBefore = b <= ' ' || b == 0xEF || b == 0xBB || b == 0xBF || b == 0xFE || b == 0xFF;
            if (!isBefore) {
                return b == '<';
            }
        }
        return false;
    }

    /** A DDF tells properties of nodes to be ({@code DFProperties}), TNDS those of nodes that are. */
    private static boolean isDescription(Tokens in) throws Malformed {
        int depth = 0;
        do {
            Token token = in.next();
            if (token == Token.START) {
                depth++;
                if (in.tag() == Tag.Ddf.DF_PROPERTIES) {
                    return true;
                }
            } else if (token == Token.END) {
                depth--;
            }
        } while (depth > 0);
        return false;
    }

    private static Tree grown(Tree tree, NodeUri parent, SubtreeNode said, Instant now) throws Malformed {
        NodeUri above = said.path() == null ? parent : parent.resolve(said.path());
        NodeUri uri = said.name().isEmpty() || said.name().equals(".") ? above : above.child(said.name());
        Tree grown = tree;
        for (int i = 1; i < uri.segments().size(); i++) {
            NodeUri ancestor = new NodeUri(uri.segments().subList(0, i));
            if (!grown.has(ancestor)) {
                grown = grown.with(ancestor, Node.interior("", now));
            }
        }
        Optional<Node> before = tree.at(uri);
        Node node = before.isPresent() ? before.get().withValue(value(said)) : Node.of(value(said), now);
        try {
            grown = grown.with(uri, withProperties(node, said.properties()));
            for (SubtreeNode child : said.children()) {
                grown = grown(grown, uri, child, now);
            }
            return grown;
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw new Malformed(-1, uri.toString(), String.valueOf(broken.getMessage()));
        }
    }

    private static Value value(SubtreeNode said) throws Malformed {
        Format format = said.format() != null ? said.format() : said.children().isEmpty() ? Format.CHR : Format.NODE;
        String type = said.properties().getOrDefault(NodePart.TYPE, "");
        if (format == Format.NODE) {
            return Value.interior(type);
        }
        if (!said.children().isEmpty()) {
            throw new Malformed(-1, said.name(), "a leaf has no children (TND 7.2)");
        }
        Bytes content = said.value() == null ? Bytes.EMPTY : said.value();
        Bytes normal = content.isEmpty() ? content
                : format.normal(content).orElseThrow(
                        () -> new Malformed(-1, said.name(), "the value is none of the format " + format.wireName()));
        return new Value(format, type.isEmpty() ? Value.DEFAULT_TYPE : type, normal);
    }

    private static Node withProperties(Node node, Map<NodePart, String> properties) {
        Node changed = node;
        String acl = properties.get(NodePart.ACL);
        if (acl != null) {
            changed = changed.withAcl(Acl.parse(acl));
        }
        String title = properties.get(NodePart.TITLE);
        return title == null ? changed : changed.withTitle(title);
    }
}
