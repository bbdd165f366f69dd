package dev.grove.dm2.server;

import dev.grove.dm2.server.Outstanding.Kind;
import dev.grove.engine.Fact.Reason;
import dev.grove.engine.StateBytes.Reader;
import dev.grove.engine.StateBytes.Writer;
import dev.grove.tree.ClientUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.DateTimeException;
import java.time.Instant;

/** The stored form of a {@link Dm2SessionState}. */
final class Dm2StateCodec {

    /** The first byte; states of DM 1.x begin with a small number. */
    static final int MARK = 0xD2;

    private static final int VERSION = 1;
    private static final Reason[] REASONS = Reason.values();
    private static final Kind[] KINDS = Kind.values();

    private Dm2StateCodec() {}

    static Bytes encode(Dm2SessionState state) {
        Writer out = new Writer(256 + state.reply().body().length());
        out.octet(MARK);
        out.octet(VERSION);
        out.text(state.deviceId());
        out.text(state.sessionId());
        instant(out, state.startedAt());
        instant(out, state.expiresAt());
        out.optional(state.endedBy(), Writer::constant);
        out.number(state.turns());
        out.bytes(state.lastDigest());
        out.text(state.reply().mediaType());
        out.bytes(state.reply().body());
        out.list(state.outstanding(), Dm2StateCodec::outstanding);
        out.number(state.operations());
        return out.toBytes();
    }

    static Dm2SessionState decode(Bytes stored) throws Malformed {
        Reader in = new Reader(stored);
        if (in.octet() != MARK) {
            throw in.malformed("no state of a DM 2.0 session");
        }
        int version = in.octet();
        if (version != VERSION) {
            throw in.malformed("encoding version " + version + " is not " + VERSION);
        }
        try {
            return new Dm2SessionState(in.text(), in.text(), instant(in), instant(in),
                    in.optional(i -> i.constant(REASONS)), in.count(), in.bytes(), new Packet(in.text(), in.bytes()),
                    in.list(Dm2StateCodec::outstanding), in.count());
        } catch (IllegalArgumentException | DateTimeException outOfRange) {
            throw in.malformed("a value is out of range");
        }
    }

    private static void outstanding(Writer out, Outstanding command) {
        out.text(command.jobId());
        out.text(command.path());
        out.constant(command.kind());
        out.text(command.asked());
        out.optional(command.sent(), (o, uri) -> o.text(uri.toString()));
        out.optional(command.ticket(), Writer::text);
    }

    private static Outstanding outstanding(Reader in) throws Malformed {
        return new Outstanding(in.text(), in.text(), in.constant(KINDS), in.text(),
                in.optional(i -> ClientUri.parse(i.text())), in.optional(Reader::text));
    }

    private static void instant(Writer out, Instant instant) {
        out.number(instant.getEpochSecond());
        out.number(instant.getNano());
    }

    private static Instant instant(Reader in) throws Malformed {
        return Instant.ofEpochSecond(in.number(), in.count());
    }
}
