package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of [DMPRO 1.3 §5, §8 to §11] and [MS-MDM §2 to §4], and vectors that libwbxml made. */
class SyncmlCodecGoldenTest {

    static Stream<Path> examples() {
        return Stream.of("dmpro-1.3", "ms-mdm").flatMap(document -> GoldenFiles.examples(document).stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writes_each_example_strictly_in_both_spellings(Path example) throws Malformed {
        Message message = SyncmlCodec.decode(GoldenFiles.bytes(example), Encoding.XML, Limits.DEFAULT);
        Bytes xml = SyncmlCodec.encode(message, Encoding.XML);
        Bytes wbxml = SyncmlCodec.encode(message, Encoding.WBXML);
        Path strict = GoldenFiles.beside(example, ".strict.xml");
        Path hex = GoldenFiles.beside(example, ".wbxml.hex");
        GoldenFiles.maybeWrite(strict, xml.utf8() + "\n");
        GoldenFiles.maybeWrite(hex, GoldenFiles.lines(wbxml));

        assertThat(xml.utf8() + "\n").isEqualTo(GoldenFiles.bytes(strict).utf8());
        assertThat(wbxml).isEqualTo(GoldenFiles.hex(hex));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void reads_the_same_message_from_both_spellings(Path example) throws Malformed {
        Message message = SyncmlCodec.decode(GoldenFiles.bytes(example), Encoding.XML, Limits.DEFAULT);

        Bytes strict = GoldenFiles.bytes(GoldenFiles.beside(example, ".strict.xml"));
        Bytes wbxml = GoldenFiles.hex(GoldenFiles.beside(example, ".wbxml.hex"));
        assertThat(SyncmlCodec.decode(strict, Encoding.XML, Limits.DEFAULT)).isEqualTo(message);
        assertThat(SyncmlCodec.decode(wbxml, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void transcodes_each_example_there_and_back(Path example) throws Malformed {
        Bytes xml = Transcoder.transcode(GoldenFiles.bytes(example), Encoding.XML, Limits.DEFAULT);
        Bytes wbxml = Transcoder.transcode(GoldenFiles.bytes(example), Encoding.WBXML, Limits.DEFAULT);
        Bytes indented = Bytes.utf8(Transcoder.indented(wbxml, Limits.DEFAULT));

        assertThat(Transcoder.transcode(wbxml, Encoding.XML, Limits.DEFAULT).utf8()).isEqualTo(xml.utf8());
        assertThat(Transcoder.transcode(xml, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(wbxml);
        assertThat(Transcoder.transcode(indented, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(wbxml);
    }

    private static Message example(String name) throws Malformed {
        return SyncmlCodec.decode(GoldenFiles.bytes(GoldenFiles.file(name)), Encoding.XML, Limits.DEFAULT);
    }

    @Test
    void reads_the_challenge_and_the_credentials_of_9_4() throws Malformed {
        Status challenge = (Status) example("dmpro-1.3/9.4.1-basic-2-challenge.xml").body().getFirst();
        assertThat(challenge).isEqualTo(new Status("1", "1", "0", "SyncHdr",
                List.of("http://www.syncml.org/mgmt-server"), List.of("IMEI:493005100592800"), null,
                Meta.of("b64", "syncml:auth-basic"), StatusCode.MISSING_CREDENTIALS, null, List.of()));

        SyncHdr answer = example("dmpro-1.3/9.4.2-md5-1-with-credentials.xml").header();
        assertThat(answer.source()).isEqualTo(new Location("IMEI:493005100592800", "Bruce2"));
        assertThat(answer.cred())
                .isEqualTo(new SyncHdr.Cred(Meta.of("b64", "syncml:auth-md5"), "Zz6EivR3yeaaENcRN6lpAQ=="));

        Status accepted = (Status) example("dmpro-1.3/9.4.2-md5-2-accepted.xml").body().getFirst();
        assertThat(accepted.chal()).isEqualTo(new Meta("b64", "syncml:auth-md5", null, null, "LG3iZQhhdmKNHg==", null,
                null, List.of()));
    }

    @Test
    void reads_user_interactions_of_10_2() throws Malformed {
        Alert alert = (Alert) example("dmpro-1.3/10.2.4-multiple-choice.xml").body().getFirst();
        assertThat(alert.code()).isEqualTo(AlertCode.MULTIPLE_CHOICE);
        assertThat(alert.items()).hasSize(5).startsWith(Item.EMPTY, Item.of("Select service to configure"));

        Status answer = (Status) example("dmpro-1.3/10.2.4-multiple-choice-answered.xml").body().getFirst();
        assertThat(answer.cmdId()).isEmpty();
        assertThat(answer.items()).containsExactly(Item.of("3"), Item.of("2"));
    }

    @Test
    void reads_package_one_of_11_1() throws Malformed {
        Message message = example("dmpro-1.3/11.1.1-package-1.xml");
        assertThat(message.header().verProto()).isEqualTo("DM/1.3");
        assertThat(message.header().meta().maxMsgSize()).isEqualTo(5000);
        assertThat(message.header().cred()).isEqualTo(new SyncHdr.Cred(Meta.of("b64", "syncml:auth-basic"), ""));
        assertThat(((Replace) message.body().get(1)).items()).hasSize(5)
                .contains(Item.from("./DevInfo/Lang", Meta.of("chr", "text/plain"), Data.of("en-US")));
        assertThat(message.isFinal()).isTrue();
    }

    @Test
    void reads_sequences_results_and_types_with_line_breaks_of_11() throws Malformed {
        Sequence sequence = (Sequence) example("dmpro-1.3/11.1.2-package-2.xml").body().get(3);
        assertThat(sequence.commands()).hasSize(2);
        Replace replace = (Replace) sequence.commands().get(1);
        assertThat(replace.meta()).isEqualTo(Meta.of("b64", "application/vnd.wap.connectivity-wbxml"));

        Message message = example("dmpro-1.3/11.2.3-package-3.xml");
        assertThat(((Status) message.body().get(0)).cmdRef()).isEmpty();
        assertThat(message.body().get(3)).isEqualTo(new Results("3", "1", "4", Meta.NONE, null, null,
                List.of(Item.from("./antivirus_data/version", Meta.NONE, Data.of("antivirus-inc/20010522b/5")))));
    }

    @Test
    void reads_relative_addresses_of_5_2_and_the_generic_alert_of_8_7() throws Malformed {
        Exec exec = (Exec) example("dmpro-1.3/5.2-relative-uri-2.xml").body().getFirst();
        assertThat(exec.items()).containsExactly(new Item(new Location("E/H"), null, null,
                ".?MOID=urn%3Aoma%3Amo%3Aoma_example%3A1.0&F=Camera&E/G=Foo", Meta.NONE, null, false));

        Alert alert = (Alert) example("dmpro-1.3/8.7.1-generic-alert.xml").body().getFirst();
        assertThat(alert.code()).isEqualTo(AlertCode.GENERIC);
        assertThat(alert.correlator()).isEqualTo("abc123");
        assertThat(alert.items().getFirst().meta()).isEqualTo(new Meta("xml",
                "Reversed-Domain-Name: org.domain.samplealert", "critical", null, null, null, null, List.of()));
    }

    @Test
    void reads_windows_messages_with_a_misspelt_namespace() throws Malformed {
        Message message = example("ms-mdm/4-package-1.xml");
        assertThat(((Alert) message.body().getFirst()).code()).isEqualTo(AlertCode.CLIENT_EVENT);
        assertThat(((Alert) message.body().getFirst()).items().getFirst().meta())
                .isEqualTo(Meta.of(null, "com.microsoft/MDM/LoginStatus"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8-m1-package-1", "8-m2-nested-tnds", "8-m3-exec-with-correlator"})
    void writes_the_bytes_of_libwbxml(String name) throws Malformed {
        Bytes golden = GoldenFiles.hex(GoldenFiles.file("wbxml-1.3/" + name + ".hex"));
        Message message = SyncmlCodec.decode(golden, Encoding.WBXML, Limits.DEFAULT);

        Bytes written = SyncmlCodec.encode(message, Encoding.WBXML);
        assertThat(written.slice(1, written.length())).isEqualTo(golden.slice(1, golden.length()));
        assertThat(written.at(0)).as("WBXML 1.3, whatever it was").isEqualTo((byte) 3);
    }

    @Test
    void reads_and_writes_a_textual_public_id() throws Malformed {
        Bytes numeric = GoldenFiles.hex(GoldenFiles.file("wbxml-1.3/8-m1-package-1.hex"));
        Bytes textual = GoldenFiles.hex(GoldenFiles.file("wbxml-1.3/8-m1-textual-id.hex"));
        Message message = SyncmlCodec.decode(textual, Encoding.WBXML, Limits.DEFAULT);
        assertThat(message).isEqualTo(SyncmlCodec.decode(numeric, Encoding.WBXML, Limits.DEFAULT));

        Bytes written = SyncmlCodec.encode(message, new Spelling(Encoding.WBXML, true));
        assertThat(written.hex()).startsWith("0300006a1e" + Bytes.utf8("-//SYNCML//DTD SyncML 1.2//EN").hex() + "00");
        assertThat(SyncmlCodec.decode(written, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(message);
    }
}
