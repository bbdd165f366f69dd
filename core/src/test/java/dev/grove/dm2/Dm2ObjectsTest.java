package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.DdfReader;
import dev.grove.mo.DdfWriter;
import dev.grove.mo.Ddf;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The standard objects are described as their tables have them ([DM 2.0 §12]). */
class Dm2ObjectsTest {

    private static List<String> nodes(DescriptionNode root) {
        List<String> nodes = new ArrayList<>();
        collect("", root, nodes);
        return nodes;
    }

    private static void collect(String path, DescriptionNode node, List<String> nodes) {
        for (DescriptionNode child : node.children()) {
            String name = path + (child.isNamed() ? child.name() : "<x>");
            nodes.add(name + " " + child.formats().stream().map(Format::wireName).collect(Collectors.joining()) + " "
                    + child.access().stream().sorted().map(a -> a.name().substring(0, 1)).collect(Collectors.joining())
                    + " " + child.occurrence().least()
                    + (child.occurrence().most() > 1 ? "*" : child.occurrence().least() == 0 ? "?" : ""));
            collect(name + "/", child, nodes);
        }
    }

    @Test
    @Tag("DM-STDOBJ-001-C-M")
    @Tag("DM-STDOBJ-001-S-M")
    void dev_info_has_the_nodes_of_its_table() {
        assertThat(Dm2Objects.devInfo().types()).containsExactly("urn:oma:mo:oma-dm-devinfo:1.2");
        assertThat(nodes(Dm2Objects.devInfo())).containsExactlyInAnyOrder("Bearer node G 0?", "DevID chr G 1",
                "Man chr G 1", "Mod chr G 1", "DmV chr G 1", "Lang chr G 1", "DevType chr G 1", "OEM chr G 1",
                "FwV chr G 1", "SwV chr G 1", "HwV chr G 1", "Ext node G 0?");
    }

    @Test
    @Tag("DM-STDOBJ-002-C-M")
    @Tag("DM-STDOBJ-002-S-M")
    void an_account_has_the_nodes_of_its_table_and_shows_no_keys() {
        assertThat(nodes(Dm2Objects.dmAcc())).containsExactlyInAnyOrder("SrvID chr G 1", "SrvURI chr G 1",
                "Name chr G 1", "Perm node  1", "Perm/<x> node  1*", "Perm/<x>/MOID chr  1", "Auth node G 0?",
                "Auth/Bootstrap node G 0?", "Auth/Bootstrap/ServerURI chr G 1", "Auth/Bootstrap/SecMode bin G 1",
                "Auth/Bootstrap/ClientPubKey bin  1", "Auth/Bootstrap/ServerPubKey bin  1",
                "Auth/Bootstrap/ClientSecretKey bin  1", "Auth/Noti node G 0?", "Auth/Noti/Type int G 1",
                "Auth/Noti/Data bin GR 1", "Auth/Noti/Secret bin R 1", "Auth/Trsp node G 0?", "Auth/Trsp/Data bin GR 1",
                "Auth/Trsp/Secret bin R 1", "Push node G 0?", "Push/GCM node G 0?", "Push/GCM/SenderID chr G 1",
                "Push/GCM/RegURI chr G 1", "Push/GCM/UnRegURI chr G 1", "Push/GCM/RegParams chr G 1",
                "Push/GCM/Ext node G 0?", "Push/Ext node G 0?", "Ext node G 0?");
        assertThat(Dm2Objects.description().ofType("urn:oma:mo:oma-dm-dmacc:2.0")).isPresent();
    }

    @Test
    @Tag("DM-STDOBJ-003-C-O")
    @Tag("DM-STDOBJ-003-S-M")
    void delegation_has_the_nodes_of_its_table() {
        assertThat(nodes(Dm2Objects.delegation())).containsExactlyInAnyOrder("<x> node G 0*", "<x>/<x> node G 1*",
                "<x>/<x>/Path chr G 0?", "<x>/<x>/Permissions node G 1", "<x>/<x>/Permissions/<x> node G 1*",
                "<x>/<x>/Permissions/<x>/MAID chr G 1", "<x>/<x>/Permissions/<x>/AR int G 1");
        DescriptionNode rights = Description.of(NodeUri.ROOT, Dm2Objects.delegation())
                .at(NodeUri.parse("./urn:m/i/1/Permissions/s/AR")).orElseThrow();
        assertThat(rights.allowed().allows("15")).isTrue();
        assertThat(rights.allowed().allows("16")).isFalse();
    }

    @Test
    @Tag("DM-STDOBJ-004-C-M")
    @Tag("DM-STDOBJ-004-S-M")
    void session_information_has_the_nodes_of_its_table() {
        assertThat(nodes(Dm2Objects.sessionInfo())).containsExactlyInAnyOrder("CBT int G 1", "ROAMING int G 1");
        assertThat(Dm2Objects.sessionInfo().allows(Access.REPLACE)).isFalse();
    }

    /** A server fetches descriptions as DDF documents. */
    @Test
    void descriptions_survive_as_ddf() throws Malformed {
        for (DescriptionNode node : List.of(Dm2Objects.devInfo(), Dm2Objects.sessionInfo(),
                Dm2Objects.dmAcc().withName("DMAcc"))) {
            Ddf ddf = DdfReader.read(DdfWriter.xml(Dm2Objects.document(node)), Limits.DEFAULT);
            DescriptionNode read = ddf.description().places().getFirst().node();
            assertThat(nodes(read)).containsExactlyInAnyOrderElementsOf(nodes(node));
            assertThat(read.types().getFirst()).isEqualTo(node.types().getFirst());
        }
    }
}
