package dev.grove.mo;

import static dev.grove.tree.DescriptionNode.Access.ADD;
import static dev.grove.tree.DescriptionNode.Access.GET;
import static dev.grove.tree.DescriptionNode.Occurrence.ONE_OR_MORE;
import static dev.grove.tree.DescriptionNode.Occurrence.ZERO_OR_MORE;
import static dev.grove.tree.DescriptionNode.Occurrence.ZERO_OR_ONE;

import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The descriptions of the standard objects of DM 1.2 ([STDOBJ 1.2 §5]): what a server may do with each node. The node
 * tables of the 1.3 objects are not public; they keep the nodes of 1.2 and have further ones below {@code Ext}.
 */
public final class StandardObjects {

    public static final String DEV_INFO_MOID = "urn:oma:mo:oma-dm-devinfo:1.0";
    public static final String DEV_DETAIL_MOID = "urn:oma:mo:oma-dm-devdetail:1.0";
    public static final String DM_ACC_MOID = "urn:oma:mo:oma-dm-dmacc:1.0";
    public static final String INBOX_MOID = "urn:oma:mo:oma-dm-inbox:1.0";

    public static final NodeUri DEV_INFO = NodeUri.parse("./DevInfo");
    public static final NodeUri DEV_DETAIL = NodeUri.parse("./DevDetail");
    public static final NodeUri DM_ACC = NodeUri.parse("./DMAcc");
    public static final NodeUri INBOX = NodeUri.parse("./Inbox");

    private StandardObjects() {}

    /** All four, at their usual places, with the access types of the tables. */
    public static Description description() {
        return Description.of(NodeUri.ROOT, devInfo()).and(Description.of(NodeUri.ROOT, devDetail()))
                .and(Description.of(NodeUri.ROOT, dmAccounts())).and(Description.of(NodeUri.ROOT, inbox()));
    }

    /** {@code ./DevInfo} ([STDOBJ 1.2 §5]). */
    public static DescriptionNode devInfo() {
        return permanent(interior("DevInfo").withTypes(List.of(DEV_INFO_MOID)).withChildren(leaf("DevId"), leaf("Man"),
                leaf("Mod"), leaf("DmV"), leaf("Lang"), optional(interior("Bearer")), optional(interior("Ext"))));
    }

    /** {@code ./DevDetail} ([STDOBJ 1.2 §5]). */
    public static DescriptionNode devDetail() {
        return permanent(interior("DevDetail").withTypes(List.of(DEV_DETAIL_MOID)).withChildren(
                interior("URI").withChildren(leaf("MaxDepth"), leaf("MaxTotLen"), leaf("MaxSegLen")), leaf("DevTyp"),
                leaf("OEM"), leaf("FwV"), leaf("SwV"), leaf("HwV"), leaf("LrgObj", Format.BOOL),
                optional(interior("Bearer")), optional(interior("Ext"))));
    }

    /** {@code ./DMAcc}, the node under which the accounts are. */
    public static DescriptionNode dmAccounts() {
        return interior("DMAcc").withScope(Scope.PERMANENT).withChildren(dmAcc());
    }

    /** An account, {@code ./DMAcc/<X>} ([STDOBJ 1.2 §5]). Secrets cannot be read. */
    public static DescriptionNode dmAcc() {
        return some("").withTypes(List.of(DM_ACC_MOID)).withChildren(leaf("AppID"), leaf("ServerID"),
                optional(leaf("Name")), optional(leaf("PrefConRef")),
                optional(interior("ToConRef").withChildren(some("").withChildren(leaf("ConRef")))),
                interior("AppAddr").withChildren(appAddress()), optional(leaf("AAuthPref")),
                optional(interior("AppAuth").withChildren(appAuth())), optional(interior("Ext")));
    }

    private static DescriptionNode appAddress() {
        return some("").withChildren(leaf("Addr"), leaf("AddrType"),
                optional(interior("Port").withChildren(some("").withChildren(leaf("PortNbr")))));
    }

    private static DescriptionNode appAuth() {
        return some("").withChildren(leaf("AAuthLevel"), leaf("AAuthType"), optional(leaf("AAuthName")),
                optional(DescriptionNode.of("AAuthSecret", Format.CHR)),
                optional(DescriptionNode.of("AAuthData", Format.BIN)));
    }

    /** {@code ./Inbox}: things are added to it, and never seen there ([STDOBJ 1.2 §5]). */
    public static DescriptionNode inbox() {
        return DescriptionNode.interior("Inbox", ADD).withScope(Scope.PERMANENT).withTypes(List.of(INBOX_MOID))
                .withOccurrence(ZERO_OR_ONE);
    }

    /**
     * {@code node} and all below it with further access types, as a device may widen what an object's table gives
     * ([STDOBJ 1.2 §5]). {@code Get} is not given to a node that has none: it is a secret.
     */
    public static DescriptionNode widened(DescriptionNode node, Access... more) {
        Set<Access> access = EnumSet.noneOf(Access.class);
        access.addAll(node.access());
        access.addAll(List.of(more));
        if (!node.allows(GET)) {
            access.remove(GET);
        }
        return node.withAccess(access).withChildren(node.children().stream().map(c -> widened(c, more)).toList());
    }

    private static DescriptionNode interior(String name) {
        return DescriptionNode.interior(name, GET);
    }

    private static DescriptionNode some(String name) {
        Occurrence any = name.isEmpty() ? ONE_OR_MORE : ZERO_OR_MORE;
        return interior(name).withOccurrence(any);
    }

    private static DescriptionNode leaf(String name) {
        return leaf(name, Format.CHR);
    }

    private static DescriptionNode leaf(String name, Format format) {
        return DescriptionNode.of(name, format, GET);
    }

    private static DescriptionNode optional(DescriptionNode node) {
        return node.withOccurrence(ZERO_OR_ONE);
    }

    private static DescriptionNode permanent(DescriptionNode node) {
        return node.withScope(Scope.PERMANENT)
                .withChildren(node.children().stream().map(StandardObjects::permanent).toList());
    }
}
