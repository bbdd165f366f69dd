package dev.grove.client;

import dev.grove.client.store.DeviceState;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that no server has answered yet, in the order in which they were raised: a memo of the device's state.
 *
 * @param entries at most {@link #MOST}
 */
record AlertBook(List<Entry> entries) {

    /** More than this wait only if no server can be reached for long; then new ones are not taken. */
    static final int MOST = 1000;

    private static final String MEMO = "alerts";

    record Entry(String serverId, ClientAlert alert) {}

    AlertBook {
        entries = List.copyOf(entries);
    }

    List<ClientAlert> of(String serverId) {
        return entries.stream().filter(entry -> entry.serverId().equals(serverId)).map(Entry::alert).toList();
    }

    boolean isFull() {
        return entries.size() >= MOST;
    }

    /** This and one more, which takes the place of one of the same id. */
    AlertBook with(String serverId, ClientAlert alert) {
        List<Entry> more = new ArrayList<>(without(serverId, alert.id()).entries());
        more.add(new Entry(serverId, alert));
        return new AlertBook(more);
    }

    AlertBook without(String serverId, String id) {
        return new AlertBook(entries.stream()
                .filter(entry -> !entry.serverId().equals(serverId) || !entry.alert().id().equals(id)).toList());
    }

    // ---- in the device's state

    static AlertBook in(DeviceState state) {
        return state.memo(MEMO).map(AlertBook::decoded).orElseGet(() -> new AlertBook(List.of()));
    }

    DeviceState into(DeviceState state) {
        return state.withMemo(MEMO, entries.isEmpty() ? Bytes.EMPTY : encoded());
    }

    private Bytes encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                write(out, entry);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        text(out, entry.serverId());
        text(out, entry.alert().id());
        out.writeInt(entry.alert().code().code());
        text(out, entry.alert().correlator());
        out.writeInt(entry.alert().items().size());
        for (Told told : entry.alert().items()) {
            text(out, told.source());
            text(out, told.type());
            text(out, told.mark());
            text(out, told.data().format().wireName());
            text(out, told.data().type());
            bytes(out, told.data().data());
        }
    }

    /** The store has checked the bytes: what cannot be read here, this class has not written. */
    private static AlertBook decoded(Bytes memo) {
        try (DataInputStream in = new DataInputStream(memo.stream())) {
            List<Entry> entries = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                entries.add(read(in));
            }
            return new AlertBook(entries);
        } catch (IOException ours) {
            throw new IllegalStateException("the memo of alerts is broken", ours);
        }
    }

    private static Entry read(DataInputStream in) throws IOException {
        String serverId = needed(in);
        String id = needed(in);
        AlertCode code = new AlertCode(in.readInt());
        String correlator = text(in);
        List<Told> items = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String source = text(in);
            String type = needed(in);
            String mark = text(in);
            Format format = Format.of(needed(in)).orElseThrow(() -> new IOException("unknown format"));
            items.add(new Told(source, type, mark, new Value(format, needed(in), bytes(in))));
        }
        return new Entry(serverId, new ClientAlert(id, code, correlator, items));
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            bytes(out, Bytes.utf8(text));
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        return in.readBoolean() ? bytes(in).utf8() : null;
    }

    private static String needed(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static void bytes(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.toArray());
    }

    private static Bytes bytes(DataInputStream in) throws IOException {
        return Bytes.wrap(in.readNBytes(in.readInt()));
    }
}
