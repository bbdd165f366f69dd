package dev.grove.testkit.random;

import dev.grove.tree.Acl;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** Trees, and values for their leaves. The root lets every server do everything but Exec. */
public final class RandomTrees {

    private static final Acl OPEN = Acl.parse("Add=*&Delete=*&Get=*&Replace=*");
    private static final List<String> NAMES = List.of("A", "B", "C", "Settings", "x", "Ä", "with%20space", "1");
    private static final int MAX_DEPTH = 6;

    private final Dice dice;
    private final RandomTexts texts;
    private final Instant time;

    /**
     * @param time of every node's last change
     */
    public RandomTrees(RandomGenerator luck, Instant time) {
        this.dice = new Dice(luck);
        this.texts = new RandomTexts(luck);
        this.time = time;
    }

    /** A tree with at most so many nodes below its root. */
    public Tree tree(int nodes) {
        Tree tree = Tree.empty(time).change(NodeUri.ROOT, root -> root.withAcl(OPEN));
        for (int left = nodes; left > 0; left--) {
            NodeUri parent = dice.oneOf(tree.uris(NodeUri.ROOT));
            NodeUri uri = parent.child(name());
            if (tree.at(parent).orElseThrow().isInterior() && parent.segments().size() < MAX_DEPTH && !tree.has(uri)) {
                tree = tree.with(uri, node());
            }
        }
        return tree;
    }

    /** A node's name, legal in a URI. */
    public String name() {
        return dice.oneOf(NAMES);
    }

    private Node node() {
        Node node = Node.of(dice.onceIn(3) ? Value.interior(dice.oneOf("", "urn:oma:mo:test:1.0")) : value(), time);
        return dice.onceIn(8) ? node.withTitle(texts.word()) : node;
    }

    /** A leaf's value, lexically right for its format. */
    public Value value() {
        return switch (dice.between(0, 6)) {
            case 0 -> Value.of(Format.INT, Integer.toString(dice.luck().nextInt()));
            case 1 -> Value.of(Format.BOOL, dice.oneOf("true", "false"));
            case 2 -> Value.binary(Bytes.wrap(dice.octets(dice.between(0, 200))));
            case 3 -> new Value(Format.XML, "text/xml", Bytes.utf8("<a b=\"" + dice.between(0, 9) + "\">&lt;</a>"));
            default -> Value.text(texts.any());
        };
    }
}
