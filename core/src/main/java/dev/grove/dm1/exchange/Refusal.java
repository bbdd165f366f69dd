package dev.grove.dm1.exchange;

import dev.grove.dm1.exchange.Recognition.Version;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Statuses only, one for the header and one for each command, to a message that is not acted on.
 *
 * @param message that is refused
 * @param encoding in which it came
 * @param url where it was sent, for a header that does not say
 * @param respUri for the device's next messages; absent if they go where this one went
 */
public record Refusal(Message message, Encoding encoding, String url, @Nullable String respUri) {

    /** Writes the answer; {@code msgId} is its own. */
    public Packet packet(String msgId, StatusCode status) {
        SyncHdr theirs = message.header();
        Statuses statuses = new Statuses(theirs);
        Outbox outbox = new Outbox(header(theirs, msgId), encoding, Profile.NO_LIMIT);
        outbox.put(statuses.ofHeader(status, null));
        for (Command command : message.body()) {
            if (!(command instanceof Status) && !(command instanceof Results)) {
                outbox.put(statuses.of(command, status));
            }
        }
        return new Packet(encoding.mediaType(), outbox.close(true));
    }

    /** In the device's own version if that is one of ours, else in that which most devices know. */
    private SyncHdr header(SyncHdr theirs, String msgId) {
        boolean isKnown = Recognition.version(theirs) instanceof Version.Known;
        String address = theirs.target().uri().isEmpty() ? url : theirs.target().uri();
        return new SyncHdr(isKnown ? theirs.verDtd() : Profile.DM_1_2.verDtd(),
                isKnown ? theirs.verProto() : Profile.DM_1_2.verProto(), theirs.sessionId(), msgId,
                new Location(theirs.source().uri()), new Location(address), respUri, false, null, Meta.NONE);
    }
}
