package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Level;
import dev.grove.tree.Acl;
import dev.grove.tree.Address;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Requester;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** [STDOBJ 1.2 §5]: the tables of the standard objects, and accounts. */
class StandardObjectsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final DmAcc ACCOUNT = new DmAcc("dms.example", "Example", "./ConnMO/NAP/1",
            List.of("./ConnMO/NAP/1"),
            List.of(new DmAcc.Address("https://dms.example/dm", "URI", List.of("443", "8443")),
                    new DmAcc.Address("192.0.2.1", "IPv4", List.of())),
            "DIGEST",
            List.of(new Auth(Level.CLCRED, "DIGEST", "user", "password", Bytes.utf8("nonce")),
                    new Auth(Level.SRVCRED, "HMAC", "dms.example", "srv", null),
                    new Auth(Level.HTTP, "HTTP-BASIC", "h", "p", null)));

    private final Tree tree = Tree.empty(NOW)
            .with(StandardObjects.DEV_INFO,
                    new DeviceInformation.DevInfo("IMEI:493005100592800", "Works", "M1", "1.0", "en").node(NOW))
            .with(StandardObjects.DEV_DETAIL,
                    new DeviceInformation.DevDetail(new TreeLimits(20, 512, 255, 0), "phone", "Works", "f1", "s1",
                            "h1", true).node(NOW))
            .with(StandardObjects.DM_ACC, Node.interior("", NOW).asPermanent())
            .with(StandardObjects.DM_ACC.child("acc1"), ACCOUNT.node(NOW))
            .change(NodeUri.ROOT, root -> root.withAcl(Acl.parse("Add=*&Delete=*&Get=*&Replace=*")));

    private final TreeEditor editor = new TreeEditor(
            TreeSetup.of(TreeRules.OMA).with(StandardObjects.description()));

    private String get(String uri) {
        var outcome = editor.apply(tree, new Operation.Get(Address.parse(uri)), Requester.server("A"), NOW).outcome();
        return outcome.results().isEmpty() ? outcome.status().toString() : outcome.results().getFirst().value().text();
    }

    @ParameterizedTest
    @CsvSource({"./DevInfo, DevId/Man/Mod/DmV/Lang", "./DevInfo/DevId, IMEI:493005100592800", "./DevInfo/Lang, en",
            "./DevInfo?prop=Type, urn:oma:mo:oma-dm-devinfo:1.0", "./DevDetail, URI/DevTyp/OEM/FwV/SwV/HwV/LrgObj",
            "./DevDetail/URI/MaxDepth, 20", "./DevDetail/URI/MaxTotLen, 512", "./DevDetail/URI/MaxSegLen, 255",
            "./DevDetail/LrgObj, true", "./DevDetail/LrgObj?prop=Format, bool", "./DMAcc/acc1/ServerID, dms.example",
            "./DMAcc/acc1/AppID, w7", "./DMAcc/acc1/AppAddr/1/Port/2/PortNbr, 8443"})
    void the_objects_are_where_they_belong(String uri, String value) {
        assertThat(get(uri)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"./DMAcc/acc1/AppAuth/1/AAuthSecret, 405", "./DMAcc/acc1/AppAuth/1/AAuthData, 405"})
    void secrets_are_not_readable(String uri, String status) {
        assertThat(get(uri)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"./DevInfo/Man", "./DevDetail/SwV", "./DMAcc/acc1/ServerID"})
    void what_only_the_device_sets_is_405_to_change(String uri) {
        assertThat(status(new Operation.Replace(Address.parse(uri), Value.text("x")))).isEqualTo(405);
        assertThat(status(new Operation.Delete(Address.parse(uri)))).isEqualTo(405);
    }

    private int status(Operation operation) {
        return editor.apply(tree, operation, Requester.server("A"), NOW).outcome().status().code();
    }

    @Test
    void below_Ext_a_vendor_may_have_anything_but_a_server_needs_the_node() {
        assertThat(status(new Operation.Add(Address.parse("./DevDetail/Ext/x"), Value.text("1")))).isEqualTo(405);
        assertThat(status(new Operation.Add(Address.parse("./DevDetail/Other"), Value.text("1")))).isEqualTo(405);
    }

    @Test
    void a_device_may_widen_the_access_but_secrets_stay_secret() {
        var wide = StandardObjects.widened(StandardObjects.dmAcc(), Access.ADD, Access.REPLACE, Access.GET);
        assertThat(wide.child("ServerID").orElseThrow().access()).containsExactlyInAnyOrder(Access.ADD, Access.GET,
                Access.REPLACE);
        assertThat(wide.child("AppAuth").orElseThrow().child("1").orElseThrow().child("AAuthSecret").orElseThrow()
                .access()).containsExactlyInAnyOrder(Access.ADD, Access.REPLACE);
    }

    @Test
    void an_account_is_read_as_it_was_written() {
        assertThat(DmAcc.in(tree)).containsExactly(
                new DmAcc.Found(NodeUri.parse("./DMAcc/acc1"), ACCOUNT));
        assertThat(ACCOUNT.auths(Level.SRVCRED)).hasSize(1);
    }

    @Test
    void accounts_are_found_by_their_identifier_wherever_they_are_and_in_any_version() {
        Node newer = ACCOUNT.node(NOW).withValue(Value.interior("urn:oma:mo:oma-dm-dmacc:1.1"));
        Tree more = tree.with(NodeUri.parse("./Odd"), newer);
        assertThat(DmAcc.in(more)).extracting(DmAcc.Found::uri).extracting(NodeUri::toString)
                .containsExactly("./DMAcc/acc1", "./Odd");
    }

    @Test
    void a_minimal_account_is_enough() {
        Node minimal = NodeBuilder.dynamic("", NOW).leaf("ServerID", "s").build();
        DmAcc account = DmAcc.read(minimal).orElseThrow();
        assertThat(account.addresses()).isEmpty();
        assertThat(account.auths()).isEmpty();
        assertThat(account.name()).isNull();
        assertThat(DmAcc.read(NodeBuilder.dynamic("", NOW).leaf("Name", "n").build())).isEmpty();
    }

    @Test
    void the_flat_account_of_DM_1_1_is_read() {
        Node flat = NodeBuilder.dynamic("", NOW).leaf("Addr", "http://x/dm").leaf("AddrType", "1").leaf("PortNbr", "80")
                .leaf("ConRef", "./SyncML/Con/1").leaf("ServerId", "old").leaf("ServerPW", "spw")
                .leaf("ServerNonce", "sn").leaf("UserName", "u").leaf("ClientPW", "cpw").leaf("ClientNonce", "cn")
                .leaf("AuthPref", "syncml:auth-md5").leaf("Name", "Old").build();
        Tree old = Tree.empty(NOW).with(NodeUri.parse("./SyncML"), Node.interior("", NOW))
                .with(NodeUri.parse("./SyncML/DMAcc"), Node.interior("", NOW))
                .with(NodeUri.parse("./SyncML/DMAcc/1"), flat);

        DmAcc account = DmAcc.in(old).getFirst().account();

        assertThat(account.serverId()).isEqualTo("old");
        assertThat(account.addresses()).containsExactly(new DmAcc.Address("http://x/dm", "1", List.of("80")));
        assertThat(account.auths()).containsExactly(
                new Auth(Level.CLCRED, "syncml:auth-md5", "u", "cpw", Bytes.utf8("cn")),
                new Auth(Level.SRVCRED, "syncml:auth-md5", "old", "spw", Bytes.utf8("sn")));
    }

    @Test
    void never_shows_a_secret_in_a_log() {
        assertThat(ACCOUNT.toString()).doesNotContain("password").doesNotContain("6e6f6e6365").doesNotContain("srv,");
    }
}
