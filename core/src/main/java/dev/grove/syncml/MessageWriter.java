package dev.grove.syncml;

import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Container;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.wire.Tag;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.Tokens.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a message as tokens, in the order of the DTD ([REPPRO 1.2 App. A]). */
final class MessageWriter {

    /** The namespace of the attribute {@code originalerror} ([MS-MDM §2.2.7.8]). */
    static final String MICROSOFT = "http://schemas.microsoft.com/MobileDevice/MDM";

    private final TokenWriter out;
    private final Encoding encoding;

    MessageWriter(TokenWriter out, Encoding encoding) {
        this.out = out;
        this.encoding = encoding;
    }

    /** Writes the header and opens the body. */
    void begin(SyncHdr header) {
        out.start(Tag.SYNCML);
        out.start(Tag.SYNC_HDR);
        out.leaf(Tag.VER_DTD, header.verDtd());
        out.leaf(Tag.VER_PROTO, header.verProto());
        out.leaf(Tag.SESSION_ID, header.sessionId());
        out.leaf(Tag.MSG_ID, header.msgId());
        location(Tag.TARGET, header.target());
        location(Tag.SOURCE, header.source());
        optional(Tag.RESP_URI, header.respUri());
        if (header.noResp()) {
            out.empty(Tag.NO_RESP);
        }
        cred(header.cred());
        meta(header.meta());
        out.end();
        out.start(Tag.SYNC_BODY);
    }

    /** Closes the body and the document. */
    void end(boolean isFinal) {
        if (isFinal) {
            out.empty(Tag.FINAL);
        }
        out.end();
        out.end();
    }

    void command(Command command) {
        if (command instanceof Unknown(String cmdId, Element element)) {
            Elements.write(element, out);
            return;
        }
        out.start(Commands.tag(command));
        if (!command.cmdId().isEmpty()) {
            out.leaf(Tag.CMD_ID, command.cmdId());
        }
        switch (command) {
            case Status status -> status(status);
            case Results results -> results(results);
            case Alert alert -> alert(alert);
            case Container container -> container(container);
            case WithItems withItems -> withItems(withItems);
            case Unknown unknown -> throw new IllegalStateException(unknown.name() + " is written as it came");
        }
        out.end();
    }

    private void withItems(WithItems command) {
        meta(command.meta());
        if (command instanceof Exec exec) {
            optional(Tag.CORRELATOR, exec.correlator());
        }
        items(command.items(), command.meta());
    }

    private void container(Container container) {
        meta(container.meta());
        container.commands().forEach(this::command);
    }

    private void alert(Alert alert) {
        if (!alert.code().equals(AlertCode.ABSENT)) {
            out.leaf(Tag.DATA, Integer.toString(alert.code().code()));
        }
        optional(Tag.CORRELATOR, alert.correlator());
        items(alert.items(), Meta.NONE);
    }

    private void results(Results results) {
        references(results.msgRef(), results.cmdRef());
        meta(results.meta());
        optional(Tag.TARGET_REF, results.targetRef());
        optional(Tag.SOURCE_REF, results.sourceRef());
        items(results.items(), results.meta());
    }

    private void status(Status status) {
        references(status.msgRef(), status.cmdRef());
        if (!status.cmd().isEmpty()) {
            out.leaf(Tag.CMD, status.cmd());
        }
        status.targetRefs().forEach(ref -> out.leaf(Tag.TARGET_REF, ref));
        status.sourceRefs().forEach(ref -> out.leaf(Tag.SOURCE_REF, ref));
        cred(status.cred());
        if (status.chal() != null) {
            out.start(Tag.CHAL);
            meta(status.chal());
            out.end();
        }
        out.start(Tag.DATA);
        if (status.originalError() != null) {
            out.attribute(new Attribute(MICROSOFT, "msft", "originalerror", status.originalError()));
        }
        out.text(Integer.toString(status.code().code()));
        out.end();
        items(status.items(), Meta.NONE);
    }

    private void references(String msgRef, String cmdRef) {
        if (!msgRef.isEmpty()) {
            out.leaf(Tag.MSG_REF, msgRef);
        }
        if (!cmdRef.isEmpty()) {
            out.leaf(Tag.CMD_REF, cmdRef);
        }
    }

    private void items(List<Item> items, Meta outer) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            item(encoding == Encoding.XML && item.data() instanceof Data.Opaque
                    ? ItemValue.forXml(item, outer)
                    : item);
        }
    }

    private void item(Item item) {
        out.start(Tag.ITEM);
        location(Tag.TARGET, item.target());
        location(Tag.SOURCE, item.source());
        parent(Tag.SOURCE_PARENT, item.sourceParent());
        parent(Tag.TARGET_PARENT, item.targetParent());
        meta(item.meta());
        if (item.data() != null) {
            out.start(Tag.DATA);
            Elements.write(item.data(), out);
            out.end();
        }
        if (item.moreData()) {
            out.empty(Tag.MORE_DATA);
        }
        out.end();
    }

    private void location(int tag, @Nullable Location location) {
        if (location != null) {
            out.start(tag);
            out.leaf(Tag.LOC_URI, location.uri());
            optional(Tag.LOC_NAME, location.name());
            out.end();
        }
    }

    private void parent(int tag, @Nullable String uri) {
        if (uri != null) {
            out.start(tag);
            out.leaf(Tag.LOC_URI, uri);
            out.end();
        }
    }

    private void cred(@Nullable Cred cred) {
        if (cred != null) {
            out.start(Tag.CRED);
            meta(cred.meta());
            out.leaf(Tag.DATA, cred.data());
            out.end();
        }
    }

    private void meta(Meta meta) {
        if (meta.isEmpty()) {
            return;
        }
        out.start(Tag.META);
        others(meta, 0, FORMAT_RANK);
        optional(Tag.FORMAT, meta.format());
        optional(Tag.TYPE, meta.type());
        optional(Tag.MARK, meta.mark());
        optional(Tag.SIZE, meta.size());
        others(meta, FORMAT_RANK, NONCE_RANK);
        optional(Tag.NEXT_NONCE, meta.nextNonce());
        optional(Tag.MAX_MSG_SIZE, meta.maxMsgSize());
        optional(Tag.MAX_OBJ_SIZE, meta.maxObjSize());
        others(meta, NONCE_RANK, Integer.MAX_VALUE);
        out.end();
    }

    private static final int FORMAT_RANK = 1;
    private static final int NONCE_RANK = 2;

    /** The elements that stand at a place of the DTD's order. */
    private void others(Meta meta, int fromRank, int toRank) {
        for (Element element : meta.others()) {
            int rank = switch (element.name()) {
                case "FieldLevel" -> 0;
                case "Anchor", "Version" -> FORMAT_RANK;
                default -> NONCE_RANK;
            };
            if (rank >= fromRank && rank < toRank) {
                Elements.write(element, out);
            }
        }
    }

    private void optional(int tag, @Nullable String text) {
        if (text != null) {
            out.leaf(tag, text);
        }
    }

    private void optional(int tag, @Nullable Long number) {
        if (number != null) {
            out.leaf(tag, Long.toString(number));
        }
    }
}
