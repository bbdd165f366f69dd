package dev.grove.client.store;

import dev.grove.tree.Acl;
import dev.grove.tree.Children;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Device states as bytes: whole, or as what changed since the one before. A change costs what it changes, because trees
 * share what they have in common.
 */
@SuppressWarnings("ReferenceEquality") // what is shared is unchanged; comparing values would walk the whole tree
final class StateCodec {

    private static final int WHOLE = 1;
    private static final int CHANGE = 2;

    private static final int KEPT = 0;
    private static final int REPLACED = 1;
    private static final int PATCHED = 2;

    private StateCodec() {}

    static Bytes whole(DeviceState state) {
        return written(out -> {
            out.writeByte(WHOLE);
            writeNode(out, state.tree().root());
            writeMemos(out, state);
        });
    }

    static Bytes change(DeviceState from, DeviceState to) {
        return written(out -> {
            out.writeByte(CHANGE);
            writePatch(out, from.tree().root(), to.tree().root());
            boolean sameMemos = to.hasMemosOf(from);
            out.writeBoolean(!sameMemos);
            if (!sameMemos) {
                writeMemos(out, to);
            }
        });
    }

    /** The state that a record of {@link #whole} holds. */
    static DeviceState readWhole(Bytes record) throws IOException {
        DataInputStream in = new DataInputStream(record.stream());
        expect(in.readByte() == WHOLE, "the first record is not a whole state");
        DeviceState state = new DeviceState(new Tree(readNode(in)), readMemos(in));
        expect(in.read() < 0, "a record goes on after its end");
        return state;
    }

    /** The state that comes of {@code from} by a record of {@link #change}. */
    static DeviceState readChange(DeviceState from, Bytes record) throws IOException {
        DataInputStream in = new DataInputStream(record.stream());
        expect(in.readByte() == CHANGE, "a later record is not a change");
        Tree tree = new Tree(readPatch(in, from.tree().root()));
        SortedMap<String, Bytes> memos = in.readBoolean() ? readMemos(in) : from.memos();
        expect(in.read() < 0, "a record goes on after its end");
        return new DeviceState(tree, memos);
    }

    private static void writePatch(DataOutputStream out, Node from, Node to) throws IOException {
        if (from == to) {
            out.writeByte(KEPT);
        } else if (!from.isInterior() || !to.isInterior()) {
            out.writeByte(REPLACED);
            writeNode(out, to);
        } else {
            out.writeByte(PATCHED);
            writeProperties(out, to);
            writeChildrenPatch(out, from.children(), to.children());
        }
    }

    /** All names in their order if they changed; then, for each child by that order, its patch or the whole of it. */
    private static void writeChildrenPatch(DataOutputStream out, Children from, Children to) throws IOException {
        List<String> names = to.names();
        boolean sameNames = names.equals(from.names());
        out.writeBoolean(!sameNames);
        if (!sameNames) {
            out.writeInt(names.size());
            for (String name : names) {
                writeText(out, name);
            }
        }
        List<String> changed = names.stream().filter(name -> from.get(name).orElse(null) != to.get(name).orElseThrow())
                .toList();
        out.writeInt(changed.size());
        for (String name : changed) {
            writeText(out, name);
            Node node = to.get(name).orElseThrow();
            Node before = from.get(name).orElse(null);
            if (before == null) {
                out.writeByte(REPLACED);
                writeNode(out, node);
            } else {
                writePatch(out, before, node);
            }
        }
    }

    private static Node readPatch(DataInputStream in, Node from) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case KEPT -> from;
            case REPLACED -> readNode(in);
            case PATCHED -> {
                Node properties = readProperties(in);
                yield properties.withChildren(readChildrenPatch(in, from.children()));
            }
            default -> throw new IOException("unknown kind of change " + kind);
        };
    }

    private static Children readChildrenPatch(DataInputStream in, Children from) throws IOException {
        List<String> names = in.readBoolean() ? readTexts(in) : from.names();
        Map<String, Node> changed = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = readText(in);
            Node before = from.get(name).orElse(null);
            if (before == null) {
                expect(in.readByte() == REPLACED, "a new node is not whole");
                changed.put(name, readNode(in));
            } else {
                changed.put(name, readPatch(in, before));
            }
        }
        Map<String, Node> children = new LinkedHashMap<>();
        for (String name : names) {
            Node node = changed.containsKey(name) ? changed.get(name) : from.get(name).orElse(null);
            if (node == null) {
                throw new IOException("a node has no content");
            }
            children.put(name, node);
        }
        return Children.of(children);
    }

    private static void writeNode(DataOutputStream out, Node node) throws IOException {
        writeProperties(out, node);
        out.writeInt(node.children().size());
        for (String name : node.children().names()) {
            writeText(out, name);
            writeNode(out, node.children().get(name).orElseThrow());
        }
    }

    private static Node readNode(DataInputStream in) throws IOException {
        Node properties = readProperties(in);
        Map<String, Node> children = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            children.put(readText(in), readNode(in));
        }
        return children.isEmpty() ? properties : properties.withChildren(Children.of(children));
    }

    private static void writeProperties(DataOutputStream out, Node node) throws IOException {
        writeText(out, node.format().wireName());
        writeText(out, node.type());
        writeBytes(out, node.data());
        writeText(out, node.acl().toString());
        writeText(out, node.title());
        Instant timestamp = node.timestamp();
        out.writeLong(timestamp.getEpochSecond());
        out.writeInt(timestamp.getNano());
        out.writeInt(node.verNo());
        out.writeBoolean(node.permanent());
    }

    private static Node readProperties(DataInputStream in) throws IOException {
        Format format = Format.of(readText(in)).orElseThrow(() -> new IOException("unknown format of a node"));
        String type = readText(in);
        Bytes data = readBytes(in);
        try {
            return new Node(format, type, data, Acl.parse(readText(in)), readText(in),
                    Instant.ofEpochSecond(in.readLong(), in.readInt()), in.readInt(), in.readBoolean(), Children.NONE);
        } catch (IllegalArgumentException brokenRule) {
            throw new IOException(brokenRule.getMessage(), brokenRule);
        }
    }

    private static void writeMemos(DataOutputStream out, DeviceState state) throws IOException {
        out.writeInt(state.memos().size());
        for (Map.Entry<String, Bytes> memo : state.memos().entrySet()) {
            writeText(out, memo.getKey());
            writeBytes(out, memo.getValue());
        }
    }

    private static SortedMap<String, Bytes> readMemos(DataInputStream in) throws IOException {
        SortedMap<String, Bytes> memos = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            memos.put(readText(in), readBytes(in));
        }
        return memos;
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        int count = in.readInt();
        expect(count >= 0 && count <= in.available() / 4, "more names than bytes");
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = readText(in);
        }
        return List.of(texts);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, Bytes.utf8(text));
    }

    private static String readText(DataInputStream in) throws IOException {
        return readBytes(in).utf8();
    }

    private static void writeBytes(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.toArray());
    }

    private static Bytes readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        expect(length >= 0 && length <= in.available(), "a value is longer than its record");
        return Bytes.wrap(in.readNBytes(length));
    }

    private static void expect(boolean holds, String broken) throws IOException {
        if (!holds) {
            throw new IOException(broken);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static Bytes written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }
}
