package dev.grove.testkit.lockstep;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * A device that follows a script, to test a DM 1.x server message by message. It does nothing by itself: a test says
 * what is sent, and checks what comes back.
 *
 * <pre>{@code
 * LockstepDevice device = new LockstepDevice(new HttpLink(URI.create("http://127.0.0.1:8080/dm")),
 *         Identity.of("IMEI:1", "http://127.0.0.1:8080/dm"));
 * device.sends(device.packageOne()).hasStatus("0", 407);
 * device.sends(device.packageOne().proves(Scheme.BASIC, secret)).hasStatus("0", 212).answersAll();
 * }</pre>
 */
public final class LockstepDevice {

    /**
     * Who the device is and how it speaks.
     *
     * @param deviceId {@code Source/LocURI}
     * @param serverUri {@code Target/LocURI}
     * @param verDtd {@code 1.1} or {@code 1.2}
     * @param verProto {@code DM/1.1}, {@code DM/1.2} or {@code DM/1.3}
     * @param sessionId of the session
     */
    public record Identity(String deviceId, String serverUri, String verDtd, String verProto, String sessionId,
            Encoding encoding) {

        /** A DM 1.2 device that speaks XML, in session 1. */
        public static Identity of(String deviceId, String serverUri) {
            return new Identity(deviceId, serverUri, "1.2", "DM/1.2", "1", Encoding.XML);
        }

        /** The same device in another session. */
        public Identity inSession(String id) {
            return new Identity(deviceId, serverUri, verDtd, verProto, id, encoding);
        }

        /** The same device in another encoding. */
        public Identity in(Encoding other) {
            return new Identity(deviceId, serverUri, verDtd, verProto, sessionId, other);
        }

        /** The same device in another version. */
        public Identity speaking(String dtd, String protocol) {
            return new Identity(deviceId, serverUri, dtd, protocol, sessionId, encoding);
        }
    }

    private final Link link;
    private final Identity identity;
    private final Transcript transcript = new Transcript();
    private int lastMsgId;
    private @Nullable Packet last;
    private @Nullable Heard heard;

    /** @param link the way to the server */
    public LockstepDevice(Link link, Identity identity) {
        this.link = link;
        this.identity = identity;
    }

    /** An empty message with the next {@code MsgID}. */
    public MessageDraft message() {
        SyncHdr header = new SyncHdr(identity.verDtd(), identity.verProto(), identity.sessionId(),
                Integer.toString(++lastMsgId), new Location(identity.serverUri()), new Location(identity.deviceId()),
                null, false, null, Meta.NONE);
        return new MessageDraft(header, identity.encoding());
    }

    /** Package 1: Alert 1201 and the five leaves of DevInfo. */
    public MessageDraft packageOne() {
        return message().alert(1201).reports(devInfo());
    }

    /** The five leaves of DevInfo ([STDOBJ 1.2 §5.2]). */
    public Item[] devInfo() {
        return new Item[] {MessageDraft.report("./DevInfo/DevId", identity.deviceId()),
                MessageDraft.report("./DevInfo/Man", "Grove"), MessageDraft.report("./DevInfo/Mod", "lock-step"),
                MessageDraft.report("./DevInfo/DmV", identity.verProto().substring("DM/".length())),
                MessageDraft.report("./DevInfo/Lang", "en")};
    }

    /** A message that answers the server's last one: 200 for its header and for all it asks. */
    public MessageDraft answer() {
        return answer(200);
    }

    /** A message that answers the server's last one: this Status for its header, 200 for all it asks. */
    public MessageDraft answer(int ofHeader) {
        if (heard == null) {
            throw new IllegalStateException("the server has said nothing yet");
        }
        return message().answers(heard.message(), ofHeader);
    }

    /** Sends a message, and returns what comes back. */
    public Heard sends(MessageDraft draft) {
        return sends(draft.packet());
    }

    /** Sends any bytes as what {@link Identity#encoding} is called. */
    public Heard sendsBytes(Bytes bytes) {
        return sends(new Packet(identity.encoding().mediaType(), bytes));
    }

    /** Sends any packet. */
    public Heard sends(Packet packet) {
        last = packet;
        transcript.sent(packet);
        Link.Answer answer;
        try {
            answer = link.carry(packet);
        } catch (Link.LinkBroken broken) {
            throw new LockstepFailure("no answer came: " + broken.getCause(), transcript);
        }
        if (answer.httpStatus() != 200) {
            transcript.note("HTTP " + answer.httpStatus());
        }
        answer.body().ifPresent(transcript::received);
        Heard now = new Heard(answer, decoded(packet), transcript);
        if (answer.httpStatus() == 200 && answer.packet() != null) {
            heard = now;
        }
        return now;
    }

    /** Sends the last packet once more, byte for byte. */
    public Heard repeats() {
        if (last == null) {
            throw new IllegalStateException("nothing was sent yet");
        }
        return sends(last);
    }

    /**
     * Begins a session: package 1 without credentials if the scheme has a nonce, then with credentials made of the
     * nonce of the challenge.
     *
     * @return what the server says to the authenticated package 1
     */
    public Heard signsIn(Scheme scheme, Secret secret) {
        if (!scheme.hasNonce()) {
            return sends(packageOne().proves(scheme, secret));
        }
        Heard challenged = sends(packageOne()).hasStatus("0", 407);
        return sends(packageOne().proves(scheme, secret.withNonce(challenged.nextNonce())));
    }

    /** The conversation so far. */
    public Transcript transcript() {
        return transcript;
    }

    private static @Nullable Message decoded(Packet packet) {
        try {
            return SyncmlCodec.decode(packet, Limits.DEFAULT);
        } catch (Malformed _) {
            return null;
        }
    }
}
