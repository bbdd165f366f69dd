package dev.grove.tree.edit;

import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.util.Optional;

/**
 * How far a tree can grow. The first three are what the device says in {@code ./DevDetail/URI} ([STDOBJ 1.2 §5]);
 * 0 means that there is no such limit. Breaking one of them is 414.
 *
 * @param maxDepth segments of a URI; the root has none
 * @param maxTotLen characters of a URI with its query part, without a leading {@code ./}
 * @param maxSegLen characters of one segment
 * @param maxNodes nodes in the whole tree; one more is 420
 */
public record TreeLimits(int maxDepth, int maxTotLen, int maxSegLen, int maxNodes) {

    /** Nothing announced, a million nodes. */
    public static final TreeLimits NONE = new TreeLimits(0, 0, 0, 1_000_000);

    /** No tree is deeper than this, whatever is announced: walks go down by recursion. */
    private static final int DEEPEST = 400;

    public TreeLimits {
        if (maxDepth < 0 || maxTotLen < 0 || maxSegLen < 0 || maxNodes < 0) {
            throw new IllegalArgumentException("limits are not negative");
        }
    }

    /** Why {@code uri} with the query part {@code suffix} cannot be; empty if it can. */
    public Optional<Outcome> refuse(NodeUri uri, String suffix) {
        int depth = uri.segments().size();
        int most = maxDepth == 0 ? DEEPEST : Math.min(maxDepth, DEEPEST);
        if (depth > most) {
            return tooLong("MaxDepth", most, "segments");
        }
        long total = length(uri) + suffix.length();
        if (maxTotLen > 0 && total > maxTotLen) {
            return tooLong("MaxTotLen", maxTotLen, "characters");
        }
        for (String segment : uri.segments()) {
            if (refuseSegment(segment).isPresent()) {
                return refuseSegment(segment);
            }
        }
        return Optional.empty();
    }

    Optional<Outcome> refuseSegment(String name) {
        return maxSegLen > 0 && characters(name) > maxSegLen ? tooLong("MaxSegLen", maxSegLen, "characters")
                : Optional.empty();
    }

    /** Why the sub-tree {@code node} cannot stand at {@code uri}: something in it would have too long a URI. */
    Optional<Outcome> refuseSubtree(NodeUri uri, Node node) {
        Optional<Outcome> refusal = refuse(uri, "");
        for (String name : node.children().names()) {
            if (refusal.isPresent()) {
                break;
            }
            refusal = refuseSubtree(uri.child(name), node.child(name).orElseThrow());
        }
        return refusal;
    }

    private static Optional<Outcome> tooLong(String limit, int value, String unit) {
        return Optional.of(Outcome.of(StatusCode.URI_TOO_LONG,
                limit + " is " + value + " " + unit + " (STDOBJ 5)"));
    }

    private static long length(NodeUri uri) {
        if (uri.isRoot()) {
            return 1;
        }
        long length = uri.segments().size() - 1L;
        for (String segment : uri.segments()) {
            length += characters(segment);
        }
        return length;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
