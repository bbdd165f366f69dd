package dev.grove.tools.device;

import dev.grove.client.DeviceKind;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm2.Dm2Objects;
import dev.grove.mo.StandardObjects;
import dev.grove.tree.Acl;
import dev.grove.tree.Description;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeLimits;
import java.time.Instant;
import java.util.List;

/** What devices of this program have in common, whether there is one or a hundred thousand. */
public final class Outfit {

    /** What a device announces of its tree, and keeps to. */
    public static final TreeLimits LIMITS = new TreeLimits(32, 1024, 255, 100_000);

    private Outfit() {}

    /** A tree without nodes in which one server may do everything, and others may read and add. */
    public static Tree ownedBy(String serverId, Instant now) {
        return new Tree(Tree.empty(now).root().withAcl(
                Acl.parse("Add=*&Delete=" + serverId + "&Exec=" + serverId + "&Get=*&Replace=" + serverId)));
    }

    /** That with the nodes of {@link DemoNodes}. */
    public static Tree withDemoNodes(Tree tree, DeviceKind kind, Instant now) {
        return DemoNodes.in(tree, kind == DeviceKind.DM20 ? DemoNodes.MOID : "", now);
    }

    /** That with the server's account, if it is not there yet. */
    public static Tree with(ServerAccount account, Tree tree, DeviceKind kind, Instant now) {
        return kind == DeviceKind.DM20 ? account.intoDm2(tree, kind.accounts(), now)
                : account.into(tree, kind.accounts(), now);
    }

    /** What is known of the nodes of a device: the standard's objects, and its own. */
    public static Description description(DeviceKind kind, Description own) {
        if (kind == DeviceKind.DM20) {
            return Dm2Objects.description().and(own);
        }
        Description standard = StandardObjects.description();
        boolean isElsewhere = !kind.accounts().equals(StandardObjects.DM_ACC);
        return (isElsewhere ? standard.and(Description.of(kind.accounts().parent(), StandardObjects.dmAccounts()))
                : standard).and(own);
    }

    /** Windows says in each session whether a user is there ([MS-MDM §3.2.5.1]). */
    public static List<ClientAlert> events(DeviceKind kind) {
        return kind == DeviceKind.WINDOWS ? List.of(ClientAlert.loginStatus("user")) : List.of();
    }
}
