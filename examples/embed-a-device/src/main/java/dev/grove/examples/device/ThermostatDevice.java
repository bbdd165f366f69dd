package dev.grove.examples.device;

import dev.grove.client.Alerts;
import dev.grove.client.DeviceClient;
import dev.grove.client.DeviceKind;
import dev.grove.client.DeviceListener;
import dev.grove.client.DeviceSetup;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport;
import dev.grove.client.objects.HostInformation;
import dev.grove.client.objects.Machine;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.DeviceStore;
import dev.grove.client.store.PersistentTree;
import dev.grove.client.transport.Backoff;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpTransport;
import dev.grove.client.transport.Pause;
import dev.grove.client.transport.RetryingTransport;
import dev.grove.client.transport.Transport;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.mo.DmAcc;
import dev.grove.mo.DmAcc.Address;
import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Level;
import dev.grove.mo.StandardObjects;
import dev.grove.syncml.Encoding;
import dev.grove.tree.Acl;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A whole managed device: what a maker writes beside the object. */
public final class ThermostatDevice {

    private static final String DEVICE_ID = "THERMOSTAT:1";
    private static final String SERVER_ID = "com.example.server";
    private static final TreeLimits LIMITS = new TreeLimits(16, 512, 64, 1000);

    private ThermostatDevice() {}

    /** Arguments: the server's URL, user name, password, and the folder to keep everything in. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("wanted: URL USER SECRET FOLDER");
        }
        Tree tree = factoryTree(account(arguments[0], arguments[1], arguments[2]), Instant.now());
        try (DeviceStore store = PersistentTree.open(Path.of(arguments[3]), () -> new DeviceState(tree));
                Transport http = new HttpTransport(HttpOptions.DEFAULT, InstantSource.system());
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            Transport patient = new RetryingTransport(http, Backoff.DEFAULT, new SecureRandom(), Pause.SLEEP);
            DeviceClient client = device(new Thermostat(), store, patient, background);
            client.start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(client)));
            Thread.currentThread().join();
        }
    }

    private static void stop(DeviceClient client) {
        try {
            client.stop(Duration.ofSeconds(2));
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** The device: its objects, what it speaks, and when it calls. */
    static DeviceClient device(Thermostat thermostat, DeviceStore store, Transport transport, Executor background) {
        Alerts alerts = new Alerts();
        HostInformation host = new HostInformation(DEVICE_ID, DeviceKind.DM12.dmV(), "thermostat", LIMITS,
                Machine.here(), InstantSource.system());
        Mounts mounts = host.mounts().with(ThermostatObject.PLACE,
                new ThermostatObject(thermostat, alerts, background));
        TreeSetup tree = TreeSetup.of(DeviceKind.DM12.rules()).with(LIMITS).with(StandardObjects.description())
                .with(mounts);
        ClientSettings settings = ClientSettings.of(DEVICE_ID, DeviceKind.DM12.profile(), Encoding.WBXML);
        DeviceSetup setup = DeviceSetup.of(settings, tree, store, transport).with(alerts)
                .with(new DeviceListener() {
                    @Override
                    public void ended(SessionReport report) {
                        System.out.println("session " + report.sessionId() + ": " + report.result());
                    }
                });
        return new DeviceClient(setup, Poll.every(Duration.ofMinutes(5)));
    }

    /** The tree as it leaves the factory: one account, whose server may do everything. */
    static Tree factoryTree(DmAcc account, Instant now) {
        Tree empty = Tree.empty(now);
        Acl owner = Acl.parse("Add=*&Delete=" + SERVER_ID + "&Exec=" + SERVER_ID + "&Get=*&Replace=" + SERVER_ID);
        return new Tree(empty.root().withAcl(owner)).with(StandardObjects.DM_ACC, Node.interior("", now))
                .with(StandardObjects.DM_ACC.child("factory"), account.node(now));
    }

    static DmAcc account(String url, String user, String secret) {
        return new DmAcc(SERVER_ID, "The maker's server", null, List.of(),
                List.of(new Address(url, "URI", List.of())), "DIGEST",
                List.of(new Auth(Level.CLCRED, "DIGEST", user, secret, Bytes.EMPTY)));
    }
}
