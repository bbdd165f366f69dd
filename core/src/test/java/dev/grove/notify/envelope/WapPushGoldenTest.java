package dev.grove.notify.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.Vectors;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications in a push of WSP, byte for byte ([DMNOTI 1.2 §7.1, C], [DM 2.0 E.1]). */
class WapPushGoldenTest {

    private static final Packet V1 = new Packet(TriggerMessage.MEDIA_TYPE, Vectors.V1);

    private static String text(String text) {
        return HexFormat.of().formatHex((text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static WapPush decode(String hex) throws Malformed {
        return WapPush.decode(Bytes.hex(hex.replace(" ", "")));
    }

    @Test
    void a_trigger_has_six_octets_before_it() {
        assertThat(WapPush.of(1, V1).encode().hex()).isEqualTo("010603c4af87" + Vectors.V1.hex());
    }

    @Test
    @Tag("DM-MEC-004-S-M")
    @Tag("OMA-ERDEF-DM-S_009-O")
    void a_notification_of_DM_2_0_has_another_number() {
        assertThat(WapPush.of(1, new Packet(Dm2Notification.MEDIA_TYPE, Vectors.F)).encode().hex())
                .isEqualTo("010603d8af87" + Vectors.F.hex());
    }

    @Test
    @Tag("DM-MEC-004-C-O")
    @Tag("DM-MEC-003-C-O")
    @Tag("OMA-ERDEF-DM-C-009-O")
    void is_read_by_number() throws Malformed {
        WapPush push = decode("ff0603c4af87" + Vectors.V1.hex());

        assertThat(push.transactionId()).isEqualTo(255);
        assertThat(push.content()).isEqualTo(V1);
        assertThat(push.applicationId()).isEqualTo("x-wap-application:syncml.dm");
        assertThat(push.isForDeviceManagement()).isTrue();
        assertThat(decode("010603d8af87" + Vectors.F.hex()).contentType()).isEqualTo(Dm2Notification.MEDIA_TYPE);
    }

    @Test
    void is_read_as_a_well_known_gateway_writes_it() throws Malformed {
        // Kannel's: the type as text, then application, length and encoding version by number.
        String headers = text("application/vnd.syncml.notification") + "af87" + "8daa" + "c393";
        WapPush push = decode("02062a" + headers + Vectors.V1.hex());

        assertThat(push.content()).isEqualTo(V1);
        assertThat(push.isForDeviceManagement()).isTrue();
        assertThat(push.others()).extracting(WapPush.Field::name, WapPush.Field::value).containsExactly(
                tuple("Content-Length", "42"),
                tuple("Encoding-Version", "19"));
    }

    @Test
    void is_read_with_parameters_of_the_content_type() throws Malformed {
        String mac = text("A1B2C3");
        String value = "c2" + "9181" + "92" + mac + text("x") + "85";
        String length = HexFormat.of().toHexDigits((byte) (value.length() / 2));
        String all = HexFormat.of().toHexDigits((byte) (value.length() / 2 + 1));
        WapPush push = decode("0106" + all + length + value);

        assertThat(push.contentType()).isEqualTo("application/vnd.syncml.dm+wbxml");
        assertThat(push.parameters()).extracting(WapPush.Field::name, WapPush.Field::value).containsExactly(
                tuple("SEC", "1"), tuple("MAC", "A1B2C3"),
                tuple("x", "5"));
        assertThat(push.encode().hex()).isEqualTo("0106" + all + length + value);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            01 c4, application/vnd.syncml.notification
            02 01c4, application/vnd.syncml.notification
            03 1f01c4, application/vnd.syncml.notification
            04 03 020302, application/vnd.syncml+xml
            05 04 612f4200, a/b
            04 612f4200, a/b
            8106 612f4200, a/b
            01 d5, 0x55
            """)
    void every_form_of_content_type_is_read(String headers, String type) throws Malformed {
        String others = headers.startsWith("81") ? "8d81".repeat(65) : "";

        assertThat(decode("0106" + headers + others).contentType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"x-wap-application:syncml.dm, true", "X-WAP-Application:SyncML.DM, true", "syncml.dm, true",
            "urn:x-wap-application:syncml.dm, true", "7, true", "*, true", "x-wap-application:*, true",
            "x-wap-application:mms.ua, false", "other, false"})
    void an_application_is_known_by_text_too(String application, boolean isMeant) throws Malformed {
        String headers = "c4" + "af" + text(application);
        WapPush push = decode("0106" + HexFormat.of().toHexDigits((byte) (headers.length() / 2)) + headers);

        assertThat(push.isForDeviceManagement()).isEqualTo(isMeant);
    }

    @Test
    void an_application_may_be_a_long_number_or_named_in_a_header_of_text_or_not_at_all() throws Malformed {
        assertThat(decode("010604c4af0107").isForDeviceManagement()).isTrue();
        assertThat(decode("010603c4af84").applicationId()).isEqualTo("x-wap-application:mms.ua");
        assertThat(decode("010603c4aff0").applicationId()).isEqualTo("112");
        assertThat(decode("010601c4").isForDeviceManagement()).isTrue();
        assertThat(decode("010603c4af80").isForDeviceManagement()).as("any application").isTrue();
        String named = "c4" + text("x-wap-application-id") + "87";
        assertThat(decode("010617" + named).applicationId()).isEqualTo("x-wap-application:syncml.dm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"02af84", "7f02af84", "027f03af84", "02af8401af87", "02af847f01af87", "02"})
    void a_number_on_another_page_of_headers_names_no_application(String others) throws Malformed {
        String headers = "c4af87" + others;
        WapPush push = decode("0106" + HexFormat.of().toHexDigits((byte) (headers.length() / 2)) + headers + "2a");

        assertThat(push.isForDeviceManagement()).isTrue();
        assertThat(push.body()).isEqualTo(Bytes.hex("2a"));
    }

    @Test
    void other_headers_are_kept_as_they_came() throws Malformed {
        String others = "b487" + text("X-Y") + text("z") + "92" + "0454a48e00";
        String hex = "010611" + "c4af87" + others + "2a";
        WapPush push = decode(hex);

        assertThat(push.others()).extracting(WapPush.Field::name).containsExactly("Push-Flag", "X-Y", "Date");
        assertThat(push.others().getLast().value()).isEqualTo("54a48e00");
        assertThat(push.encode().hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '', ends in the middle
            01, ends in the middle
            0107 03c4af87, type 6
            0106, ends in the middle
            0106 00, ends in the middle
            0106 04c4af87, more than the 3 octets left
            0106 ffffffffff7f, uintvar
            0106 87ffffff7f, more than
            0106 02c4af, ends in the middle
            0106 03 05c4af, more than the 2 octets left
            0106 03 1f8444, more than
            0106 04 c4af616263, ends in the middle
            0106 03 612f62, ends in the middle
            0106 03 616200, media type in ASCII
            0106 05 3078353500, media type in ASCII
            0106 05 7f612fe900, media type in ASCII
            """)
    void what_lies_is_malformed(String hex, String rule) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(Malformed.class).hasMessageContaining(rule);
    }

    @Test
    void headers_longer_than_48_octets_are_not_written() {
        String long_ = "X-Long: 0123456789012345678901";
        Bytes octets = Bytes.utf8(long_ + "\0" + "y\0");
        WapPush push = new WapPush(1, TriggerMessage.MEDIA_TYPE, List.of(), WapPush.DEVICE_MANAGEMENT,
                List.of(new WapPush.Field("X-Long", "y", octets)), Bytes.EMPTY);

        assertThatIllegalArgumentException().isThrownBy(push::encode).withMessageContaining("48 octets at most");
        assertThatIllegalArgumentException().isThrownBy(() -> WapPush.of(1, new Packet("application/"
                + "x".repeat(30), Bytes.EMPTY)).encode());
        assertThatIllegalArgumentException().isThrownBy(() -> WapPush.of(256, V1));
    }
}
