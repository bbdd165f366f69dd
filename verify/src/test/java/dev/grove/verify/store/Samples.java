package dev.grove.verify.store;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things to keep. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Samples() {}

    static Device device(String id) {
        Account account = new Account(id, new Secret("user", "pass", Bytes.hex("00ff")),
                List.of(Scheme.MD5, Scheme.BASIC), new Secret("grove", "word", Bytes.EMPTY), Scheme.MAC);
        return Device.of(account, "the device " + id, NOW);
    }

    static Address at(String uri) {
        return Address.parse(uri);
    }

    static Operation get(String uri) {
        return new Operation.Get(at(uri));
    }

    static Operation replace(String uri, String text) {
        return new Operation.Replace(at(uri), Value.text(text));
    }

    static Operation exec(String uri) {
        return new Operation.Exec(at(uri), null, null);
    }

    /** One operation of every kind and every kind of address. */
    static List<Operation> everyOperation() {
        Address relative = new Address.Relative(NodeUri.parse("./Ext"), "urn:oma:mo:x:1.0",
                List.of(new Address.Condition(NodeUri.parse("F"), "Camera")), NodeUri.parse("E/G"), Address.ITSELF);
        UiOptions options = new UiOptions(Duration.ofSeconds(3), Duration.ofSeconds(9), "yes", 40, "N", "P");
        return List.of(get("./A?prop=ACL"), get("./A?list=StructData"), get("."),
                new Operation.Add(at("./A/B"), Value.interior("urn:x")),
                new Operation.Replace(relative, Value.binary(Bytes.hex("0001ff"))), new Operation.Delete(relative),
                new Operation.Copy(at("./A"), at("./B")),
                new Operation.Get(Address.read("urn:oma:mo:x:1.0/(y)/A?nv=(y)/ID:a%26b&lv=2"),
                        Operation.Via.REPOSITORY),
                new Operation.Subscribe(Address.read("urn:oma:mo:x:1.0//A")),
                new Operation.Unsubscribe(Address.read("urn:oma:mo:x:1.0/*/A")),
                new Operation.Show("https://ui.example/[DevID]"),
                new Operation.SetDefault("urn:oma:mo:x:1.0", "https://dr.example/x"),
                new Operation.ContinueAt("https://other.example/dm2"),
                new Operation.Exec(at("./X"), Value.of(Format.INT, "7"), "corr"),
                new Operation.Exec(at("./X"), null, null),
                new Operation.Atomic(List.of(replace("./C", "é"), new Operation.Sequence(List.of(exec("./D"))))),
                new Operation.Display("text", options), new Operation.Confirm("sure?", UiOptions.NONE),
                new Operation.Input("name?", options),
                new Operation.Choose("which?", List.of("a", "b"), true, options));
    }

    /** The first turn of a session of {@code deviceId}. */
    static SessionCommit begin(String deviceId, String sessionId, Fact... facts) {
        List<Fact> all = new ArrayList<>(List.of(new Fact.Opened()));
        all.addAll(List.of(facts));
        return commit(device(deviceId), sessionId, null, all);
    }

    /** A further turn of a session. */
    static SessionCommit proceed(SessionRecord before, Fact... facts) {
        return commit(device(before.deviceId()), before.sessionId(), before, List.of(facts));
    }

    static SessionCommit commit(Device device, String sessionId, @Nullable SessionRecord before, List<Fact> facts) {
        SessionCommit.Next next = new SessionCommit.Next(sessionId, NOW.plusSeconds(600),
                facts.stream().anyMatch(f -> f instanceof Fact.Ended), Bytes.hex("00cafe"), facts, null);
        return new SessionCommit(device, false, before, Situation.Seen.NONE, next, "DM/1.2", NOW,
                List.of(new TraceEntry(NOW, TraceEntry.Direction.RECEIVED, "application/vnd.syncml.dm+xml",
                        Bytes.utf8("<SyncML/>"), List.of("a fact", "another"))));
    }
}
