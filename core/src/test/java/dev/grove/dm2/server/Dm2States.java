package dev.grove.dm2.server;

import dev.grove.dm2.server.Outstanding.Kind;
import dev.grove.engine.Fact.Reason;
import dev.grove.tree.ClientUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random states of DM 2.0 sessions. */
final class Dm2States {

    private static final List<String> TEXTS = List.of("", "IMEI:1", "dm2-0a", "grün \uD83D\uDE00", "0.1.2", "\0\n\"<");
    private static final List<ClientUri> NODES = List.of(ClientUri.parse("urn:m:1//"),
            ClientUri.parse("urn:m:1/i/A%2FB/C?cv=v1"),
            ClientUri.parse("urn:m:1/(x)/A/*/C?nv=(x)/ID:Temperature&nv=(x)/Kind:a%26b&lv=2"));
    private static final Kind[] KINDS = Kind.values();
    private static final Reason[] REASONS = Reason.values();

    private final SplittableRandom luck;

    Dm2States(SplittableRandom luck) {
        this.luck = luck;
    }

    Dm2SessionState any() {
        List<Outstanding> outstanding = IntStream.range(0, luck.nextInt(5)).mapToObj(i -> command()).toList();
        return new Dm2SessionState(text(), text(), time(), time(),
                rarely() ? REASONS[luck.nextInt(REASONS.length)] : null,
                luck.nextInt(Integer.MAX_VALUE), bytes(32), new Packet(text(), bytes(200)), outstanding,
                luck.nextInt(100));
    }

    private Outstanding command() {
        return new Outstanding(text(), text(), KINDS[luck.nextInt(KINDS.length)], text(), maybe(NODES),
                maybe(TEXTS));
    }

    private String text() {
        return TEXTS.get(luck.nextInt(TEXTS.size()));
    }

    private <T> @Nullable T maybe(List<T> values) {
        return rarely() ? null : values.get(luck.nextInt(values.size()));
    }

    private boolean rarely() {
        return luck.nextInt(4) == 0;
    }

    private Instant time() {
        return Instant.ofEpochSecond(luck.nextLong(-1L << 33, 1L << 35), luck.nextInt(1_000_000_000));
    }

    private Bytes bytes(int most) {
        byte[] bytes = new byte[luck.nextInt(most + 1)];
        luck.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
