package dev.grove.dm2;

import static dev.grove.tree.DescriptionNode.Access.GET;
import static dev.grove.tree.DescriptionNode.Access.REPLACE;

import dev.grove.mo.Ddf;
import dev.grove.tree.AllowedValues;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import java.math.BigDecimal;
import java.util.List;

/**
 * The descriptions of the standard objects of DM 2.0 ([DM 2.0 §12]): what a server may do with each node. The access
 * types are those of the tables, which are the least that a device gives; but no secret is ever read, and those of
 * notifications and of the transport can be replaced, as in the example of Appendix I.2.
 */
public final class Dm2Objects {

    public static final String DEV_INFO_MOID = "urn:oma:mo:oma-dm-devinfo:1.2";
    public static final String DM_ACC_MOID = "urn:oma:mo:oma-dm-dmacc:2.0";
    /** The identifier that the table of the account has ([DM 2.0 §12.2]); all examples have {@link #DM_ACC_MOID}. */
    public static final String DM_ACC_OTHER_MOID = "urn:oma:mo:oma-dm-dmacc:1.2";
    public static final String DELEGATION_MOID = "urn:oma:mo:oma-dm-dacmo:1.0";
    public static final String SESSION_INFO_MOID = "urn:oma:mo:oma-sessioninfomo:1.0";

    private Dm2Objects() {}

    /** All four: accounts below {@code ./DMAcc}, delegation below {@code ./DacMO}, the others at the root. */
    public static Description description() {
        return Description.of(NodeUri.ROOT, devInfo()).and(Description.of(NodeUri.parse("./DMAcc"), dmAcc()))
                .and(Description.of(NodeUri.parse("./DacMO"), delegation()))
                .and(Description.of(NodeUri.ROOT, sessionInfo()));
    }

    /** A description as the document that a DDF link leads to. */
    public static Ddf document(DescriptionNode node) {
        return new Ddf("1.2", "", "", Description.of(NodeUri.ROOT, node));
    }

    /** DevInfo ([DM 2.0 §12.1]). */
    public static DescriptionNode devInfo() {
        return permanent(interior("DevInfo").withTypes(List.of(DEV_INFO_MOID)).withChildren(leaf("DevID"), leaf("Man"),
                leaf("Mod"), leaf("DmV"), leaf("Lang"), leaf("DevType"), leaf("OEM"), leaf("FwV"), leaf("SwV"),
                leaf("HwV"), optional(interior("Bearer")), optional(interior("Ext"))));
    }

    /** An account with a server ([DM 2.0 §12.2]). */
    public static DescriptionNode dmAcc() {
        return interior("").withTypes(List.of(DM_ACC_MOID, DM_ACC_OTHER_MOID)).withOccurrence(Occurrence.ZERO_OR_MORE)
                .withChildren(leaf("SrvID"), leaf("SrvURI"), leaf("Name"), permissions(),
                        optional(interior("Auth").withChildren(optional(bootstrap()), optional(notification()),
                                optional(transport()))),
                        optional(interior("Push").withChildren(optional(cloudMessaging()), optional(interior("Ext")))),
                        optional(interior("Ext")));
    }

    /** Given in the bootstrap, and never shown ([DM 2.0 §12.2]). */
    private static DescriptionNode permissions() {
        return DescriptionNode.interior("Perm").withChildren(DescriptionNode.interior("")
                .withOccurrence(Occurrence.ONE_OR_MORE).withChildren(DescriptionNode.of("MOID", Format.CHR)));
    }

    private static DescriptionNode bootstrap() {
        return interior("Bootstrap").withChildren(leaf("ServerURI"), leaf("SecMode", Format.BIN, GET),
                leaf("ClientPubKey", Format.BIN), leaf("ServerPubKey", Format.BIN),
                leaf("ClientSecretKey", Format.BIN));
    }

    private static DescriptionNode notification() {
        return interior("Noti").withChildren(
                leaf("Type", Format.INT, GET).withAllowed(from0To(0)), leaf("Data", Format.BIN, GET, REPLACE),
                leaf("Secret", Format.BIN, REPLACE));
    }

    private static DescriptionNode transport() {
        return interior("Trsp").withChildren(leaf("Data", Format.BIN, GET, REPLACE),
                leaf("Secret", Format.BIN, REPLACE));
    }

    private static DescriptionNode cloudMessaging() {
        return interior("GCM").withChildren(leaf("SenderID"), leaf("RegURI"), leaf("UnRegURI"), leaf("RegParams"),
                optional(interior("Ext")));
    }

    /**
     * Who may do what with the instances of one object, whose identifier is the node's name ([DM 2.0 §12.3]). The table
     * has one rule an instance and one authority a rule; the examples, and paths, need several of both.
     */
    public static DescriptionNode delegation() {
        DescriptionNode authority = interior("").withOccurrence(Occurrence.ONE_OR_MORE).withChildren(leaf("MAID"),
                leaf("AR", Format.INT, GET).withAllowed(from0To(15)));
        DescriptionNode rule = interior("").withOccurrence(Occurrence.ONE_OR_MORE).withChildren(optional(leaf("Path")),
                interior("Permissions").withChildren(authority));
        DescriptionNode instance = interior("").withOccurrence(Occurrence.ZERO_OR_MORE).withChildren(rule);
        return interior("").withTypes(List.of(DELEGATION_MOID)).withOccurrence(Occurrence.ZERO_OR_MORE)
                .withChildren(instance);
    }

    /** What the session runs over ([DM 2.0 §12.4]): kind of bearer, and whether it is away from home. */
    public static DescriptionNode sessionInfo() {
        return permanent(interior("SessionInfo").withTypes(List.of(SESSION_INFO_MOID)).withChildren(
                leaf("CBT", Format.INT, GET).withAllowed(from0To(255)),
                leaf("ROAMING", Format.INT, GET).withAllowed(from0To(2))));
    }

    // ---- pieces

    private static DescriptionNode interior(String name) {
        return DescriptionNode.interior(name, GET);
    }

    private static DescriptionNode leaf(String name) {
        return DescriptionNode.of(name, Format.CHR, GET);
    }

    private static DescriptionNode leaf(String name, Format format, Access... access) {
        return DescriptionNode.of(name, format, access);
    }

    private static DescriptionNode optional(DescriptionNode node) {
        return node.withOccurrence(Occurrence.ZERO_OR_ONE);
    }

    private static DescriptionNode permanent(DescriptionNode node) {
        return node.withScope(Scope.PERMANENT)
                .withChildren(node.children().stream().map(Dm2Objects::permanent).toList());
    }

    private static AllowedValues from0To(int most) {
        return new AllowedValues.Ranges(
                List.of(new AllowedValues.Range(BigDecimal.ZERO, BigDecimal.valueOf(most))));
    }
}
