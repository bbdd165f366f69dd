package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live parts of the tree behind the port {@link dev.grove.tree.ManagementObject}. */
class MountedObjectsTest {

    private final FakeSettings settings = new FakeSettings();
    private final Device device = Device.open(TreeSetup.of(TreeRules.OMA)
            .with(Mounts.NONE.with(NodeUri.parse("./Vendor/Settings"), settings))).leaf("./plain", "p");

    @BeforeEach
    void fill() {
        settings.values.put("one", "1");
        settings.values.put("two", "2");
    }

    @Test
    void a_leaf_is_read_from_its_object_each_time() {
        assertThat(device.read("./Vendor/Settings/one")).isEqualTo("1");
        settings.values.put("one", "changed by the user");
        assertThat(device.read("./Vendor/Settings/one")).isEqualTo("changed by the user");
        assertThat(device.get("./Vendor/Settings/none")).isEqualTo(404);
    }

    @Test
    void only_what_is_asked_for_is_read() {
        device.read("./Vendor/Settings/one");
        assertThat(settings.diary).containsExactly("read .", "read ./one");
        settings.diary.clear();
        device.read("./plain");
        assertThat(settings.diary).isEmpty();
    }

    @Test
    void children_and_sub_trees_show_what_is_there_now() {
        assertThat(device.read("./Vendor/Settings")).isEqualTo("one/two/Secret/Runs");
        assertThat(device.read(".")).isEqualTo("plain/Vendor");
        Outcome outcome = device.outcome(new Operation.Get(Address.parse("./Vendor?list=StructData")));
        assertThat(outcome.results()).extracting(Outcome.Result::uri).containsExactly("./Vendor", "./Vendor/Settings",
                "./Vendor/Settings/one", "./Vendor/Settings/two", "./Vendor/Settings/Runs");
        assertThat(outcome.results().get(1).value().type()).isEqualTo("urn:test:settings:1.0");
        assertThat(outcome.results().get(2).value()).isEqualTo(Value.text("1"));
    }

    @Test
    void a_secret_is_not_read() {
        assertThat(device.get("./Vendor/Settings/Secret")).isEqualTo(405);
    }

    @Test
    void changes_reach_the_object_after_it_was_asked() {
        assertThat(device.replace("./Vendor/Settings/one", "11")).isEqualTo(200);
        assertThat(device.add("./Vendor/Settings/three", "3")).isEqualTo(200);
        assertThat(device.delete("./Vendor/Settings/two")).isEqualTo(200);
        assertThat(device.replace("./Vendor/Settings/three?prop=Name", "drei")).isEqualTo(200);

        assertThat(settings.values).containsOnly(Map.entry("one", "11"), Map.entry("drei", "3"));
        assertThat(settings.diary.stream().filter(entry -> !entry.startsWith("read"))).containsExactly(
                "check replace one=11", "apply replace one=11", "check add three=3", "apply add three=3",
                "check delete two", "apply delete two", "check rename three>drei", "apply rename three>drei");
    }

    @Test
    void what_the_object_refuses_is_the_outcome_and_nothing_changes() {
        settings.refusedByCheck.put("one", StatusCode.FORBIDDEN);
        assertThat(device.replace("./Vendor/Settings/one", "11")).isEqualTo(403);
        settings.failingInApply.put("add three=3", StatusCode.DEVICE_FULL);
        assertThat(device.add("./Vendor/Settings/three", "3")).isEqualTo(420);
        assertThat(device.has("./Vendor/Settings/three")).isFalse();
        assertThat(settings.values).hasSize(2);
    }

    @Test
    void the_object_is_not_asked_for_what_the_library_refuses() {
        device.acl("./plain", "Get=*");
        device.acl(".", "Get=*");
        assertThat(device.replace("./Vendor/Settings/one", "11")).isEqualTo(425);
        assertThat(device.add("./Vendor/Settings/Runs/x", "")).isEqualTo(425);
        assertThat(settings.diary).noneMatch(entry -> entry.startsWith("check"));
    }

    @Test
    void lists_titles_and_versions_of_live_nodes_are_kept_by_the_library() {
        assertThat(device.replace("./Vendor/Settings/one?prop=Title", "The one")).isEqualTo(200);
        assertThat(device.replace("./Vendor/Settings?prop=ACL", "Get=*&Replace=A")).isEqualTo(200);
        settings.values.put("one", "new");

        assertThat(device.read("./Vendor/Settings/one?prop=Title")).isEqualTo("The one");
        assertThat(device.read("./Vendor/Settings?prop=ACL")).isEqualTo("Get=*&Replace=A");
        assertThat(device.as("B").replace("./Vendor/Settings/one", "x")).isEqualTo(425);
        assertThat(settings.diary).noneMatch(entry -> entry.startsWith("check"));
    }

    @Test
    void a_value_that_the_device_changed_is_a_new_version() {
        device.replace("./Vendor/Settings/one", "11");
        assertThat(device.read("./Vendor/Settings/one?prop=VerNo")).isEqualTo("1");
        settings.values.put("one", "by the user");
        assertThat(device.read("./Vendor/Settings/one?prop=VerNo")).isEqualTo("2");
        assertThat(device.read("./Vendor/Settings/two?prop=VerNo")).isEqualTo("0");
    }

    @Test
    void the_mount_point_is_permanent_and_so_is_its_way_there() {
        assertThat(device.delete("./Vendor/Settings")).isEqualTo(405);
        assertThat(device.delete("./Vendor")).isEqualTo(405);
        assertThat(device.replace("./Vendor/Settings?prop=Name", "S")).isEqualTo(405);
        assertThat(settings.values).hasSize(2);
    }

    @Test
    void an_object_that_has_gone_is_not_there() {
        settings.present = false;
        assertThat(device.get("./Vendor/Settings/one")).isEqualTo(404);
        assertThat(device.get("./Vendor/Settings")).isEqualTo(404);
    }

    @Test
    void Exec_reaches_the_object_with_argument_and_correlator() {
        var exec = new Operation.Exec(Address.parse("./Vendor/Settings/Runs"), Value.text("go"), "c1");
        assertThat(device.status(exec)).isEqualTo(200);
        settings.execStatus = StatusCode.ACCEPTED_FOR_PROCESSING;
        assertThat(device.status(exec)).isEqualTo(202);
        assertThat(settings.applied()).containsExactly("exec ./Runs go c1", "exec ./Runs go c1");
        assertThat(device.exec("./Vendor/Settings/one")).as("no Exec in its access type").isEqualTo(405);
        assertThat(device.exec("./Vendor/Settings/none")).isEqualTo(404);
    }

    @Test
    void an_object_is_found_by_its_identifier_without_reading_its_leaves() {
        var where = List.of(new Address.Condition(NodeUri.parse("one"), "1"));
        var two = new Address.Relative(NodeUri.ROOT, "urn:test:settings:1.0", where, NodeUri.parse("two"),
                Address.ITSELF);
        assertThat(device.status(new Operation.Replace(two, Value.text("22")))).isEqualTo(200);
        assertThat(settings.values).containsEntry("two", "22");
        assertThat(settings.diary).contains("read ./one", "read ./two").doesNotContain("read ./Secret");
    }

    // ---- Atomic

    @Test
    void an_Atomic_applies_all_at_the_end() {
        Applied applied = device.apply(new Operation.Atomic(List.of(replace("one", "11"), add("three", "3"),
                new Operation.Replace(Address.parse("./plain"), Value.text("q")))));

        assertThat(applied.outcome().status().code()).isEqualTo(200);
        assertThat(settings.applied()).containsExactly("apply replace one=11", "apply add three=3");
        assertThat(device.read("./plain")).isEqualTo("q");
    }

    @Test
    void later_steps_see_what_earlier_ones_did_though_the_object_does_not_know_yet() {
        Applied applied = device.apply(new Operation.Atomic(List.of(add("three", "3"), replace("three", "33"),
                new Operation.Delete(address("one")), add("one", "neu"))));

        assertThat(codes(applied)).containsExactly(200, 200, 200, 200);
        assertThat(settings.values).containsOnly(Map.entry("two", "2"), Map.entry("three", "33"),
                Map.entry("one", "neu"));
    }

    @Test
    void an_Atomic_that_fails_early_touches_no_object() {
        Applied applied = device.apply(new Operation.Atomic(List.of(replace("one", "11"),
                new Operation.Delete(Address.parse("./nothing")), add("three", "3"))));

        assertThat(applied.outcome().status().code()).isEqualTo(507);
        assertThat(codes(applied)).containsExactly(216, 404, 215);
        assertThat(settings.applied()).isEmpty();
    }

    @Test
    void a_check_that_refuses_fails_the_Atomic_at_its_place() {
        settings.refusedByCheck.put("two", StatusCode.FORBIDDEN);
        Applied applied = device
                .apply(new Operation.Atomic(List.of(replace("one", "11"), replace("two", "22"), add("three", "3"))));

        assertThat(codes(applied)).containsExactly(216, 403, 215);
        assertThat(settings.applied()).isEmpty();
    }

    @Test
    void an_apply_that_fails_takes_back_what_was_applied_last_first() {
        settings.failingInApply.put("add three=3", StatusCode.COMMAND_FAILED);
        var before = device.tree;
        Applied applied = device.apply(new Operation.Atomic(List.of(replace("one", "11"),
                new Operation.Delete(address("two")), add("three", "3"), add("four", "4"))));

        assertThat(applied.outcome().status().code()).isEqualTo(507);
        assertThat(codes(applied)).containsExactly(216, 216, 500, 215);
        assertThat(settings.applied()).containsExactly("apply replace one=11", "apply delete two",
                "apply add three=3 fails", "apply add two=2", "apply replace one=1");
        assertThat(settings.values).containsOnly(Map.entry("one", "1"), Map.entry("two", "2"));
        assertThat(device.tree).isEqualTo(before);
    }

    @Test
    void what_cannot_be_taken_back_is_516() {
        settings.failingInApply.put("add three=3", StatusCode.COMMAND_FAILED);
        settings.failingInApply.put("replace one=1", StatusCode.COMMAND_FAILED);
        Applied applied = device.apply(new Operation.Atomic(List.of(replace("one", "11"), replace("two", "22"),
                replace("Secret", "new"), add("three", "3"))));

        assertThat(applied.outcome().status().code()).isEqualTo(507);
        assertThat(codes(applied)).as("the object fails, and a secret cannot be restored")
                .containsExactly(516, 216, 516, 500);
    }

    @Test
    void on_Windows_an_Exec_may_stand_in_an_Atomic_and_runs_at_its_end() {
        Device windows = Device.open(TreeSetup.of(TreeRules.WINDOWS)
                .with(Mounts.NONE.with(NodeUri.parse("./Vendor/Settings"), settings)));
        settings.execStatus = StatusCode.ACCEPTED_FOR_PROCESSING;
        Applied applied = windows.apply(new Operation.Atomic(List.of(
                new Operation.Exec(address("Runs"), null, null), add("three", "3"))));

        assertThat(codes(applied)).containsExactly(202, 200);
        assertThat(settings.applied()).containsExactly("exec ./Runs - null", "apply add three=3");
    }

    private static Address address(String name) {
        return Address.parse("./Vendor/Settings/" + name);
    }

    private static Operation add(String name, String text) {
        return new Operation.Add(address(name), Value.text(text));
    }

    private static Operation replace(String name, String text) {
        return new Operation.Replace(address(name), Value.text(text));
    }

    private static List<Integer> codes(Applied applied) {
        return applied.parts().stream().map(part -> part.outcome().status().code()).toList();
    }
}
