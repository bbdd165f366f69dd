package dev.grove.client;

import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm2.AlertInterworking;
import dev.grove.dm2.ObjectIndex;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.client.Dm2Fact;
import dev.grove.dm2.client.Dm2Memory.PendingExec;
import dev.grove.dm2.client.Dm2Memory;
import dev.grove.dm2.client.Dm2MemoryCodec;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Step;
import dev.grove.dm2.device.Dm2ClientSettings.Adoption;
import dev.grove.dm2.device.Dm2ClientSettings;
import dev.grove.dm2.device.Dm2Context.PendingAlert;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The device's state as DM 2.0 has it: accounts, what is remembered beside the tree, and what is to be told whom. */
final class Dm2Desk {

    private static final String MEMORY = "dm2/memory";
    private static final String BOOTSTRAPPED = "dm2/bootstrapped/";
    private static final int MAX_PACKAGES = 1000;

    private final DeviceSetup setup;
    private final Dm2Setup dm2;
    private final Device device;

    Dm2Desk(DeviceSetup setup, Dm2Setup dm2, Device device) {
        this.setup = setup;
        this.dm2 = dm2;
        this.device = device;
    }

    Device device() {
        return device;
    }

    Dm2Setup dm2() {
        return dm2;
    }

    List<Dm2Account> accounts() {
        return Dm2Account.in(device.tree());
    }

    Optional<Dm2Account> account(String serverId) {
        return accounts().stream().filter(account -> account.serverId().equals(serverId)).findFirst();
    }

    Dm2Memory memory() {
        Optional<Bytes> memo = device.state().memo(MEMORY);
        try {
            return memo.isEmpty() ? Dm2Memory.NONE : Dm2MemoryCodec.decode(memo.get());
        } catch (Malformed ours) {
            throw new IllegalStateException("the memo of DM 2.0 is broken", ours);
        }
    }

    private static DeviceState with(DeviceState state, Dm2Memory memory) {
        return state.withMemo(MEMORY, memory.equals(Dm2Memory.NONE) ? Bytes.EMPTY : Dm2MemoryCodec.encode(memory));
    }

    // ---- contexts

    /** @param url where the session began, if that was not the account's address */
    Dm2Context context(ServerAccess server, @Nullable String url) {
        List<ServerAccess> servers = accounts().stream().map(Dm2Account::access).toList();
        Adoption adoption = dm2.delegates()
                ? Adoption.by(servers.isEmpty() ? null : servers.getFirst().serverId()) : null;
        Dm2ClientSettings settings = new Dm2ClientSettings(setup.settings().deviceId(), dm2.limits(), MAX_PACKAGES,
                dm2.descriptions(), adoption);
        return new Dm2Context(settings, server, servers, device.editorOfDm2(), values(), dm2.policy(),
                alerts(server.serverId(), url == null ? "" : url), setup.clock().instant());
    }

    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>(dm2.values().get());
        values.put("DevID", setup.settings().deviceId());
        return values;
    }

    // ---- alerts

    private List<PendingAlert> alerts(String serverId, String url) {
        List<ClientAlert> waiting = device.alertsFor(serverId);
        if (waiting.isEmpty()) {
            return List.of();
        }
        Dm2Memory memory = memory();
        ObjectIndex index = ObjectIndex.of(device.editorOfDm2().outlined(device.tree(), setup.clock().instant()));
        List<PendingAlert> pending = new ArrayList<>();
        for (ClientAlert alert : waiting) {
            PendingExec exec = exec(memory, alert);
            if (!(exec == null ? "" : exec.reportTo()).equals(url)) {
                continue;
            }
            for (Told told : alert.items()) {
                String source = exec == null ? source(index, told) : exec.source();
                pending.add(new PendingAlert(alert.id(),
                        AlertInterworking.toDm2(told.type(), source, told.mark(), told.data())));
            }
        }
        return pending;
    }

    private static @Nullable PendingExec exec(Dm2Memory memory, ClientAlert alert) {
        return alert.correlator() == null ? null : memory.execs().get(alert.correlator());
    }

    private static @Nullable String source(ObjectIndex index, Told told) {
        if (told.source() == null) {
            return null;
        }
        try {
            return index.addressOf(NodeUri.parse(told.source())).map(ClientUri::toString).orElse(told.source());
        } catch (IllegalArgumentException notANode) {
            return told.source();
        }
    }

    /** The addresses at which something waits to be told to the server; the account's own is the empty text. */
    Set<String> destinations(String serverId) {
        Dm2Memory memory = memory();
        Set<String> urls = new LinkedHashSet<>();
        device.alertsFor(serverId).forEach(alert -> {
            PendingExec exec = exec(memory, alert);
            urls.add(exec == null ? "" : exec.reportTo());
        });
        return urls;
    }

    /** Whom an alert is for, if DM 2.0 knows. */
    Optional<String> receiver(ClientAlert alert) {
        PendingExec exec = exec(memory(), alert);
        if (exec != null) {
            return Optional.of(exec.serverId());
        }
        boolean isForFirst = device.origins().of(alert.correlator()).isEmpty() && device.accounts().isEmpty();
        return isForFirst ? accounts().stream().map(Dm2Account::serverId).findFirst() : Optional.empty();
    }

    // ---- storing

    /** What a step has come to is on the disk before its wish is carried out. */
    void commit(Step step, String serverId) throws StorageException {
        Dm2Memory memory = step.next().memory();
        AlertBook book = AlertBook.in(device.state());
        for (Dm2Fact fact : step.facts()) {
            if (fact instanceof Dm2Fact.AlertTaken(String id)) {
                Optional<String> correlator = book.of(serverId).stream().filter(alert -> alert.id().equals(id))
                        .findFirst().map(ClientAlert::correlator);
                book = book.without(serverId, id);
                memory = correlator.isPresent() ? memory.withoutExec(correlator.get()) : memory;
            }
        }
        device.store(with(book.into(device.state().withTree(step.next().tree())), memory));
        for (Dm2Fact fact : step.facts()) {
            if (fact instanceof Dm2Fact.ExecEnded ended) {
                device.raise(serverId, end(ended));
            }
        }
    }

    /** The end of something executed that was over at once. */
    private static ClientAlert end(Dm2Fact.ExecEnded ended) {
        return ClientAlert.generic(ended.correlator(), ended.correlator(), new Told(ended.node().toString(),
                EXEC_ENDED, ended.status().isSuccess() ? "informational" : "warning",
                Value.of(Format.INT, ended.status().toString())));
    }

    /** The type of the alert for ends of which the object itself tells nothing; the text names none. */
    static final String EXEC_ENDED = "urn:oma:at:dm:2.0:OperationComplete";

    void store(Dm2Memory memory) throws StorageException {
        device.store(with(device.state(), memory));
    }

    // ---- why to call

    /** Notes that the server is to be told of its bootstrap. */
    DeviceState bootstrapped(DeviceState state, String serverId) {
        return state.withMemo(BOOTSTRAPPED + serverId, Bytes.utf8("1"));
    }

    /** Why the device calls a server if nobody has said. */
    Dm2Trigger trigger(String serverId) {
        return device.state().memo(BOOTSTRAPPED + serverId).isPresent() ? Dm2Trigger.BOOTSTRAP : Dm2Trigger.CLIENT;
    }

    /** The server has been told of its bootstrap. */
    void told(String serverId) throws StorageException {
        device.store(device.state().withMemo(BOOTSTRAPPED + serverId, Bytes.EMPTY));
    }
}
