package dev.grove.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grove.mo.Tnds;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeFileTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void reads_lines_of_text() throws Exception {
        Files.write(folder.resolve("logo.png"), new byte[] {1, 2, 3});

        Tree tree = load("""
                # settings of a display
                ./Settings                 = node
                ./Settings/Name            = chr:Kitchen = good
                ./Settings/Brightness      = int: 70
                ./Settings/Motto           = chr:first\\nsecond\\ta \\\\ backslash
                ./Settings/On              = bool:TRUE
                ./Settings/Icon            = bin:iVBORw0KGgo=
                ./Settings/Logo            = bin@logo.png
                ./Settings/Nothing         = null
                ./Settings/Empty           = chr:
                permanent ./Apps/Mail      = node:urn:oma:mo:oma-scomo:1.0
                ./Settings?prop=ACL        = Get=*&Replace=server.example
                ./Settings/Name?prop=Title = What it calls itself
                ./Settings/Icon?prop=Type  = image/png
                """).tree();

        assertThat(text(tree, "./Settings/Name")).isEqualTo("Kitchen = good");
        assertThat(text(tree, "./Settings/Brightness")).isEqualTo("70");
        assertThat(text(tree, "./Settings/Motto")).isEqualTo("first\nsecond\ta \\ backslash");
        assertThat(text(tree, "./Settings/On")).isEqualTo("true");
        assertThat(node(tree, "./Settings/Icon").data()).isEqualTo(Bytes.base64("iVBORw0KGgo="));
        assertThat(node(tree, "./Settings/Icon").type()).isEqualTo("image/png");
        assertThat(node(tree, "./Settings/Logo").data()).isEqualTo(Bytes.hex("010203"));
        assertThat(node(tree, "./Settings/Nothing").format()).isEqualTo(Format.NULL);
        assertThat(text(tree, "./Settings/Empty")).isEmpty();
        assertThat(node(tree, "./Apps/Mail").type()).isEqualTo("urn:oma:mo:oma-scomo:1.0");
        assertThat(node(tree, "./Apps").permanent()).isTrue();
        assertThat(node(tree, "./Settings").permanent()).isFalse();
        assertThat(node(tree, "./Settings").acl()).hasToString("Get=*&Replace=server.example");
        assertThat(node(tree, "./Settings/Name").title()).isEqualTo("What it calls itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"./A", "./A chr:x", "./A = text:x", "./A = int:x", "./A = bin:%%",
            "./A/../B = chr:x", "./A = chr:\\q", "./A = chr:x\\", "./A?prop=Size = 3", "./A?prop=ACL = Get=*",
            ". = chr:x", "./A = bin@absent", "./A = chr#x", "/A = chr:x"})
    void names_the_line_that_is_wrong(String line) {
        assertThat(catchLoad("\n" + line)).isInstanceOf(StorageException.class)
                .message().contains("device.tree").containsAnyOf("line 2", "absent");
    }

    @Test
    void a_child_of_a_leaf_is_wrong() {
        assertThat(catchLoad("./A = chr:x\n./A/B = chr:y")).hasMessageContaining("line 2");
    }

    @Test
    void reads_tnds_in_both_spellings() throws Exception {
        SubtreeNode leaf = new SubtreeNode("Name", null, Format.CHR, Map.of(NodePart.TITLE, "A title"),
                Bytes.utf8("Kitchen"), List.of());
        SubtreeNode number = new SubtreeNode("Number", null, Format.INT, Map.of(NodePart.FORMAT, "int"),
                Bytes.utf8("7"), List.of());
        SubtreeNode top = new SubtreeNode("Settings", NodeUri.parse("./Vendor"), Format.NODE,
                Map.of(NodePart.ACL, "Get=*", NodePart.TYPE, "urn:oma:mo:x:1.0", NodePart.FORMAT, "node"), null,
                List.of(leaf, number));
        for (Tnds spelling : List.of(Tnds.XML, Tnds.WBXML)) {
            Tree tree = load(spelling.write(List.of(top)).data()).tree();

            assertThat(node(tree, "./Vendor").isInterior()).isTrue();
            assertThat(node(tree, "./Vendor/Settings").type()).isEqualTo("urn:oma:mo:x:1.0");
            assertThat(node(tree, "./Vendor/Settings").acl()).hasToString("Get=*");
            assertThat(text(tree, "./Vendor/Settings/Name")).isEqualTo("Kitchen");
            assertThat(node(tree, "./Vendor/Settings/Name").title()).isEqualTo("A title");
            assertThat(node(tree, "./Vendor/Settings/Number").format()).isEqualTo(Format.INT);
        }
    }

    @Test
    void reads_a_description_and_its_default_values() throws Exception {
        TreeFile file = load("""
                <?xml version="1.0"?>
                <MgmtTree><VerDTD>1.2</VerDTD>
                <Node><NodeName>Display</NodeName>
                  <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
                    <Occurrence><One/></Occurrence><Scope><Permanent/></Scope></DFProperties>
                  <Node><NodeName>Brightness</NodeName>
                    <DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>70</DefaultValue>
                    <DFFormat><int/></DFFormat><Occurrence><One/></Occurrence></DFProperties></Node>
                </Node></MgmtTree>
                """);

        assertThat(text(file.tree(), "./Display/Brightness")).isEqualTo("70");
        assertThat(file.description().at(NodeUri.parse("./Display/Brightness")).orElseThrow().access())
                .containsExactlyInAnyOrder(Access.GET, Access.REPLACE);
    }

    @Test
    void tells_what_is_wrong_with_a_document() {
        assertThat(catchLoad("<MgmtTree><VerDTD>1.2</VerDTD><Node>")).isInstanceOf(StorageException.class);
        assertThat(catchLoad("<Other/>")).isInstanceOf(StorageException.class).hasMessageContaining("MgmtTree");
        assertThatThrownBy(() -> TreeFile.load(folder.resolve("absent"), Tree.empty(NOW), NOW))
                .isInstanceOf(StorageException.class).hasMessageContaining("absent");
    }

    private @Nullable Throwable catchLoad(String text) {
        return catchThrowable(() -> load(text));
    }

    private TreeFile load(String text) throws IOException, StorageException {
        return load(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private TreeFile load(Bytes content) throws IOException, StorageException {
        Path file = Files.write(folder.resolve("device.tree"), content.toArray());
        return TreeFile.load(file, Tree.empty(NOW), NOW);
    }

    private static Node node(Tree tree, String uri) {
        return tree.at(NodeUri.parse(uri)).orElseThrow();
    }

    private static String text(Tree tree, String uri) {
        return node(tree, uri).value().text();
    }
}
