package dev.grove.server.store.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Wake;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in stores in the field must be read by every later version, and by the one before. */
class WakeFormsTest {

    private static final Instant NOW = Instant.ofEpochMilli(0x0102030405L);
    private static final Wake WAKE = Wake
            .of("d", new Wake.Asked(UiMode.BACKGROUND, "why", Duration.ofMillis(1)), 0xCAFE, NOW).withNumber(7)
            .sent(new Wake.Sent("sms", NOW), NOW.plusMillis(2)).delivered(NOW)
            .ended(new Wake.End(NOW, Wake.Outcome.ANSWERED, 9L));
    private static final Bytes WAKE_1 = Bytes.hex("01" + "0000000a" + "4241434b47524f554e44" + "00000003" + "776879"
            + "0000cafe" + "0000000102030405" + "0000000102030406" + "8000000000000000" + "00000001"
            + "0000000102030405" + "00000003" + "736d73" + "0000000102030405"
            + "0000000102030405" + "00000008" + "414e535745524544" + "0000000000000009" + "00000000");

    private static final Reach REACH = new Reach(List.of(new Reach.Line("udp", "a:1", "x")), Reach.Format.DM13, 10,
            null, new Dm2Notification.Credential(Bytes.hex("abcd"), Bytes.hex("ef")));
    private static final Bytes REACH_1 = Bytes.hex("01" + "00000001" + "00000014" + "01" + "00000003" + "756470"
            + "00000003" + "613a31" + "00000001" + "78" + "00000004" + "444d3133" + "0000000a" + "ffffffff" + "01"
            + "00000002" + "abcd" + "00000001" + "ef");

    @Test
    void the_first_form_of_a_wake_is_read_and_written_for_ever() {
        assertThat(WakeCodec.encode(WAKE)).isEqualTo(WAKE_1);
        assertThat(WakeCodec.decode("d", 7, WAKE_1)).isEqualTo(WAKE);
    }

    @Test
    void the_first_form_of_a_reach_is_read_and_written_for_ever() {
        assertThat(ReachCodec.encode(REACH)).isEqualTo(REACH_1);
        assertThat(ReachCodec.decode(REACH_1)).isEqualTo(REACH);
    }

    @Test
    void what_a_later_version_has_added_at_the_end_is_passed_over() {
        assertThat(WakeCodec.decode("d", 7, WAKE_1.plus(Bytes.hex("00112233")))).isEqualTo(WAKE);
        assertThat(ReachCodec.decode(REACH_1.plus(Bytes.hex("00112233")))).isEqualTo(REACH);
    }

    @Test
    void half_a_form_is_refused() {
        assertThatThrownBy(() -> WakeCodec.decode("d", 7, WAKE_1.slice(0, 40)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ReachCodec.decode(REACH_1.slice(0, 12))).isInstanceOf(IllegalStateException.class);
    }
}
