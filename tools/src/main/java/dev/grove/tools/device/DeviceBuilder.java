package dev.grove.tools.device;

import dev.grove.auth.Scheme;
import dev.grove.client.Alerts;
import dev.grove.client.DeviceClient;
import dev.grove.client.DeviceKind;
import dev.grove.client.DeviceListener;
import dev.grove.client.DeviceSetup;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.objects.FolderOfFiles;
import dev.grove.client.objects.FolderOfFiles.Quota;
import dev.grove.client.objects.HostInformation;
import dev.grove.client.objects.Machine;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.DeviceStore;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.store.PersistentTree;
import dev.grove.client.store.StorageException;
import dev.grove.client.store.TreeFile;
import dev.grove.client.transport.Transport;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.command.UserInterface;
import dev.grove.mo.Tnds;
import dev.grove.syncml.Encoding;
import dev.grove.tree.Description;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a whole device together: tree, account, objects, store, transport. What {@code grove device} does with its
 * options, the demonstration and tests do with this.
 */
public final class DeviceBuilder {

    /** The identifier of folders on devices of DM 2.0; each is an instance of the name of its node. */
    public static final String FILES_MOID = "urn:grove:mo:files:1.0";

    private final String deviceId;
    private final Transport transport;
    private final Map<NodeUri, Path> folders = new LinkedHashMap<>();
    private DeviceKind kind = DeviceKind.DM12;
    private Encoding encoding = Encoding.XML;
    private @Nullable ServerAccount account;
    private @Nullable Path treeFile;
    private @Nullable Path data;
    private boolean hasDemoNodes;
    private int maxMsgSizeBytes = 64 << 10;
    private int maxObjSizeBytes = 4 << 20;
    private String sha256Name = Scheme.SHA256.wireName();
    private UserInterface user = UserInterface.NONE;
    private DeviceListener listener = DeviceListener.NONE;
    private Poll poll = Poll.never();
    private InstantSource clock = InstantSource.system();
    private NotificationSetup notifications = NotificationSetup.DEFAULT;
    private @Nullable Dm2Setup dm2;

    /**
     * @param deviceId a URN such as {@code IMEI:493005100592800}
     * @param transport how messages travel; closed with the device
     */
    public DeviceBuilder(String deviceId, Transport transport) {
        this.deviceId = deviceId;
        this.transport = transport;
    }

    public DeviceBuilder kind(DeviceKind spoken) {
        kind = spoken;
        return this;
    }

    public DeviceBuilder encoding(Encoding written) {
        encoding = written;
        return this;
    }

    /** The server that the device belongs to; without one, the accounts come from the tree file or the data. */
    public DeviceBuilder account(@Nullable ServerAccount server) {
        account = server;
        return this;
    }

    /** The tree of a new device; see {@link TreeFile}. */
    public DeviceBuilder tree(@Nullable Path file) {
        treeFile = file;
        return this;
    }

    /** Where the device keeps its state; without it, everything is forgotten at the end. */
    public DeviceBuilder data(@Nullable Path folder) {
        data = folder;
        return this;
    }

    /** Shows a folder of this machine at a node. */
    public DeviceBuilder folder(NodeUri at, Path folder) {
        folders.put(at, folder);
        return this;
    }

    /** Whether the nodes of {@link DemoNodes} are there. */
    public DeviceBuilder demoNodes(boolean wanted) {
        hasDemoNodes = wanted;
        return this;
    }

    public DeviceBuilder maxSizes(int messageBytes, int objectBytes) {
        maxMsgSizeBytes = messageBytes;
        maxObjSizeBytes = objectBytes;
        return this;
    }

    /** The {@code Type} of the SHA-256 scheme. */
    public DeviceBuilder sha256Name(String type) {
        sha256Name = type;
        return this;
    }

    public DeviceBuilder user(UserInterface asked) {
        user = asked;
        return this;
    }

    public DeviceBuilder listener(DeviceListener told) {
        listener = told;
        return this;
    }

    public DeviceBuilder poll(Poll calls) {
        poll = calls;
        return this;
    }

    public DeviceBuilder clock(InstantSource time) {
        clock = time;
        return this;
    }

    public DeviceBuilder notifications(NotificationSetup heard) {
        notifications = heard;
        return this;
    }

    /** What a device of DM 2.0 needs; it has no use for a transport. */
    public DeviceBuilder dm2(Dm2Setup setup) {
        dm2 = setup;
        return this;
    }

    /**
     * A device that is ready to be started or called.
     *
     * @param work what Execs of the demonstration nodes have started; nothing if there are no such nodes
     */
    public record Built(String id, DeviceClient client, Alerts alerts, BackgroundWork work) {}

    /**
     * @throws StorageException if the tree file or the data cannot be used
     * @throws IOException if a folder cannot be used
     */
    public Built build() throws StorageException, IOException {
        Instant now = clock.instant();
        TreeFile initial = initial(now);
        Alerts alerts = new Alerts();
        BackgroundWork work = new BackgroundWork(alerts);
        TreeSetup setup = TreeSetup.of(kind.rules()).with(Outfit.LIMITS)
                .with(Outfit.description(kind, initial.description())).with(mounts(work))
                .with(Tnds.XML);
        DeviceStore store = store(() -> new DeviceState(initial.tree()));
        ClientSettings settings = new ClientSettings(deviceId, kind.profile(), encoding, maxMsgSizeBytes,
                maxObjSizeBytes, 2, sha256Name, false);
        DeviceSetup whole = DeviceSetup.of(settings, setup, store, transport).with(alerts).with(user).with(listener)
                .withEvents(() -> Outfit.events(kind))
                .with(notifications.withDm13(kind == DeviceKind.DM13));
        if (dm2 != null) {
            whole = whole.with(dm2);
        }
        try {
            return new Built(deviceId, new DeviceClient(withAccount(whole, store, now), poll), alerts, work);
        } catch (StorageException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private DeviceSetup withAccount(DeviceSetup setup, DeviceStore store, Instant now) throws StorageException {
        if (account != null) {
            store.commit(store.state().withTree(Outfit.with(account, store.state().tree(), kind, now)));
        }
        return setup.with(clock, setup.luck());
    }

    private DeviceStore store(Supplier<DeviceState> initial) throws StorageException {
        return data == null ? new MemoryStore(initial.get()) : PersistentTree.open(data, initial);
    }

    private TreeFile initial(Instant now) throws StorageException {
        Tree tree = account == null ? Tree.empty(now) : Outfit.ownedBy(account.serverId(), now);
        if (hasDemoNodes) {
            tree = Outfit.withDemoNodes(tree, kind, now);
        }
        return treeFile == null ? new TreeFile(tree, Description.NONE) : TreeFile.load(treeFile, tree, now);
    }

    private Mounts mounts(BackgroundWork work) throws IOException {
        HostInformation host = new HostInformation(deviceId, kind.dmV(), "simulated", Outfit.LIMITS, Machine.here(),
                clock);
        Mounts mounts = kind == DeviceKind.DM20 ? host.mountsOfDm2()
                : Mounts.NONE.with(HostInformation.DEV_INFO, host.devInfo()).with(HostInformation.DEV_DETAIL,
                        kind == DeviceKind.WINDOWS ? host.windowsDevDetail() : host.devDetail());
        if (hasDemoNodes) {
            mounts = mounts.with(BackgroundWork.PLACE, work);
        }
        for (Map.Entry<NodeUri, Path> folder : folders.entrySet()) {
            mounts = mounts.with(folder.getKey(), new FolderOfFiles(folder.getValue(), Quota.DEFAULT,
                    kind == DeviceKind.DM20 ? FILES_MOID : ""));
        }
        return mounts;
    }
}
