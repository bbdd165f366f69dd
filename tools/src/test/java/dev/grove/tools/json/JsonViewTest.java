package dev.grove.tools.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JsonViewTest {

    @Test
    void reads_what_the_writer_wrote() {
        JsonView view = JsonView.read(JsonWriter.object(json -> json.text("a", "ä \"b\"").text("none", null)
                .number("n", 42).flag("f", true).array("l", list -> list.element("x").element(o -> o.number("y", 1)))
                .child("o", o -> o.text("p", "q"))));
        assertThat(view.at("a").text()).isEqualTo("ä \"b\"");
        assertThat(view.has("none")).isFalse();
        assertThat(view.at("n").number()).contains(42L);
        assertThat(view.at("f").text()).isEqualTo("true");
        assertThat(view.at("l").items()).hasSize(2);
        assertThat(view.at("l").items().get(1).at("y").number()).contains(1L);
        assertThat(view.at("o").at("p").text()).isEqualTo("q");
    }

    @Test
    void is_empty_where_there_is_nothing() {
        JsonView view = JsonView.read("{\"a\":null,\"b\":1.5}");
        assertThat(view.has("a")).isFalse();
        assertThat(view.at("x").at("y").text()).isEmpty();
        assertThat(view.at("b").number()).isEmpty();
        assertThat(view.at("b").items()).isEmpty();
        assertThat(JsonView.read("")).isSameAs(JsonView.NOTHING);
    }

    @Test
    void refuses_what_is_no_json() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonView.read("{\"a\":"));
    }
}
