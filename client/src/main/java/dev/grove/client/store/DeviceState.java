package dev.grove.client.store;

import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a device must not forget, as one value: it is stored whole or not at all.
 *
 * @param tree the management tree
 * @param memos what the client notes for itself, by name: alerts not yet delivered, the last session id
 */
public record DeviceState(Tree tree, SortedMap<String, Bytes> memos) {

    public DeviceState(Tree tree) {
        this(tree, new TreeMap<>());
    }

    public DeviceState {
        memos = Collections.unmodifiableSortedMap(new TreeMap<>(memos));
    }

    public Optional<Bytes> memo(String name) {
        return Optional.ofNullable(memos.get(name));
    }

    public DeviceState withTree(Tree changed) {
        return new DeviceState(changed, memos);
    }

    /** This, with one memo; an empty one is not kept. */
    public DeviceState withMemo(String name, Bytes memo) {
        SortedMap<String, Bytes> changed = new TreeMap<>(memos);
        if (memo.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, memo);
        }
        return new DeviceState(tree, changed);
    }

    /** Whether the memos are the same as {@code other}'s. */
    boolean hasMemosOf(DeviceState other) {
        return memos.equals(other.memos);
    }
}
