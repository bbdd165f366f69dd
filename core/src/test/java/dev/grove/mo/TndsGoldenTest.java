package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.Value;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One document in both spellings; the binary one was made by other people's tools ([TNDS 1.2 §9], [TND 1.2 §8.6]). */
class TndsGoldenTest {

    private static final List<SubtreeNode> ACCOUNT = List.of(new SubtreeNode("dms1", null, Format.NODE,
            Map.of(NodePart.TYPE, "urn:oma:mo:oma-dm-dmacc:1.0"), null,
            List.of(new SubtreeNode("AppID", null, Format.CHR, Map.of(NodePart.TYPE, "text/plain"),
                    Bytes.utf8("w7"), List.of()))));

    @Test
    void both_spellings_are_read_to_the_same() throws Malformed {
        assertThat(Tnds.XML.read(Golden.bytes("tnds/5-account.xml"))).isEqualTo(ACCOUNT);
        assertThat(Tnds.XML.read(Golden.bytes("tnds/5-account.wbxml.hex"))).isEqualTo(ACCOUNT);
    }

    @Test
    void both_spellings_are_written_byte_for_byte() {
        List<SubtreeNode> asked = List.of(withFormat(ACCOUNT.getFirst()));

        Value xml = Tnds.XML.write(asked);
        Value wbxml = Tnds.WBXML.write(asked);

        assertThat(xml.data()).isEqualTo(Golden.bytes("tnds/5-account.xml"));
        assertThat(xml.type()).isEqualTo("application/vnd.syncml.dmtnds+xml");
        // The tool says WBXML 1.2, we 1.3: the rest is the same.
        assertThat(wbxml.data().slice(1, wbxml.data().length()))
                .isEqualTo(Golden.bytes("tnds/5-account.wbxml.hex").slice(1, 129));
        assertThat(wbxml.type()).isEqualTo("application/vnd.syncml.dmtnds+wbxml");
    }

    /** When a document is written, its Format is one of the properties that were asked for. */
    private static SubtreeNode withFormat(SubtreeNode node) {
        return new SubtreeNode(node.name(), node.path(), node.format(),
                Map.of(NodePart.TYPE, node.properties().getOrDefault(NodePart.TYPE, ""), NodePart.FORMAT, "-"),
                node.value(), node.children().stream().map(TndsGoldenTest::withFormat).toList());
    }
}
