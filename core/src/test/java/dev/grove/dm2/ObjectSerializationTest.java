package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm2.ObjectContent.Known;
import dev.grove.dm2.ObjectContent.Read;
import dev.grove.mo.NodeBuilder;
import dev.grove.tree.Children;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes as JSON and back ([DM 2.0 §7.2.1.4]). */
class ObjectSerializationTest {

    private static final Instant NOW = Instant.EPOCH;

    private static Json.Obj json(String text) throws Malformed {
        return (Json.Obj) JsonText.read(Bytes.utf8(text), Limits.DEFAULT);
    }

    private static String written(Node node, @Nullable Integer levels) {
        return JsonText.write(ObjectSerialization.write("n", node, Optional.empty(), levels)).utf8();
    }

    private static ObjectContent read(String text, Known known) throws Malformed {
        return switch (ObjectContent.read(json(text), known)) {
            case Read.Content(ObjectContent content) -> content;
            case Read.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private static Known described(DescriptionNode node) {
        return new Known(Optional.of(node), Optional.empty());
    }

    // ---- writing

    @Test
    void each_format_has_its_kind_of_value() {
        Node node = NodeBuilder.dynamic("m", NOW).leaf("b", Format.BOOL, "true").leaf("i", Format.INT, "-5")
                .leaf("f", Format.FLOAT, "1.50").leaf("inf", Format.FLOAT, "INF").leaf("n", Format.NULL, "")
                .leaf("bin", Value.binary(Bytes.hex("00FF"))).leaf("c", "5").leaf("x", Format.XML, "<a/>")
                .leaf("d", Format.DATE, "2026-11-21").leaf("t", Format.TIME, "12:00:00Z")
                .interior("e", empty -> {}).build();

        assertThat(written(node, null)).isEqualTo("""
                {"n":{"b":true,"i":-5,"f":1.50,"inf":"INF","n":null,"bin":"AP8=","c":"5","x":"<a/>",\
                "d":"2026-11-21","t":"12:00:00Z","e":{}}}""");
    }

    @Test
    void a_value_that_is_none_of_its_format_goes_as_text() {
        Node node = NodeBuilder.dynamic("m", NOW).leaf("i", Format.INT, "").leaf("j", Format.INT, "007")
                .leaf("b", Format.BOOL, "yes").leaf("f", Format.FLOAT, "1e99999").build();

        assertThat(written(node, null)).isEqualTo("{\"n\":{\"i\":\"\",\"j\":\"007\",\"b\":\"yes\",\"f\":\"1e99999\"}}");
    }

    @Test
    void levels_beyond_those_asked_for_are_left_away() {
        Node node = NodeBuilder.dynamic("m", NOW).leaf("a", "1").interior("b", b -> b.leaf("c", "2")).build();

        assertThat(written(node, 1)).isEqualTo("{\"n\":{\"a\":\"1\",\"b\":{}}}");
        assertThat(written(node, 2)).isEqualTo("{\"n\":{\"a\":\"1\",\"b\":{\"c\":\"2\"}}}");
        assertThat(written(node.child("a").orElseThrow(), 1)).isEqualTo("{\"n\":\"1\"}");
    }

    @Test
    void a_description_says_what_a_text_really_is() {
        Node node = NodeBuilder.dynamic("m", NOW).leaf("a", "1").leaf("b", "x").build();
        DescriptionNode description = DescriptionNode.interior("n").withChildren(DescriptionNode.of("a", Format.INT),
                DescriptionNode.of("b", Format.INT));

        assertThat(JsonText.write(ObjectSerialization.write("n", node, Optional.of(description), null)).utf8())
                .isEqualTo("{\"n\":{\"a\":1,\"b\":\"x\"}}");
    }

    // ---- reading

    @Test
    void what_is_unknown_gets_its_format_from_its_kind() throws Malformed {
        ObjectContent content = read("""
                {"n": {"b": true, "i": 5, "f": 5.5, "big": 5000000000, "z": null, "c": "x", "e": {"a": ""}}}""",
                Known.NOTHING);

        assertThat(content.name()).isEqualTo("n");
        assertThat(content.entries().stream().map(e -> String.join("/", e.path()) + " " + e.value().format().wireName()
                + " " + e.value().text())).containsExactly(" node ", "b bool true", "i int 5", "f float 5.5",
                        "big float 5000000000", "z null ", "c chr x", "e node ", "e/a chr ");
    }

    @ParameterizedTest
    @CsvSource({"BOOL, '\"true\"', true", "BOOL, '\" FALSE \"', false", "INT, '\"5\"', 5", "INT, 5.0, 5",
            "INT, 1e2, 100",
            "CHR, 5, 5", "CHR, true, true", "CHR, 1.50, 1.50", "CHR, null, ''", "FLOAT, 5, 5", "FLOAT, '\"INF\"', INF",
            "BIN, '\"QUJD\"', ABC", "XML, '\"<a/>\"', <a/>", "DATE, '\"2026-11-21\"', 2026-11-21", "INT, '\"\"', ''"})
    void what_is_known_is_read_liberally(Format format, String value, String text) throws Malformed {
        String data = "{\"n\":" + value + "}";
        Node now = Node.of(new Value(format, "a/b", Bytes.EMPTY), NOW);

        Value read = read(data, described(DescriptionNode.of("n", format))).entries().getFirst().value();
        assertThat(read.format()).isEqualTo(format);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read(data, new Known(Optional.empty(), Optional.of(now))).entries().getFirst().value())
                .isEqualTo(new Value(format, "a/b", Bytes.utf8(text)));
    }

    @ParameterizedTest
    @CsvSource({"INT, '\"x\"'", "INT, 5.5", "INT, 5000000000", "INT, true", "INT, null", "BOOL, 1", "BIN, '\"?\"'",
            "INT, {}", "CHR, []", "NODE, '\"x\"'", "NODE, 5", "TIME, '\"noon\"'", "INT, 1e300",
            "INT, 1e-300"})
    void what_cannot_be_is_refused_with_its_place(Format format, String value) throws Malformed {
        DescriptionNode description = DescriptionNode.interior("n").withChildren(DescriptionNode.of("a", format));

        assertThat(ObjectContent.read(json("{\"n\":{\"a\":" + value + "}}"), described(description)))
                .isInstanceOfSatisfying(Read.Refused.class,
                        refused -> assertThat(refused.reason()).startsWith("a: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":1,\"b\":2}", "{\"\":1}", "{\"a/b\":1}", "{\"..\":1}", "{\"n\":{\"a?\":1}}",
            "{\"n\":[1]}"})
    void data_is_one_node_with_names_that_nodes_can_have(String data) throws Malformed {
        assertThat(ObjectContent.read(json(data), Known.NOTHING)).isInstanceOf(Read.Refused.class);
    }

    @Test
    void identifiers_and_media_types_come_from_the_description() throws Malformed {
        DescriptionNode description = DescriptionNode.interior("").withTypes(List.of("urn:x")).withChildren(
                DescriptionNode.of("a", Format.CHR).withTypes(List.of("text/html")));

        assertThat(read("{\"n\":{\"a\":\"x\"}}", described(description)).entries().stream().map(e -> e.value().type()))
                .containsExactly("urn:x", "text/html");
    }

    @Test
    void a_described_interior_node_may_be_null() throws Malformed {
        assertThat(read("{\"n\":null}", described(DescriptionNode.interior("n"))).entries().getFirst().value())
                .isEqualTo(Value.interior(""));
    }

    // ---- there and back

    @Test
    @Tag("DM-OBJ-011-C-O")
    @Tag("DM-OBJ-011-S-O")
    @Tag("DM-SER-003-C-M")
    void a_tree_comes_back_as_it_was() throws Malformed {
        for (long seed = 20261121; seed < 20261121 + 500; seed++) {
            Random random = new Random(new SplittableRandom(seed));
            DescriptionNode description = random.interior(3);
            Node node = random.node(description);
            Json.Obj written = ObjectSerialization.write("n", node, Optional.of(description), null);

            Json reread = JsonText.read(JsonText.write(written), Limits.DEFAULT);

            assertThat(reread).as("seed " + seed).isEqualTo(written);
            assertThat(ObjectContent.read((Json.Obj) reread, described(description)))
                    .as("seed " + seed).isInstanceOfSatisfying(Read.Content.class,
                            content -> assertThat(content.content().toNode(NOW)).isEqualTo(node));
            assertThat(ObjectContent.read((Json.Obj) reread, new Known(Optional.empty(), Optional.of(node))))
                    .as("seed " + seed).isInstanceOfSatisfying(Read.Content.class,
                            content -> assertThat(content.content().toNode(NOW)).isEqualTo(node));
        }
    }

    /** Trees with leaves of every format. */
    private record Random(SplittableRandom luck) {

        DescriptionNode interior(int depth) {
            List<DescriptionNode> children = new ArrayList<>();
            for (int i = luck.nextInt(6); i > 0; i--) {
                Format format = List.of(Format.values()).get(luck.nextInt(Format.values().length));
                children.add((format == Format.NODE ? interior(depth - 1) : DescriptionNode.of("", format)
                        .withTypes(List.of("t/" + i))).withName("n" + i));
            }
            return DescriptionNode.interior("n").withTypes(depth == 3 ? List.of("urn:m") : List.of())
                    .withChildren(depth == 0 ? List.of() : children);
        }

        Node node(DescriptionNode description) {
            Map<String, Node> children = new LinkedHashMap<>();
            description.children().forEach(child -> children.put(child.name(), node(child)));
            Format format = description.formats().iterator().next();
            String type = description.types().isEmpty() ? "" : description.types().getFirst();
            return Node.of(new Value(format, type, value(format)), NOW).withChildren(Children.of(children));
        }

        private Bytes value(Format format) {
            return switch (format) {
                case NODE, NULL -> Bytes.EMPTY;
                case BOOL -> Bytes.utf8(luck.nextBoolean() ? "true" : "false");
                case INT -> Bytes.utf8(Integer.toString(luck.nextInt()));
                case FLOAT -> Bytes.utf8(luck.nextInt() + "." + luck.nextInt(99999));
                case BIN, B64 ->
                    Bytes.wrap(luck.ints(luck.nextInt(9), 0, 256).collect(java.io.ByteArrayOutputStream::new,
                            java.io.ByteArrayOutputStream::write, (a, b) -> {}).toByteArray());
                case CHR, XML -> Bytes.utf8("ä\"\\\n<&>".substring(luck.nextInt(7)));
                case DATE -> Bytes.utf8("2026-11-21");
                case TIME -> Bytes.utf8("12:34:56Z");
            };
        }
    }

    // ---- documents

    @Test
    void documents_read_back() throws Malformed {
        ObjectDocument document = new ObjectDocument(List.of(
                new ObjectDocument.Part("http://v.example/a.ddf", "urn:m//", "42", json("{\"a\":{\"b\":1}}")),
                new ObjectDocument.Part(null, "urn:m/x/b", null, json("{\"b\":null}"))));

        Packet packet = ObjectCodec.encode(document);

        assertThat(ObjectCodec.isOne(packet)).isTrue();
        assertThat(packet.body().utf8()).isEqualTo("""
                [{"DDF":"http://v.example/a.ddf","ClientURI":"urn:m//","CV":"42","MOData":{"a":{"b":1}}},\
                {"ClientURI":"urn:m/x/b","MOData":{"b":null}}]""");
        assertThat(ObjectCodec.decode(packet, Limits.DEFAULT)).isEqualTo(document);
    }

    @Test
    void one_object_needs_no_list_and_unknown_fields_are_ignored() throws Malformed {
        assertThat(ObjectCodec.decode(new Packet(ObjectDocument.MEDIA_TYPE,
                Bytes.utf8("{\"ClientURI\":\"m//\",\"MOData\":{\"a\":1},\"X\":[],\"DDF\":null,\"CV\":7}")),
                Limits.DEFAULT).parts()).containsExactly(
                        new ObjectDocument.Part(null, "m//", "7", json("{\"a\":1}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"5 | ''", "[5] | [0]", "[{}] | [0].MOData", "[{\"MOData\":5}] | [0].MOData",
            "[{\"MOData\":{}}] | [0].ClientURI", "{\"MOData\":{},\"ClientURI\":{}} | ClientURI",
            "[{\"MOData\":{},\"ClientURI\":\"a\",\"DDF\":[]}] | [0].DDF"})
    void documents_without_what_they_need_are_malformed_with_the_place(String json, String path) {
        assertThatThrownBy(() -> ObjectCodec.decode(new Packet("", Bytes.utf8(json)), Limits.DEFAULT))
                .isInstanceOfSatisfying(Malformed.class, broken -> assertThat(broken.path()).isEqualTo(path));
    }
}
