package dev.grove.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Multipart.Part;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of several parts ([RFC 7578]), as they should be and as they come. */
class MultipartTest {

    private static final String TYPE = "multipart/form-data; boundary=b";

    private static Multipart read(String mediaType, String... lines) throws Malformed {
        return Multipart.read(new Packet(mediaType, Bytes.utf8(String.join("\r\n", lines))), Limits.DEFAULT);
    }

    @Test
    void reads_heads_and_bodies() throws Malformed {
        Multipart form = read(TYPE, "preamble", "--b", "Content-Disposition: form-data; name=\"0\"",
                "Content-Type: text/html", "", "one", "more", "--b", "Content-Disposition: form-data; name=1", "", "",
                "--b--", "epilogue");

        assertThat(form.parts()).hasSize(2);
        assertThat(form.parts().getFirst().name()).contains("0");
        assertThat(form.parts().getFirst().content()).isEqualTo(new Packet("text/html", Bytes.utf8("one\r\nmore")));
        assertThat(form.parts().getLast().name()).contains("1");
        assertThat(form.parts().getLast().content()).isEqualTo(new Packet("text/plain", Bytes.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=\"b\"", "multipart/form-data;Boundary=b; charset=utf-8",
            "multipart/form-data", "multipart/mixed; boundary=other"})
    void finds_the_boundary_however_it_is_said(String mediaType) throws Malformed {
        assertThat(read(mediaType, "--b", "Content-Type: a/b", "", "x", "--b--").parts().getFirst().body())
                .isEqualTo(Bytes.utf8("x"));
    }

    @Test
    void reads_on_when_the_boundary_changes_its_name() throws Malformed {
        Multipart form = read(TYPE, "--b", "Content-Disposition: form-data", "", "first", "--c",
                "Content-Disposition: form-data; name=\"0\"", "", "second", "--c", "Content-Type: a/b", "", "third",
                "--c--");

        assertThat(form.parts().stream().map(part -> part.body().utf8())).containsExactly("first", "second", "third");
    }

    @Test
    void what_keeps_to_its_boundary_is_read_by_it_alone() throws Malformed {
        Multipart form = read(TYPE, "--b", "Content-Type: a/b", "", "--c", "Content-Type: c/d", "", "inner", "--c--",
                "--b--");

        assertThat(form.parts()).hasSize(1);
        assertThat(form.parts().getFirst().body().utf8()).isEqualTo(
                String.join("\r\n", "--c", "Content-Type: c/d", "", "inner", "--c--"));
    }

    @Test
    void a_closing_boundary_may_be_missing_or_misspelled() throws Malformed {
        assertThat(read(TYPE, "--b", "Content-Type: a/b", "", "x", "").parts().getFirst().body().utf8())
                .isEqualTo("x");
        assertThat(read(TYPE, "--b", "Content-Type: a/b", "", "x", "--c--", "").parts().getFirst().body().utf8())
                .isEqualTo("x");
    }

    @Test
    void lines_may_end_without_carriage_return() throws Malformed {
        Multipart form = Multipart.read(new Packet(TYPE, Bytes.utf8("--b\nContent-Type: a/b\n\nx\n--b--\n")),
                Limits.DEFAULT);

        assertThat(form.parts().getFirst().content()).isEqualTo(new Packet("a/b", Bytes.utf8("x")));
    }

    @Test
    void a_field_may_go_on_in_the_next_line_and_a_body_may_be_base64() throws Malformed {
        Multipart form = read(TYPE, "--b", "Content-Disposition: form-data;", "  name=\"7\"",
                "Content-Transfer-Encoding: BASE64", "", "aGVs", "bG8=", "--b--");

        assertThat(form.parts().getFirst().name()).contains("7");
        assertThat(form.parts().getFirst().body().utf8()).isEqualTo("hello");
    }

    @Test
    void what_has_no_boundary_no_part_or_an_unknown_encoding_is_malformed() {
        assertThatThrownBy(() -> read(TYPE, "nothing")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(TYPE, "")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(TYPE, "--b--")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(TYPE, "--b", "Content-Transfer-Encoding: base64", "", "?", "--b--"))
                .isInstanceOf(Malformed.class).hasMessageContaining("part[0]");
        assertThatThrownBy(() -> read(TYPE, "--b", "Content-Transfer-Encoding: rot13", "", "x", "--b--"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void the_limits_hold() {
        Bytes body = Bytes.utf8("--b\r\n\r\nx\r\n".repeat(20) + "--b--");
        assertThatThrownBy(() -> Multipart.read(new Packet(TYPE, body), new Limits(9999, 9, 19, 9999)))
                .isInstanceOf(Malformed.class).hasMessageContaining("19 parts");
        assertThatThrownBy(() -> Multipart.read(new Packet(TYPE, body), new Limits(10, 9, 99, 9999)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(TYPE, "--b", "X: " + "y".repeat(9000), "", "x", "--b--"))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(TYPE, "--b", "X: y\r\n".repeat(60), "", "x", "--b--"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void boundaries_of_ever_other_names_do_not_cost_time() throws Malformed {
        StringBuilder body = new StringBuilder("--b\r\nContent-Type: a/b\r\n\r\n");
        for (int i = 0; body.length() < 2_000_000; i++) {
            body.append("\r\n--").append(i).append("\r\nContent-Type: a/b\r\n\r\n");
        }

        assertThat(Multipart.read(new Packet(TYPE, Bytes.utf8(body.toString())), Limits.DEFAULT).parts())
                .hasSizeLessThan(20);
    }

    @Test
    void reads_what_it_writes() throws Malformed {
        for (long seed = 20261121; seed < 20261121 + 300; seed++) {
            SplittableRandom luck = new SplittableRandom(seed);
            List<Part> parts = luck.ints(1 + luck.nextInt(4), 0, 1000)
                    .mapToObj(i -> Part.of(i < 100 ? null : "n\"\\" + i, new Packet("text/x; a=b", bytes(luck))))
                    .toList();
            Multipart form = new Multipart(parts);

            assertThat(Multipart.read(form.write(), Limits.DEFAULT)).as("seed " + seed).isEqualTo(form);
            assertThat(form.write()).as("seed " + seed).isEqualTo(form.write());
        }
    }

    /** Line breaks, hyphens and letters: what a boundary is made of. */
    private static Bytes bytes(SplittableRandom luck) {
        byte[] bytes = new byte[luck.nextInt(200)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) "\r\n--grove0a: \u0000".charAt(luck.nextInt(14));
        }
        return Bytes.wrap(bytes);
    }

    @Test
    void no_line_break_gets_into_a_head() {
        Packet form = new Multipart(List.of(Part.of("0", new Packet("text/plain\r\nX: y", Bytes.EMPTY)))).write();

        assertThat(form.body().utf8()).contains("Content-Type: text/plain X: y\r\n");
    }

    @Test
    void the_boundary_is_in_no_body() throws Malformed {
        Packet first = new Multipart(List.of(Part.of("0", new Packet("a/b", Bytes.utf8("x"))))).write();
        Bytes nested = first.body();
        Multipart twice = new Multipart(List.of(Part.of("0", new Packet(first.mediaType(), nested))));

        Multipart read = Multipart.read(twice.write(), Limits.DEFAULT);

        assertThat(read).isEqualTo(twice);
        assertThat(Multipart.read(read.parts().getFirst().content(), Limits.DEFAULT).parts()).hasSize(1);
    }
}
