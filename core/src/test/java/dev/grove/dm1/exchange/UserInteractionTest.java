package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Item;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples and rules of [DMPRO 1.3 §10]. */
class UserInteractionTest {

    private static final UiOptions ALL = new UiOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), "1", 12, "N",
            "P");

    @Test
    void writes_a_display_with_its_minimum_time() {
        Display display = new Display("Management in progress", options("MINDT=10"));

        Alert alert = UserInteraction.alert("2", display);

        assertThat(alert).isEqualTo(new Alert("2", AlertCode.DISPLAY, null,
                List.of(Item.of("MINDT=10"), Item.of("Management in progress"))));
        assertThat(read(alert)).isEqualTo(display);
    }

    @Test
    void writes_an_empty_first_item_when_there_are_no_options() {
        Confirm confirm = new Confirm("Do you want to add the CNN access point?", UiOptions.NONE);

        Alert alert = UserInteraction.alert("2", confirm);

        assertThat(alert.items()).containsExactly(Item.EMPTY, Item.of("Do you want to add the CNN access point?"));
        assertThat(read(alert)).isEqualTo(confirm);
    }

    @Test
    void keeps_the_choices_in_their_order() {
        Choose choose = new Choose("Select service", List.of("CNN", "Mobilbank", "Game Channel"), true,
                options("DR=2-3"));

        Alert alert = UserInteraction.alert("2", choose);

        assertThat(alert.code()).isEqualTo(AlertCode.MULTIPLE_CHOICE);
        assertThat(alert.items()).containsExactly(Item.of("DR=2-3"), Item.of("Select service"), Item.of("CNN"),
                Item.of("Mobilbank"), Item.of("Game Channel"));
        assertThat(read(alert)).isEqualTo(choose);
    }

    @Test
    void gives_each_kind_its_code() {
        assertThat(UserInteraction.alert("1", new Input("?", UiOptions.NONE)).code()).isEqualTo(AlertCode.TEXT_INPUT);
        assertThat(UserInteraction.alert("1", new Choose("?", List.of("a"), false, UiOptions.NONE)).code())
                .isEqualTo(AlertCode.SINGLE_CHOICE);
    }

    @Test
    void encodes_and_decodes_a_default_text_as_a_url() {
        Input input = new Input("Name?", new UiOptions(null, null, "John Doe & Söhne=1+1", 30, "A", "T"));

        Alert alert = UserInteraction.alert("2", input);

        assertThat(alert.items().getFirst())
                .isEqualTo(Item.of("DR=John+Doe+%26+S%C3%B6hne%3D1%2B1&MAXLEN=30&IT=A&ET=T"));
        assertThat(read(alert)).isEqualTo(input);
    }

    @Test
    void skips_options_it_does_not_know_or_cannot_understand() {
        assertThat(options("X=1&MINDT=ten&MAXDT=-5&&=3&DR=%ZZ&MAXLEN=0&IT=Q&ET=x&MINDT")).isEqualTo(UiOptions.NONE);
        assertThat(options(" maxdt=20 & MAXDT=30 ").maxDisplay()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options("MAXDT=99999999999").maxDisplay()).isNull();
    }

    @Test
    void ignores_options_that_the_kind_does_not_have() {
        UiOptions times = new UiOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), null, null, null, null);
        String all = "MINDT=10&MAXDT=30&DR=1&MAXLEN=12&IT=N&ET=P";

        assertThat(read(alert(1100, Item.of(all), Item.of("text"))).options()).isEqualTo(times);
        assertThat(read(alert(1101, Item.of(all), Item.of("text"))).options())
                .isEqualTo(new UiOptions(times.minDisplay(), times.maxDisplay(), "1", null, null, null));
        assertThat(read(alert(1102, Item.of(all), Item.of("text"))).options()).isEqualTo(ALL);
        assertThat(UserInteraction.alert("1", new Display("text", ALL)).items().getFirst())
                .isEqualTo(Item.of("MINDT=10&MAXDT=30"));
    }

    @Test
    void skips_default_responses_that_name_no_choice() {
        Item[] three = {Item.of("text"), Item.of("a"), Item.of("b"), Item.of("c")};

        assertThat(response(1103, "DR=3", three)).isEqualTo("3");
        assertThat(response(1103, "DR=4", three)).isNull();
        assertThat(response(1103, "DR=1-2", three)).isNull();
        assertThat(response(1104, "DR=1-3", three)).isEqualTo("1-3");
        assertThat(response(1104, "DR=0-3", three)).isNull();
        assertThat(response(1104, "DR=1-", three)).isNull();
        assertThat(response(1101, "DR=2", Item.of("text"))).isNull();
    }

    @Test
    void refuses_an_alert_without_text_or_choices_as_incomplete() {
        for (Alert alert : List.of(alert(1100), alert(1100, Item.of("text")), alert(1101, Item.EMPTY, Item.EMPTY),
                alert(1103, Item.EMPTY, Item.of("text")), alert(1104, Item.EMPTY, Item.of("text"), Item.EMPTY))) {
            assertThat(UserInteraction.read(alert)).isInstanceOfSatisfying(UserInteraction.Reading.Refused.class,
                    refused -> assertThat(refused.status()).isEqualTo(StatusCode.INCOMPLETE_COMMAND));
        }
    }

    @Test
    void rounds_parts_of_seconds_up_and_leaves_out_what_is_not_positive() {
        UiOptions odd = new UiOptions(Duration.ofMillis(1500), Duration.ZERO, null, -1, null, null);

        assertThat(UserInteraction.alert("1", new Input("?", odd)).items().getFirst()).isEqualTo(Item.of("MINDT=2"));
    }

    @Test
    void reads_the_users_answers_from_the_items_of_a_status() {
        Outcome outcome = UserInteraction.outcome(StatusCode.OK, List.of(Item.of("3"), Item.EMPTY, Item.of("2")));

        assertThat(outcome.status()).isEqualTo(StatusCode.OK);
        assertThat(outcome.results()).extracting(result -> result.value().text()).containsExactly("3", "2");
        assertThat(outcome.results()).extracting(Outcome.Result::uri).containsOnly("");
    }

    private static UiOptions options(String string) {
        return UiOptionString.read(string);
    }

    private static @Nullable String response(int code, String options, Item... rest) {
        Item[] items = new Item[rest.length + 1];
        items[0] = Item.of(options);
        System.arraycopy(rest, 0, items, 1, rest.length);
        return read(alert(code, items)).options().defaultResponse();
    }

    private static Alert alert(int code, Item... items) {
        return new Alert("2", new AlertCode(code), null, List.of(items));
    }

    private static Interaction read(Alert alert) {
        return ((UserInteraction.Reading.Asked) UserInteraction.read(alert)).interaction();
    }
}
