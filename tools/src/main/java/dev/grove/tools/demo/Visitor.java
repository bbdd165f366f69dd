package dev.grove.tools.demo;

import dev.grove.client.DeviceListener;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.notify.ListenAddress;
import dev.grove.client.notify.NotificationListener;
import dev.grove.client.notify.Reception;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpTransport;
import dev.grove.client.transport.HttpWeb;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.tools.device.DeviceBuilder;
import dev.grove.tools.device.DeviceBuilder.Built;
import dev.grove.tools.device.user.ScriptedUser;
import dev.grove.tools.device.ServerAccount;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A guest of the tour as a running device. */
final class Visitor implements AutoCloseable {

    /** The server's name at every device. */
    static final String SERVER_ID = "grove";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Guest guest;
    private final Built device;
    private final NotificationListener ear;
    private final BlockingQueue<Reception> heard = new LinkedBlockingQueue<>();
    private volatile Consumer<SessionReport> listener = report -> {};
    private volatile String lastAsked = "";

    /** @param url where the device calls */
    Visitor(Guest guest, String url, Poll poll) throws StorageException, IOException {
        this.guest = guest;
        HttpOptions http = guest.isWindows() ? HttpOptions.DEFAULT.asWindows() : HttpOptions.DEFAULT;
        ServerAccount account = new ServerAccount(SERVER_ID, url,
                new Login(guest.scheme(), guest.name(), guest.secret(), Bytes.EMPTY),
                new Login(guest.scheme(), SERVER_ID, guest.serverSecret(), Bytes.EMPTY));
        DeviceBuilder builder = new DeviceBuilder(guest.id(), new HttpTransport(http, InstantSource.system()))
                .kind(guest.kind()).encoding(guest.encoding()).account(account).demoNodes(true)
                .user(ScriptedUser.read(Programme.USER, line -> {})).poll(poll).listener(new Ears());
        if (guest.isDm2()) {
            builder.dm2(Dm2Setup.of(new HttpWeb(http, new SecureRandom())).with(new ScriptedBrowser()));
        }
        this.device = builder.build();
        this.ear = ListenAddress.parse("udp:127.0.0.1:0").open(device.client()::notified);
    }

    private final class Ears implements DeviceListener {
        @Override
        public void heard(Reception reception) {
            heard.add(reception);
        }

        @Override
        public void started(String serverId, Trigger trigger) {
            lastAsked = Integer.toString(Integer.parseInt(trigger.sessionId(), 16));
        }

        @Override
        public void started(String serverId, Dm2Trigger trigger) {
            lastAsked = String.valueOf(trigger.notificationId());
        }

        @Override
        public void ended(SessionReport report) {
            listener.accept(report);
        }
    }

    /** Makes the device known to the server; a folder may know it from an earlier tour, which is forgotten. */
    void register(ApiClient api) {
        api.addDevice(guest.id(), json -> json.text("id", guest.id()).text("name", guest.name()).child("credentials",
                credentials -> credentials
                        .child("client", client -> client.text("userName", guest.name())
                                .text("secret", guest.secret()).array("schemes", schemes -> schemes
                                        .element(guest.scheme().name().toLowerCase(Locale.ROOT)))
                                .text("nonce", ""))
                        .child("server", server -> server.text("userName", SERVER_ID)
                                .text("secret", guest.serverSecret()).text("nonce", ""))));
        api.reach(guest.id(), ear.address().substring("udp:".length()));
    }

    Guest guest() {
        return guest;
    }

    /** Has a session with the server, now. */
    SessionReport call() throws StorageException {
        return device.client().call(SERVER_ID);
    }

    /** Waits until something comes to where the device listens; empty if nothing does. What came is planned already. */
    Optional<Reception> hear(Duration patience) throws InterruptedException {
        return Optional.ofNullable(heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Has the sessions that were asked for. */
    void wakeUp() throws StorageException {
        device.client().runDue();
    }

    /** The session id, or in DM 2.0 the notification id, of the last session; decimal. */
    String lastAsked() {
        return lastAsked;
    }

    /** Waits for what an Exec has started. */
    void finishWork() throws InterruptedException {
        if (!device.work().await(PATIENCE)) {
            throw new IllegalStateException(guest.name() + ": ./Demo/Work/Run does not come to an end");
        }
    }

    /** The device itself, or its user, changes a leaf that holds a number; who has subscribed to it is told. */
    void change(NodeUri leaf, String number) throws StorageException {
        device.client().change(tree -> tree.with(leaf, Node.of(Value.of(Format.INT, number), Instant.now())));
        device.client().reportChanges();
    }

    /**
     * A notification reaches a device of DM 2.0, as a push service would bring it: the server wants to know what the
     * device has ({@code REQ-MOS}). The device calls.
     */
    void askedForObjects() throws StorageException {
        device.client().notified(SERVER_ID, Dm2Trigger.notified(null, true));
        device.client().runDue();
    }

    /** Raises the alert of the tour. */
    void raiseAlert() throws StorageException {
        device.alerts().raise(ClientAlert.generic("battery", null, new Told("./Demo/Settings", Programme.ALERT_TYPE,
                "warning", Value.of(Format.INT, Programme.ALERT_DATA))));
    }

    /** From now on the device calls when it is due, and each of its sessions is told. */
    void start(Consumer<SessionReport> told) {
        listener = told;
        device.client().start();
    }

    @Override
    public void close() throws StorageException {
        ear.close();
        device.client().close();
    }
}
