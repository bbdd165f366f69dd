package dev.grove.client;

import dev.grove.auth.Scheme;
import dev.grove.client.Accounts.Stored;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientTurn;
import dev.grove.dm1.client.Trigger;
import dev.grove.mo.DmAcc.Level;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The device's state and who may touch it: a turn of a session, a change by the device itself and a new alert come one
 * after the other, and each is on the disk before the next begins.
 */
final class Device {

    private static final String SESSION = "session";
    private static final String SCHEME = "scheme/";

    private final DeviceSetup setup;
    private final TreeEditor editor;
    private final TreeEditor editorOfDm2;
    private final ExecOrigins origins = new ExecOrigins();
    private final ReentrantLock lock = new ReentrantLock();

    Device(DeviceSetup setup) {
        this.setup = setup;
        TreeSetup watched = setup.tree().with(origins.watching(setup.tree().mounts()));
        this.editor = new TreeEditor(watched);
        this.editorOfDm2 = new TreeEditor(new TreeSetup(watched.rules().without(Feature.ACCESS_CONTROL),
                watched.limits(), watched.description(), watched.mounts(), watched.tnds()));
    }

    TreeEditor editor() {
        return editor;
    }

    /** The same without access control lists: in DM 2.0, rights are the engine's business. */
    TreeEditor editorOfDm2() {
        return editorOfDm2;
    }

    ExecOrigins origins() {
        return origins;
    }

    /** Something that reads or changes the state while nobody else does. */
    interface Step<T> {
        T run() throws StorageException;
    }

    <T> T alone(Step<T> step) throws StorageException {
        lock.lock();
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }

    DeviceState state() {
        return setup.store().state();
    }

    Tree tree() {
        return state().tree();
    }

    void store(DeviceState next) throws StorageException {
        setup.store().commit(next);
    }

    // ---- servers

    List<Stored> accounts() {
        DeviceState state = state();
        return Accounts.in(state.tree(),
                serverId -> state.memo(SCHEME + serverId).flatMap(name -> Scheme.of(name.utf8())));
    }

    Optional<Stored> account(String serverId) {
        return accounts().stream().filter(stored -> stored.account().serverId().equals(serverId)).findFirst();
    }

    /** A session that the device begins by itself has another number each time ([DMPRO 1.3 §8.3]). */
    Trigger nextTrigger() throws StorageException {
        return alone(() -> {
            int last = state().memo(SESSION).map(memo -> Integer.parseInt(memo.utf8()))
                    .orElseGet(() -> setup.luck().nextInt(0xFFFF));
            int next = last >= 0xFFFF ? 1 : last + 1;
            setup.store().commit(state().withMemo(SESSION, Bytes.utf8(Integer.toString(next))));
            return Trigger.client(next);
        });
    }

    // ---- changes

    /** A change by the device itself; in the midst of a session it is there for the server's next command. */
    void change(UnaryOperator<Tree> change) throws StorageException {
        alone(() -> {
            setup.store().commit(state().withTree(change.apply(tree())));
            return true;
        });
    }

    /** What a turn has come to is on the disk before its message leaves. */
    void commit(ClientTurn turn, Stored stored) throws StorageException {
        DeviceState next = state().withTree(turn.next().tree());
        AlertBook alerts = AlertBook.in(next);
        String serverId = stored.account().serverId();
        for (ClientFact fact : turn.facts()) {
            switch (fact) {
                case ClientFact.ClientNonceReceived(Bytes nonce) ->
                    next = next.withTree(Accounts.withNonce(next.tree(), stored.at(), Level.CLCRED, nonce));
                case ClientFact.ServerNonceIssued(Bytes nonce) ->
                    next = next.withTree(Accounts.withNonce(next.tree(), stored.at(), Level.SRVCRED, nonce));
                case ClientFact.Accepted(Scheme scheme) ->
                    next = next.withMemo(SCHEME + serverId, Bytes.utf8(scheme.wireName()));
                case ClientFact.AlertAnswered answered -> alerts = alerts.without(serverId, answered.id());
                case ClientFact.ServerAuthenticated _,ClientFact.ServerRefused _ -> {
                    // nothing to store
                }
                case ClientFact.Noted _,ClientFact.Ended _ -> {
                    // nothing to store
                }
            }
        }
        setup.store().commit(alerts.into(next));
    }

    // ---- alerts

    List<ClientAlert> alertsFor(String serverId) {
        return AlertBook.in(state()).of(serverId);
    }

    /** Stores an alert; answers whom it is for, or nothing if it is not kept. */
    Optional<String> raise(@Nullable String serverId, ClientAlert alert) throws StorageException {
        return alone(() -> {
            Optional<String> receiver = Optional.ofNullable(serverId).or(() -> origins.of(alert.correlator()))
                    .or(() -> accounts().stream().map(stored -> stored.account().serverId()).findFirst());
            AlertBook alerts = AlertBook.in(state());
            if (receiver.isEmpty() || alerts.isFull()) {
                return Optional.empty();
            }
            setup.store().commit(alerts.with(receiver.get(), alert).into(state()));
            return receiver;
        });
    }
}
