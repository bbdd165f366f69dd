package dev.grove.dm1.exchange;

import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object that comes in chunks and is not complete yet ([DMPRO 1.3 §7]). A value: each chunk yields the next one, and
 * the last yields the whole item.
 *
 * @param command name of the command that brings it, such as {@code Results}
 * @param cmdRef what the Results answer; the empty string for other commands
 * @param head the first chunk's item without its data, with the command's meta within its own
 * @param size what {@code Meta/Size} announced; absent if nothing was
 * @param parts the data so far, chunk by chunk, text as UTF-8
 * @param isOpaque whether it came as opaque bytes rather than as text
 * @param refusal why the object is not wanted: its further chunks get this status and are dropped; absent if it is
 */
public record LargeObject(String command, String cmdRef, Item head, @Nullable Long size, List<Bytes> parts,
        boolean isOpaque, @Nullable StatusCode refusal) {

    public LargeObject {
        parts = List.copyOf(parts);
    }

    /** How many bytes have come. */
    public long length() {
        long length = 0;
        for (Bytes part : parts) {
            length += part.length();
        }
        return length;
    }

    private Bytes joined() {
        byte[] all = new byte[Math.toIntExact(length())];
        int at = 0;
        for (Bytes part : parts) {
            part.copyTo(all, at);
            at += part.length();
        }
        return Bytes.wrap(all);
    }

    /** What a chunk comes to. */
    public sealed interface Step {

        /** The object goes on: answer 213, or the code of the refusal, and keep {@code next}. */
        record Chunk(LargeObject next, StatusCode status) implements Step {}

        /** The object is complete; its item has all the data and no {@code MoreData}. */
        record Whole(Item item) implements Step {}

        /** The object ends here and is not to be used: answer {@code status}, such as 424 or 413. */
        record Lost(StatusCode status, String reason) implements Step {}
    }

    /**
     * Begins an object.
     *
     * @param cmdRef what Results answer; the empty string for other commands
     * @param first the first chunk, an item with {@code MoreData}, its meta completed by {@link #within}
     * @param maxBytes the largest object that is buffered
     */
    public static Step.Chunk begin(String command, String cmdRef, Item first, long maxBytes) {
        Item head = new Item(first.target(), first.source(), first.sourceParent(), first.targetParent(), first.meta(),
                null, false);
        Long size = first.meta().size();
        boolean isTooLong = size != null && size > maxBytes;
        LargeObject empty = new LargeObject(command, cmdRef, head, size, List.of(), false,
                isTooLong ? StatusCode.REQUEST_ENTITY_TOO_LARGE : null);
        return empty.plus(first, maxBytes);
    }

    /** An item whose meta is completed by that of its command. */
    public static Item within(Item item, Meta commandMeta) {
        return new Item(item.target(), item.source(), item.sourceParent(), item.targetParent(),
                item.meta().within(commandMeta), item.data(), item.moreData());
    }

    /**
     * Whether an item is the next chunk of this object, rather than something new. A repeated {@code Size} is taken for
     * zeal, a different one for a new object.
     */
    public boolean continuesWith(String itsCommand, String itsCmdRef, Item item) {
        Long itsSize = item.meta().size();
        return command.equals(itsCommand) && cmdRef.equals(itsCmdRef) && isSame(item)
                && (itsSize == null || itsSize.equals(size));
    }

    /** Peers that do not repeat the address on later chunks are understood. */
    private boolean isSame(Item item) {
        boolean hasAddress = item.target() != null || item.source() != null || item.targetParent() != null;
        return !hasAddress || (Objects.equals(item.target(), head.target())
                && Objects.equals(item.source(), head.source())
                && Objects.equals(item.targetParent(), head.targetParent()));
    }

    /** Takes in the next chunk; see {@link #continuesWith}. */
    public Step accept(Item chunk, long maxBytes) {
        Step.Chunk longer = plus(chunk, maxBytes);
        if (chunk.moreData()) {
            return longer;
        }
        LargeObject all = longer.next();
        if (all.refusal != null) {
            return new Step.Lost(all.refusal, "longer than " + maxBytes + " bytes");
        }
        Bytes bytes = all.joined();
        Data data = all.isOpaque ? new Data.Opaque(bytes) : Data.of(bytes.utf8());
        if (size != null && !sizeMatches(size, head.meta(), data)) {
            return new Step.Lost(StatusCode.SIZE_MISMATCH,
                    "Size says " + size + ", but " + bytes.length() + " bytes came (DMPRO 7)");
        }
        return new Step.Whole(new Item(head.target(), head.source(), head.sourceParent(), head.targetParent(),
                head.meta(), data, false));
    }

    private Step.Chunk plus(Item chunk, long maxBytes) {
        Data data = chunk.data();
        Bytes bytes = data == null ? Bytes.EMPTY : data.bytes();
        boolean isRefused = refusal != null || length() + bytes.length() > maxBytes;
        if (isRefused) {
            LargeObject dropped = new LargeObject(command, cmdRef, head, size, List.of(), isOpaque,
                    StatusCode.REQUEST_ENTITY_TOO_LARGE);
            return new Step.Chunk(dropped, StatusCode.REQUEST_ENTITY_TOO_LARGE);
        }
        List<Bytes> longerParts = new ArrayList<>(parts);
        longerParts.add(bytes);
        LargeObject longer = new LargeObject(command, cmdRef, head, size, longerParts,
                isOpaque || data instanceof Data.Opaque, null);
        return new Step.Chunk(longer, StatusCode.CHUNK_ACCEPTED);
    }

    /**
     * Whether a {@code Size} fits the data. It counts the bytes as they were transferred ([TND 1.2 §7.7]); peers that
     * count the decoded bytes of base64 are understood too.
     */
    public static boolean sizeMatches(long size, Meta meta, Data data) {
        if (size == data.bytes().length()) {
            return true;
        }
        boolean isBase64 = "b64".equalsIgnoreCase(meta.format());
        return isBase64 && size >= 0 && size == decodedLength(data.text());
    }

    private static long decodedLength(String base64) {
        try {
            return Bytes.base64(base64).length();
        } catch (IllegalArgumentException notBase64) {
            return -1;
        }
    }

    /** The item for Alert 1225, "end of data for chunked object not received": where the object was going. */
    public Item lost() {
        return new Item(head.target(), head.source(), null, head.targetParent(), Meta.NONE, null, false);
    }
}
