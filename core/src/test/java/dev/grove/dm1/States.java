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
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes session states of every shape. */
final class States {

    private final RandomGenerator luck;

    States(RandomGenerator luck) {
        this.luck = luck;
    }

    SessionState any() {
        return new SessionState(text(), text(), oneOf(Profile.ALL), instant(), instant(),
                optional(() -> oneOf(List.of(Reason.values()))), traffic(), proof(), work());
    }

    private Traffic traffic() {
        return new Traffic(text(), text(), count(), count(), bytes(), bytes(),
                optional(this::packet), luck.nextLong(),
                luck.nextLong());
    }

    private Packet packet() {
        Headers headers = luck.nextBoolean() ? Headers.NONE : Headers.of(text(), text()).with(text(), text());
        return new Packet(text(), bytes(), headers);
    }

    private Proof proof() {
        List<Scheme> schemes = List.of(Scheme.values());
        return new Proof(luck.nextBoolean(), challenger(),
                optional(() -> new Prover(oneOf(schemes), optional(this::bytes), luck.nextBoolean(), count())),
                optional(() -> new Rival(count(), challenger())));
    }

    private Challenger challenger() {
        return new Challenger(luck.nextBoolean(), optional(() -> oneOf(List.of(Scheme.values()))),
                optional(this::bytes), count(), count(), count());
    }

    private Work work() {
        return new Work(list(() -> new InFlight(text(), count(), list(this::expected))),
                optional(() -> new Sending(text(), count(), count(), luck.nextBoolean(), luck.nextBoolean())),
                optional(this::largeObject), list(this::status), luck.nextBoolean(), count());
    }

    private Expected expected() {
        return new Expected(text(), count(), text(), text(), oneOf(List.of(Kind.values())),
                optional(() -> new StatusCode(luck.nextInt(100, 2000))), list(this::result), optional(this::text));
    }

    private Result result() {
        return new Result(text(), new Value(oneOf(List.of(Format.values())), text(), bytes()));
    }

    private LargeObject largeObject() {
        Item head = new Item(optional(this::location), optional(this::location), null, optional(this::text),
                new Meta(optional(this::text), optional(this::text), optional(this::text), optional(luck::nextLong),
                        null, null, null, List.of()),
                null, false);
        return new LargeObject(text(), text(), head, optional(luck::nextLong), list(this::bytes), luck.nextBoolean(),
                optional(() -> StatusCode.REQUEST_ENTITY_TOO_LARGE));
    }

    private Status status() {
        return new Status("", text(), text(), text(), list(this::text), list(this::text), null, null, StatusCode.OK,
                null, List.of());
    }

    private Location location() {
        return new Location(text(), optional(this::text));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(luck.nextLong(-1_000_000, 4_000_000_000L), luck.nextInt(1_000_000_000));
    }

    private int count() {
        return luck.nextInt() >>> luck.nextInt(1, 32);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = luck.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(luck.nextBoolean() ? luck.nextInt('a', 'z') : luck.nextInt(0x1F300, 0x1F400));
        }
        return text.toString();
    }

    private Bytes bytes() {
        byte[] bytes = new byte[luck.nextInt(200)];
        luck.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private <T> @Nullable T optional(Supplier<T> supplier) {
        return luck.nextBoolean() ? supplier.get() : null;
    }

    private <T> List<T> list(Supplier<T> supplier) {
        List<T> values = new ArrayList<>();
        for (int i = luck.nextInt(4); i > 0; i--) {
            values.add(supplier.get());
        }
        return values;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(luck.nextInt(values.size()));
    }
}
