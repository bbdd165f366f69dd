package dev.grove.client;

import dev.grove.client.objects.HostInformation;
import dev.grove.client.objects.Machine;
import dev.grove.client.store.DeviceState;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.mo.DmAcc;
import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Level;
import dev.grove.mo.StandardObjects;
import dev.grove.syncml.Encoding;
import dev.grove.tree.Acl;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeSetup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Devices for tests: a small tree with accounts, and a clock that stands still until it is moved. */
final class TestDevices {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private TestDevices() {}

    /** A clock that a test moves. */
    static final class TestClock implements InstantSource {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        void advance(java.time.Duration by) {
            now = now.plus(by);
        }
    }

    static TreeSetup setup(Mounts more) {
        HostInformation host = new HostInformation("IMEI:1", "1.2", "phone", TreeLimits.NONE, Machine.here(),
                () -> START);
        Mounts mounts = host.mounts();
        for (Mounts.Mount mount : more.list()) {
            mounts = mounts.with(mount.at(), mount.object());
        }
        return TreeSetup.of(DeviceKind.DM13.rules()).with(mounts).with(StandardObjects.description());
    }

    static ClientSettings settings() {
        return ClientSettings.of("IMEI:1", DeviceKind.DM13.profile(), Encoding.XML);
    }

    /** A tree with a playground that all may read and the owner may change, and an account for each server. */
    static DeviceState state(String owner, Node... accounts) {
        Tree tree = Tree.empty(START).with(NodeUri.parse("./Settings"),
                Node.interior("", START).withAcl(Acl.parse("Add=" + owner + "&Get=*&Replace=" + owner + "&Exec=*")));
        tree = tree.with(NodeUri.parse("./Settings/Name"), Node.of(Value.text("old"), START));
        tree = tree.with(StandardObjects.DM_ACC, Node.interior("", START));
        for (int i = 0; i < accounts.length; i++) {
            tree = tree.with(StandardObjects.DM_ACC.child("A" + i), accounts[i]);
        }
        return new DeviceState(tree);
    }

    static Node account(String serverId, String url, Auth... auths) {
        return new DmAcc(serverId, null, null, List.of(), List.of(new DmAcc.Address(url, "URI", List.of())), null,
                List.of(auths)).node(START);
    }

    static Auth auth(Level level, String type, String name) {
        return new Auth(level, type, name, "secret-of-" + name, null);
    }
}
