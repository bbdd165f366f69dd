package dev.grove.testkit.lockstep;

import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A message that a script says: exactly what it is told, whether the rules allow it or not. Commands are numbered from
 * 1
 * on unless {@link #command} brings one with an id of its own.
 */
public final class MessageDraft {

    private final Encoding encoding;
    private final List<Command> body = new ArrayList<>();
    private SyncHdr header;
    private boolean isFinal = true;
    private @Nullable Secret macSecret;
    private int lastId;

    /**
     * @param header as it will be sent, unless {@link #header} changes it
     * @param encoding in which commands with values are spelt, and the message is written
     */
    public MessageDraft(SyncHdr header, Encoding encoding) {
        this.header = header;
        this.encoding = encoding;
    }

    /** Changes the header. */
    public MessageDraft header(UnaryOperator<SyncHdr> change) {
        header = change.apply(header);
        return this;
    }

    /** Puts another {@code MsgID} in the header. */
    public MessageDraft msgId(String id) {
        return header(h -> new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), id, h.target(), h.source(), h.respUri(),
                h.noResp(), h.cred(), h.meta()));
    }

    /** Puts another {@code SessionID} in the header. */
    public MessageDraft sessionId(String id) {
        return header(h -> new SyncHdr(h.verDtd(), h.verProto(), id, h.msgId(), h.target(), h.source(), h.respUri(),
                h.noResp(), h.cred(), h.meta()));
    }

    /** Announces limits in the header: {@code MaxMsgSize} and {@code MaxObjSize}, in bytes; none where null. */
    public MessageDraft limits(@Nullable Long maxMsgSize, @Nullable Long maxObjSize) {
        Meta meta = new Meta(null, null, null, null, null, maxMsgSize, maxObjSize, List.of());
        return header(h -> new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                h.respUri(), h.noResp(), h.cred(), meta));
    }

    /** Proves who speaks: {@code Cred}, or for {@link Scheme#MAC} the header {@code x-syncml-hmac}. */
    public MessageDraft proves(Scheme scheme, Secret secret) {
        Location source = new Location(header.source().uri(), scheme.hasNonce() ? secret.userName() : null);
        SyncHdr.Cred cred = null;
        if (scheme == Scheme.MAC) {
            macSecret = secret;
        } else {
            cred = new SyncHdr.Cred(Meta.of("b64", scheme.wireName()), Credentials.data(scheme, secret));
        }
        return proves(source, cred);
    }

    /** Proves who speaks by a {@code Cred} of any kind, false ones included. */
    public MessageDraft proves(SyncHdr.@Nullable Cred cred) {
        return proves(header.source(), cred);
    }

    private MessageDraft proves(Location source, SyncHdr.@Nullable Cred cred) {
        return header(h -> new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), source,
                h.respUri(), h.noResp(), cred, h.meta()));
    }

    /** Any command, with the id it has. */
    public MessageDraft command(Command command) {
        body.add(command);
        return this;
    }

    /** An Alert with items. */
    public MessageDraft alert(int code, Item... items) {
        return command(new Command.Alert(nextId(), new AlertCode(code), null, List.of(items)));
    }

    /** A Replace with items that have a source, as package 1 reports DevInfo. */
    public MessageDraft reports(Item... items) {
        return command(new Command.Replace(nextId(), Meta.NONE, List.of(items)));
    }

    /** A Get of nodes. */
    public MessageDraft get(String... uris) {
        List<Item> items = Arrays.stream(uris).map(uri -> Item.at(uri, Meta.NONE, null)).toList();
        return command(new Command.Get(nextId(), Meta.NONE, items));
    }

    /** An Add of a node. */
    public MessageDraft add(String uri, Value value) {
        return command(new Command.Add(nextId(), Meta.NONE, List.of(item(uri, value))));
    }

    /** A Replace of a node. */
    public MessageDraft replace(String uri, Value value) {
        return command(new Command.Replace(nextId(), Meta.NONE, List.of(item(uri, value))));
    }

    /** A Delete of a node. */
    public MessageDraft delete(String uri) {
        return command(new Command.Delete(nextId(), Meta.NONE, List.of(Item.at(uri, Meta.NONE, null))));
    }

    /** An Exec of a node. */
    public MessageDraft exec(String uri, @Nullable String correlator) {
        return command(
                new Command.Exec(nextId(), Meta.NONE, correlator, List.of(Item.at(uri, Meta.NONE, null))));
    }

    /** A Status. {@code cmdRef} 0 is the header. */
    public MessageDraft status(String msgRef, String cmdRef, String cmd, int code) {
        return command(new Status(nextId(), msgRef, cmdRef, cmd, List.of(), List.of(), null, null,
                new StatusCode(code), null, List.of()));
    }

    /** A Status for the header of {@code heard} with {@code ofHeader}, and one for each of its commands with 200. */
    public MessageDraft answers(Message heard, int ofHeader) {
        String msgRef = heard.header().msgId();
        command(new Status(nextId(), msgRef, "0", "SyncHdr", List.of(heard.header().target().uri()),
                List.of(heard.header().source().uri()), null, null, new StatusCode(ofHeader), null, List.of()));
        answersWithin(msgRef, heard.body());
        return this;
    }

    private void answersWithin(String msgRef, List<Command> commands) {
        for (Command command : commands) {
            if (!(command instanceof Status || command instanceof Command.Results)) {
                status(msgRef, command.cmdId(), command.name(), 200);
            }
            if (command instanceof Command.Container container) {
                answersWithin(msgRef, container.commands());
            }
        }
    }

    /** Results that answer a Get. */
    public MessageDraft results(String msgRef, String cmdRef, Item... items) {
        return command(new Command.Results(nextId(), msgRef, cmdRef, Meta.NONE, null, null, List.of(items)));
    }

    /** Leaves {@code Final} out. */
    public MessageDraft notFinal() {
        isFinal = false;
        return this;
    }

    /** The next id in order; for commands that are made outside. */
    public String nextId() {
        return Integer.toString(++lastId);
    }

    /** An item that reports a node and its text: what a device says of itself. */
    public static Item report(String uri, String text) {
        return Item.from(uri, Meta.NONE, Data.of(text));
    }

    private Item item(String uri, Value value) {
        ItemValue spelt = ItemValue.of(value, encoding);
        return Item.at(uri, spelt.meta(), spelt.data());
    }

    /** The message as it stands. */
    public Message message() {
        return new Message(header, body, isFinal);
    }

    /** The message in bytes, with its media type and, for MAC, its header field. */
    public Packet packet() {
        Bytes bytes = SyncmlCodec.encode(message(), encoding);
        Headers headers = macSecret == null
                ? Headers.NONE
                : Headers.of("x-syncml-hmac", Credentials.hmac(Digest.MD5, macSecret, bytes).print());
        return new Packet(encoding.mediaType(), bytes, headers);
    }
}
