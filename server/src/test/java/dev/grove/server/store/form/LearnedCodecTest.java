package dev.grove.server.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in stores in the field must be read by every later version. */
class LearnedCodecTest {

    private static final Instant AT = Instant.ofEpochMilli(0x7f);
    private static final MirrorNode LEAF = new MirrorNode(NodeUri.parse("./A"), Value.of(Format.INT, "7"), AT);
    private static final MirrorNode UNREAD = new MirrorNode(NodeUri.parse("./B"), Value.of(Format.BOOL, ""), false, AT);
    private static final MirrorNode BARE = new MirrorNode(NodeUri.parse("./A/C"), null, AT);
    private static final String LEAF_1 = "6e" + "032e2f41" + "7f" + "01" + "03494e54" + "0a746578742f706c61696e" + "01"
            + "0137";

    @Test
    void is_written_as_ever() {
        assertThat(LearnedCodec.put(List.of(LEAF))).isEqualTo(Bytes.hex(LEAF_1));
        assertThat(LearnedCodec.removed(NodeUri.parse("./A"))).isEqualTo(Bytes.hex("72" + "032e2f41"));
    }

    @Test
    void several_changes_are_read_as_one_behind_the_other() {
        Bytes first = LearnedCodec.put(List.of(UNREAD, BARE, LEAF));
        assertThat(LearnedCodec.nodes(first).values()).containsExactly(LEAF, BARE, UNREAD);
        Bytes second = first.plus(LearnedCodec.removed(NodeUri.parse("./A")));
        assertThat(LearnedCodec.nodes(second).values()).containsExactly(UNREAD);
        assertThat(LearnedCodec.nodes(second.plus(LearnedCodec.put(List.of(LEAF)))).values()).containsExactly(LEAF,
                UNREAD);
        assertThat(LearnedCodec.nodes(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void what_nobody_wrote_is_told_of() {
        for (String damaged : List.of("00", "6e03", LEAF_1.substring(0, LEAF_1.length() - 2))) {
            assertThatThrownBy(() -> LearnedCodec.nodes(Bytes.hex(damaged))).as(damaged)
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
