package dev.grove.dm1;

import dev.grove.auth.Scheme;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.InFlight.Expected;
import dev.grove.dm1.InFlight.Kind;
import dev.grove.dm1.SessionState.Proof;
import dev.grove.dm1.SessionState.Rival;
import dev.grove.dm1.SessionState.Sending;
import dev.grove.dm1.SessionState.Traffic;
import dev.grove.dm1.SessionState.Work;
import dev.grove.engine.StateBytes.Reader;
import dev.grove.engine.StateBytes.Writer;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.LargeObject;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Prover;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Format;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Headers.Field;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** The stored form of a {@link SessionState}. For each part the writing and the reading stand together. */
final class SessionStateCodec {

    private static final int VERSION = 2;
    private static final Scheme[] SCHEMES = Scheme.values();
    private static final Reason[] REASONS = Reason.values();
    private static final Kind[] KINDS = Kind.values();
    private static final Format[] FORMATS = Format.values();

    private SessionStateCodec() {}

    static Bytes encode(SessionState state) {
        Packet reply = state.traffic().reply();
        Writer out = new Writer(512 + (reply == null ? 0 : reply.body().length()));
        out.octet(VERSION);
        out.text(state.deviceId());
        out.text(state.sessionId());
        out.text(state.profile().name());
        instant(out, state.startedAt());
        instant(out, state.expiresAt());
        out.optional(state.endedBy(), Writer::constant);
        traffic(out, state.traffic());
        proof(out, state.credentials());
        work(out, state.work());
        return out.toBytes();
    }

    static SessionState decode(Bytes stored) throws Malformed {
        Reader in = new Reader(stored);
        int version = in.octet();
        if (version != VERSION) {
            throw in.malformed("encoding version " + version + " is not " + VERSION);
        }
        try {
            return new SessionState(in.text(), in.text(), profile(in), instant(in), instant(in),
                    in.optional(i -> i.constant(REASONS)), traffic(in), proof(in), work(in));
        } catch (IllegalArgumentException | DateTimeException outOfRange) {
            throw in.malformed("a value is out of range");
        }
    }

    private static Profile profile(Reader in) throws Malformed {
        String name = in.text();
        for (Profile profile : Profile.ALL) {
            if (profile.name().equals(name)) {
                return profile;
            }
        }
        throw in.malformed("an unknown profile");
    }

    private static void instant(Writer out, Instant instant) {
        out.number(instant.getEpochSecond());
        out.number(instant.getNano());
    }

    private static Instant instant(Reader in) throws Malformed {
        return Instant.ofEpochSecond(in.number(), in.count());
    }

    private static void traffic(Writer out, Traffic traffic) {
        out.text(traffic.verDtd());
        out.text(traffic.verProto());
        out.number(traffic.clientMsgId());
        out.number(traffic.serverMsgId());
        out.bytes(traffic.firstDigest());
        out.bytes(traffic.lastDigest());
        out.optional(traffic.reply(), SessionStateCodec::packet);
        out.number(traffic.maxMsgSizeBytes());
        out.number(traffic.maxObjSizeBytes());
    }

    private static Traffic traffic(Reader in) throws Malformed {
        return new Traffic(in.text(), in.text(), in.count(), in.count(), in.bytes(), in.bytes(),
                in.optional(SessionStateCodec::packet), in.number(), in.number());
    }

    private static void packet(Writer out, Packet packet) {
        out.text(packet.mediaType());
        out.bytes(packet.body());
        out.list(packet.headers().fields(), (o, field) -> {
            o.text(field.name());
            o.text(field.value());
        });
    }

    private static Packet packet(Reader in) throws Malformed {
        return new Packet(in.text(), in.bytes(), new Headers(in.list(i -> new Field(i.text(), i.text()))));
    }

    private static void proof(Writer out, Proof proof) {
        out.flag(proof.hasBegun());
        challenger(out, proof.client());
        out.optional(proof.server(), SessionStateCodec::prover);
        out.optional(proof.rival(), SessionStateCodec::rival);
    }

    private static Proof proof(Reader in) throws Malformed {
        return new Proof(in.flag(), challenger(in), in.optional(SessionStateCodec::prover),
                in.optional(SessionStateCodec::rival));
    }

    private static void rival(Writer out, Rival rival) {
        out.number(rival.msgId());
        challenger(out, rival.challenger());
    }

    private static Rival rival(Reader in) throws Malformed {
        return new Rival(in.count(), challenger(in));
    }

    private static void challenger(Writer out, Challenger challenger) {
        out.flag(challenger.isProved());
        out.optional(challenger.asked(), Writer::constant);
        out.optional(challenger.nonce(), Writer::bytes);
        out.number(challenger.choice());
        out.number(challenger.offers());
        out.number(challenger.refusals());
    }

    private static Challenger challenger(Reader in) throws Malformed {
        return new Challenger(in.flag(), in.optional(i -> i.constant(SCHEMES)), in.optional(Reader::bytes),
                in.count(), in.count(), in.count());
    }

    private static void prover(Writer out, Prover prover) {
        out.constant(prover.scheme());
        out.optional(prover.nonce(), Writer::bytes);
        out.flag(prover.isAccepted());
        out.number(prover.refusals());
    }

    private static Prover prover(Reader in) throws Malformed {
        return new Prover(in.constant(SCHEMES), in.optional(Reader::bytes), in.flag(), in.count());
    }

    private static void work(Writer out, Work work) {
        out.list(work.inFlight(), SessionStateCodec::inFlight);
        out.optional(work.sending(), SessionStateCodec::sending);
        out.optional(work.receiving(), SessionStateCodec::largeObject);
        out.list(work.owed(), SessionStateCodec::status);
        out.flag(work.hasFloor());
        out.number(work.operations());
    }

    private static Work work(Reader in) throws Malformed {
        return new Work(in.list(SessionStateCodec::inFlight), in.optional(SessionStateCodec::sending),
                in.optional(SessionStateCodec::largeObject), in.list(SessionStateCodec::status), in.flag(), in.count());
    }

    private static void inFlight(Writer out, InFlight task) {
        out.text(task.jobId());
        out.number(task.index());
        out.list(task.commands(), SessionStateCodec::expected);
    }

    private static InFlight inFlight(Reader in) throws Malformed {
        return new InFlight(in.text(), in.count(), in.list(SessionStateCodec::expected));
    }

    private static void expected(Writer out, Expected command) {
        out.text(command.path());
        out.number(command.msgId());
        out.text(command.cmdId());
        out.text(command.verb());
        out.constant(command.kind());
        out.optional(command.status(), (o, status) -> o.number(status.code()));
        out.list(command.results(), SessionStateCodec::result);
        out.optional(command.detail(), Writer::text);
    }

    private static Expected expected(Reader in) throws Malformed {
        return new Expected(in.text(), in.count(), in.text(), in.text(), in.constant(KINDS),
                in.optional(SessionStateCodec::statusCode), in.list(SessionStateCodec::result),
                in.optional(Reader::text));
    }

    private static StatusCode statusCode(Reader in) throws Malformed {
        return new StatusCode(in.count());
    }

    private static void result(Writer out, Result result) {
        out.text(result.uri());
        out.constant(result.value().format());
        out.text(result.value().type());
        out.bytes(result.value().data());
    }

    private static Result result(Reader in) throws Malformed {
        return new Result(in.text(), new Value(in.constant(FORMATS), in.text(), in.bytes()));
    }

    private static void sending(Writer out, Sending sending) {
        out.text(sending.jobId());
        out.number(sending.index());
        out.number(sending.next());
        out.flag(sending.isComplete());
        out.flag(sending.isRepeated());
    }

    private static Sending sending(Reader in) throws Malformed {
        return new Sending(in.text(), in.count(), in.count(), in.flag(), in.flag());
    }

    private static void largeObject(Writer out, LargeObject object) {
        out.text(object.command());
        out.text(object.cmdRef());
        item(out, object.head());
        out.optional(object.size(), Writer::number);
        out.list(object.parts(), Writer::bytes);
        out.flag(object.isOpaque());
        out.optional(object.refusal(), (o, status) -> o.number(status.code()));
    }

    private static LargeObject largeObject(Reader in) throws Malformed {
        return new LargeObject(in.text(), in.text(), item(in), in.optional(Reader::number), in.list(Reader::bytes),
                in.flag(), in.optional(SessionStateCodec::statusCode));
    }

    /** The addresses and the meta of an item; its data is kept elsewhere. */
    private static void item(Writer out, Item item) {
        out.optional(item.target(), SessionStateCodec::location);
        out.optional(item.source(), SessionStateCodec::location);
        out.optional(item.targetParent(), Writer::text);
        out.optional(item.meta().format(), Writer::text);
        out.optional(item.meta().type(), Writer::text);
        out.optional(item.meta().mark(), Writer::text);
        out.optional(item.meta().size(), Writer::number);
    }

    private static Item item(Reader in) throws Malformed {
        Location target = in.optional(SessionStateCodec::location);
        Location source = in.optional(SessionStateCodec::location);
        String targetParent = in.optional(Reader::text);
        Meta meta = new Meta(in.optional(Reader::text), in.optional(Reader::text),
                in.optional(Reader::text), in.optional(Reader::number), null, null, null, List.of());
        return new Item(target, source, null, targetParent, meta, null, false);
    }

    private static void location(Writer out, Location location) {
        out.text(location.uri());
        out.optional(location.name(), Writer::text);
    }

    private static Location location(Reader in) throws Malformed {
        return new Location(in.text(), in.optional(Reader::text));
    }

    /** A Status that is still owed; it has neither an id nor a challenge nor items. */
    private static void status(Writer out, Status status) {
        out.text(status.msgRef());
        out.text(status.cmdRef());
        out.text(status.cmd());
        out.list(status.targetRefs(), Writer::text);
        out.list(status.sourceRefs(), Writer::text);
        out.number(status.code().code());
    }

    private static Status status(Reader in) throws Malformed {
        return new Status("", in.text(), in.text(), in.text(), in.list(Reader::text), in.list(Reader::text),
                null, null, statusCode(in), null, List.of());
    }
}
