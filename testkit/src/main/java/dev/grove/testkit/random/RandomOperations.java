package dev.grove.testkit.random;

import dev.grove.tree.Address;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.util.List;
import java.util.random.RandomGenerator;

/** Operations on a tree: most aim at nodes that are there, some at nodes that are not, some make no sense. */
public final class RandomOperations {

    private static final List<String> PROPERTIES = List.of("ACL", "Format", "Name", "Size", "Title", "TStamp", "Type",
            "VerNo", "Nonsense");
    private static final List<String> LISTINGS = List.of("Struct", "StructData", "TNDS", "Nonsense");

    private final Dice dice;
    private final RandomTrees trees;

    /** @param trees makes names and values */
    public RandomOperations(RandomGenerator luck, RandomTrees trees) {
        this.dice = new Dice(luck);
        this.trees = trees;
    }

    /**
     * An operation on {@code tree}.
     *
     * @param depth how deep groups may nest; with 0 it is none
     */
    public Operation on(Tree tree, int depth) {
        return switch (dice.between(0, depth > 0 ? 9 : 7)) {
            case 0, 1 -> new Operation.Get(new Address.Absolute(node(tree), part()));
            case 2, 3 -> new Operation.Add(Address.of(node(tree).child(trees.name())), value());
            case 4 -> new Operation.Replace(Address.of(node(tree)), value());
            case 5 -> new Operation.Delete(Address.of(node(tree)));
            case 6 -> new Operation.Copy(Address.of(node(tree)), Address.of(node(tree).child(trees.name())));
            case 7 -> new Operation.Exec(Address.of(node(tree)), dice.maybe(this::value), null);
            case 8 -> new Operation.Atomic(dice.some(1, 4, () -> on(tree, depth - 1)));
            default -> new Operation.Sequence(dice.some(1, 4, () -> on(tree, depth - 1)));
        };
    }

    private NodeUri node(Tree tree) {
        NodeUri there = dice.oneOf(tree.uris(NodeUri.ROOT));
        return dice.onceIn(6) ? there.child(trees.name()) : there;
    }

    private Address.Part part() {
        return switch (dice.between(0, 5)) {
            case 0 -> new Address.Property(dice.oneOf(PROPERTIES));
            case 1 -> new Address.Listing(dice.oneOf(LISTINGS));
            default -> Address.ITSELF;
        };
    }

    private Value value() {
        return dice.onceIn(5) ? Value.interior("") : trees.value();
    }
}
