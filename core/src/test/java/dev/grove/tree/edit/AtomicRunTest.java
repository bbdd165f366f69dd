package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Applied.Answer;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of Atomic and Sequence, [REPPRO 1.2 §6.6]. */
class AtomicRunTest {

    private final Device device = Device.open().interior("./A").leaf("./A/one", "1").leaf("./A/two", "2");

    private static Operation add(String uri) {
        return new Operation.Add(Address.parse(uri), Value.text("new"));
    }

    private static Operation replace(String uri, String text) {
        return new Operation.Replace(Address.parse(uri), Value.text(text));
    }

    private static Operation get(String uri) {
        return new Operation.Get(Address.parse(uri));
    }

    private Applied atomic(Operation... operations) {
        return device.apply(new Operation.Atomic(List.of(operations)));
    }

    private static List<Integer> codes(List<Answer> answers) {
        return answers.stream().map(answer -> answer.outcome().status().code()).toList();
    }

    @Test
    void all_good_is_200_for_all() {
        Applied applied = atomic(add("./A/x"), replace("./A/one", "11"), new Operation.Delete(Address.parse("./A/two")),
                new Operation.Copy(Address.parse("./A/x"), Address.parse("./A/y")));

        assertThat(applied.outcome().status()).isEqualTo(StatusCode.OK);
        assertThat(codes(applied.parts())).containsExactly(200, 200, 200, 200);
        assertThat(device.read("./A")).isEqualTo("one/x/y");
    }

    @Test
    void one_that_fails_is_507_with_its_own_code_216_before_and_215_behind() {
        var before = device.tree;
        Applied applied = atomic(add("./A/x"), replace("./A/one?prop=ACL", "Get=*"), replace("./A/none", "x"),
                add("./A/y"));

        assertThat(applied.outcome().status()).isEqualTo(StatusCode.ATOMIC_FAILED);
        assertThat(codes(applied.parts())).containsExactly(216, 216, 404, 215);
        assertThat(device.tree).as("lists and properties too").isEqualTo(before);
    }

    @Test
    void a_nested_Atomic_a_Get_and_an_Exec_are_500_and_fail_it() {
        Applied nested = atomic(add("./A/x"), new Operation.Atomic(List.of(add("./A/y"))), add("./A/z"));
        assertThat(nested.outcome().status().code()).isEqualTo(507);
        assertThat(codes(nested.parts())).containsExactly(216, 500, 215);
        assertThat(codes(nested.parts().get(1).parts())).containsExactly(215);

        assertThat(codes(atomic(get("./A/one"), add("./A/x")).parts())).containsExactly(500, 215);
        assertThat(codes(atomic(new Operation.Exec(Address.parse("./A/one"), null, null)).parts()))
                .containsExactly(500);
        assertThat(device.has("./A/x")).isFalse();
    }

    @Test
    void an_empty_Atomic_is_done() {
        assertThat(atomic().outcome().status()).isEqualTo(StatusCode.OK);
    }

    @Test
    void without_Atomic_the_answer_is_406_and_nothing_is_executed() {
        Device plain = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.ATOMIC)));
        Applied applied = plain.apply(new Operation.Atomic(List.of(add("./x"))));

        assertThat(applied.outcome().status().code()).isEqualTo(406);
        assertThat(codes(applied.parts())).containsExactly(215);
        assertThat(plain.has("./x")).isFalse();
    }

    @Test
    void later_steps_see_what_earlier_ones_did() {
        assertThat(codes(atomic(add("./A/x/y"), replace("./A/x/y", "z"), replace("./A/x?prop=Name", "w"),
                new Operation.Delete(Address.parse("./A/w/y"))).parts())).containsExactly(200, 200, 200, 200);
        assertThat(device.read("./A/w")).isEmpty();
    }

    @Test
    void a_Sequence_inside_is_part_of_it() {
        Applied good = atomic(new Operation.Sequence(List.of(add("./A/x"), add("./A/y"))));
        assertThat(codes(good.parts())).containsExactly(200);
        assertThat(codes(good.parts().getFirst().parts())).containsExactly(200, 200);

        Applied bad = atomic(add("./A/v"), new Operation.Sequence(List.of(add("./A/w"), add("./A/one"), add("./A/z"))),
                add("./A/u"));
        assertThat(bad.outcome().status().code()).isEqualTo(507);
        assertThat(codes(bad.parts())).containsExactly(216, 216, 215);
        assertThat(codes(bad.parts().get(1).parts())).containsExactly(216, 418, 215);
        assertThat(device.read("./A")).isEqualTo("one/two/x/y");
    }

    @Test
    void an_Atomic_in_a_Sequence_fails_alone() {
        Applied applied = device.apply(new Operation.Sequence(List.of(
                new Operation.Atomic(List.of(add("./A/x"), add("./A/one"))), add("./A/y"))));

        assertThat(codes(applied.parts())).containsExactly(507, 200);
        assertThat(device.read("./A")).isEqualTo("one/two/y");
    }

    // ---- step by step, with the user's answers among the steps

    @Test
    void an_alert_that_succeeds_is_a_step_like_others() {
        AtomicRun run = device.atomic();
        run.step(add("./A/x"));
        run.outside(Outcome.of(StatusCode.OK));
        run.step(add("./A/y"));
        Applied applied = run.finish();

        assertThat(applied.outcome().status().code()).isEqualTo(200);
        assertThat(codes(applied.parts())).containsExactly(200, 200, 200);
    }

    @Test
    void a_No_of_the_user_takes_everything_back() {
        AtomicRun run = device.atomic();
        run.step(add("./A/x"));
        run.outside(Outcome.of(StatusCode.OK));
        run.outside(Outcome.of(StatusCode.NOT_MODIFIED));
        assertThat(run.failed()).isTrue();
        assertThat(run.step(add("./A/y")).outcome().status()).isEqualTo(StatusCode.NOT_EXECUTED);
        Applied applied = run.finish();

        assertThat(applied.outcome().status()).isEqualTo(StatusCode.NOT_EXECUTED);
        assertThat(codes(applied.parts())).containsExactly(216, 216, 304, 215);
        assertThat(applied.tree()).isEqualTo(device.tree);
    }

    @Test
    void a_cancel_does_too_and_a_timeout_is_a_failure() {
        AtomicRun cancelled = device.atomic();
        cancelled.outside(Outcome.of(StatusCode.OPERATION_CANCELLED));
        assertThat(cancelled.finish().outcome().status()).isEqualTo(StatusCode.NOT_EXECUTED);

        AtomicRun late = device.atomic();
        late.outside(Outcome.of(StatusCode.REQUEST_TIMEOUT));
        assertThat(late.finish().outcome().status()).isEqualTo(StatusCode.ATOMIC_FAILED);
    }
}
