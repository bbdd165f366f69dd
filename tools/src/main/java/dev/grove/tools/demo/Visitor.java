package dev.grove.tools.demo;

import dev.grove.client.DeviceListener;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpTransport;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.tools.device.DeviceBuilder;
import dev.grove.tools.device.DeviceBuilder.Built;
import dev.grove.tools.device.ScriptedUser;
import dev.grove.tools.device.ServerAccount;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.transport.HttpWeb;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** A guest of the tour as a running device. */
final class Visitor implements AutoCloseable {

    /** The server's name at every device. */
    static final String SERVER_ID = "grove";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Guest guest;
    private final Built device;
    private volatile Consumer<SessionReport> listener = report -> {};

    /** @param url where the device calls */
    Visitor(Guest guest, String url, Poll poll) throws StorageException, IOException {
        this.guest = guest;
        HttpOptions http = guest.isWindows() ? HttpOptions.DEFAULT.asWindows() : HttpOptions.DEFAULT;
        ServerAccount account = new ServerAccount(SERVER_ID, url,
                new Login(guest.scheme(), guest.name(), guest.secret(), Bytes.EMPTY),
                new Login(guest.scheme(), SERVER_ID, guest.serverSecret(), Bytes.EMPTY));
        DeviceBuilder builder = new DeviceBuilder(guest.id(), new HttpTransport(http, InstantSource.system()))
                .kind(guest.kind()).encoding(guest.encoding()).account(account).demoNodes(true)
                .user(ScriptedUser.read(Programme.USER, line -> {})).poll(poll).listener(new DeviceListener() {
                    @Override
                    public void ended(SessionReport report) {
                        listener.accept(report);
                    }
                });
        if (guest.isDm2()) {
            builder.dm2(Dm2Setup.of(new HttpWeb(http, new SecureRandom())).with(new ScriptedBrowser()));
        }
        this.device = builder.build();
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
    }

    Guest guest() {
        return guest;
    }

    /** Has a session with the server, now. */
    SessionReport call() throws StorageException {
        return device.client().call(SERVER_ID);
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
        device.client().notified(SERVER_ID, Dm2Trigger.notified(1, true));
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
        device.client().close();
    }
}
