package dev.grove.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which {@link ManagementObject} is where in the tree. */
public record Mounts(List<Mount> list) {

    /** An object and the node that it is. */
    public record Mount(NodeUri at, ManagementObject object) {

        /** The path of {@code uri} inside the object. */
        public NodeUri inside(NodeUri uri) {
            return new NodeUri(uri.segments().subList(at.segments().size(), uri.segments().size()));
        }
    }

    /** No live parts. */
    public static final Mounts NONE = new Mounts(List.of());

    /**
     * @throws IllegalArgumentException if a mount is at the root, or inside another
     */
    public Mounts {
        list = List.copyOf(list);
        for (int i = 0; i < list.size(); i++) {
            NodeUri at = list.get(i).at();
            boolean inside = list.subList(0, i).stream()
                    .anyMatch(m -> at.startsWith(m.at()) || m.at().startsWith(at));
            if (at.isRoot() || inside) {
                throw new IllegalArgumentException(
                        at + ": an object is mounted neither at the root nor inside another object");
            }
        }
    }

    /** These and one more. */
    public Mounts with(NodeUri at, ManagementObject object) {
        List<Mount> more = new ArrayList<>(list);
        more.add(new Mount(at, object));
        return new Mounts(more);
    }

    /** The mount that {@code uri} is, or is inside of. */
    public Optional<Mount> covering(NodeUri uri) {
        return list.stream().filter(mount -> uri.startsWith(mount.at())).findFirst();
    }

    /** The mounts that are at {@code uri} or below. */
    public List<Mount> below(NodeUri uri) {
        return list.stream().filter(mount -> mount.at().startsWith(uri)).toList();
    }

    /** What all objects say of their nodes, at the places where they are. */
    public Description description() {
        return new Description(list.stream().map(mount -> new Description.Place(mount.at().parent(),
                mount.object().describe().withName(mount.at().name()))).toList());
    }
}
