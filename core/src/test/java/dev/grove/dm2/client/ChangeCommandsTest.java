package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.client.Dm2Memory.PendingExec;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** DELETE and EXEC, with their statuses ([DM 2.0 §5.3.4, §5.3.5, §5.4.1, C]). */
class ChangeCommandsTest {

    private final TestDevice device = new TestDevice();

    private static String delete(String uri) {
        return "[\"DELETE\",\"" + uri + "\"]";
    }

    private static String exec(String uri) {
        return "[\"EXEC\",\"" + uri + "\"]";
    }

    // ---- DELETE

    @Test
    @Tag("DM-PACK-017-C-M")
    void deletes_a_node_with_all_below_it() {
        assertThat(device.status(delete(TestDevice.DCMO + "/cam/"))).isEqualTo(200);
        assertThat(device.has("./Cap/cam")).isFalse();
        assertThat(device.status(delete(TestDevice.DCMO + "/cam/"))).isEqualTo(404);
    }

    @Test
    @Tag("DM-PACK-017-C-M")
    void deletes_all_that_a_wildcard_means_or_nothing() {
        assertThat(device.status(delete(TestDevice.DCMO + "/*/Enabled"))).isEqualTo(200);
        assertThat(device.has("./Cap/cam/Enabled")).isFalse();
        Tree before = device.tree;
        assertThat(device.status(delete(TestDevice.RADIO + "//*"))).isEqualTo(405);
        assertThat(device.tree).isEqualTo(before);
    }

    @Test
    @Tag("DM-PACK-017-C-M")
    @Tag("DM-OBJ-012-C-M")
    void does_not_delete_what_is_permanent() {
        assertThat(device.status(delete(TestDevice.RADIO + "//Name"))).isEqualTo(405);
        assertThat(device.status(delete(TestDevice.DEV_INFO + "//"))).isEqualTo(405);
        assertThat(device.status(delete(TestDevice.WORK + "//Run"))).isEqualTo(405);
    }

    @Test
    @Tag("DM-MEC-001-C-O")
    void does_not_delete_without_the_right() {
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of("*")));
        assertThat(device.status(delete(TestDevice.DCMO + "/cam/"))).isEqualTo(403);
        assertThat(device.has("./Cap/cam")).isTrue();
    }

    @Test
    @Tag("DM-MEC-001-C-O")
    void forgets_the_rules_of_what_is_deleted() {
        device.delegating("dms1");
        assertThat(device.status(delete(TestDevice.DCMO + "/cam/"))).isEqualTo(200);
        assertThat(device.rules().has(TestDevice.DCMO, "cam")).isFalse();
        assertThat(device.rules().has(TestDevice.DCMO, "mic")).isTrue();
    }

    // ---- EXEC

    @Test
    @Tag("DM-PACK-018-C-M")
    @Tag("DM-PACK-027-C-M")
    void executes_and_tells_the_end_at_once() {
        assertThat(device.status(exec(TestDevice.WORK + "//Now"))).isEqualTo(200);
        assertThat(device.work.correlators).hasSize(1);
        assertThat(device.memory.execs()).isEmpty();
    }

    @Test
    @Tag("DM-PACK-028-C-M")
    void remembers_what_tells_its_end_later() {
        assertThat(device.status(exec(TestDevice.WORK + "//Run"))).isEqualTo(202);
        assertThat(device.memory.execs()).containsOnlyKeys(device.work.correlators.getFirst()).containsValue(
                new PendingExec("dms1", TestDevice.WORK + "/Work/Run", ""));
    }

    @Test
    @Tag("DM-PACK-028-C-M")
    void answers_202_and_tells_the_end_by_an_alert_when_an_address_is_given() {
        String to = "https://dms1.example.com/done?d=[DevID]";
        assertThat(device.status("[\"EXEC\",\"" + TestDevice.WORK + "//Now\",\"" + to + "\"]")).isEqualTo(202);
        String correlator = device.work.correlators.getFirst();
        assertThat(device.facts).contains(
                new Dm2Fact.ExecEnded(correlator, NodeUri.parse("./Work/Now"), StatusCode.OK));
        assertThat(device.memory.execs().get(correlator)).isEqualTo(new PendingExec("dms1",
                TestDevice.WORK + "/Work/Now", "https://dms1.example.com/done?d=IMEI:493005100592800"));
        assertThat(device.status("[\"EXEC\",\"" + TestDevice.WORK + "//Refuse\",\"" + to + "\"]")).isEqualTo(202);
        assertThat(device.facts).contains(new Dm2Fact.ExecEnded(device.work.correlators.getLast(),
                NodeUri.parse("./Work/Refuse"), new StatusCode(1401)));
    }

    @Test
    @Tag("DM-PACK-018-C-M")
    void passes_on_what_the_object_answers() {
        assertThat(device.status(exec(TestDevice.WORK + "//Refuse"))).isEqualTo(1401);
        assertThat(device.status(exec(TestDevice.WORK + "//User"))).isEqualTo(Dm2Status.USER_REJECTED.code());
    }

    @Test
    @Tag("DM-PACK-018-C-M")
    @Tag("DM-OBJ-012-C-M")
    void does_not_execute_what_is_no_exec() {
        assertThat(device.status(exec(TestDevice.RADIO + "//Name"))).isEqualTo(405);
        assertThat(device.status(exec(TestDevice.DCMO + "/cam/"))).isEqualTo(405);
        assertThat(device.status(exec(TestDevice.WORK + "//Nope"))).isEqualTo(404);
        assertThat(device.status(exec(TestDevice.WORK + "//*"))).isEqualTo(400);
        assertThat(device.work.correlators).isEmpty();
        assertThat(device.memory.execs()).isEmpty();
    }

    @Test
    @Tag("DM-MEC-001-C-O")
    void does_not_execute_without_the_right_nor_report_to_strangers() {
        assertThat(device.status("[\"EXEC\",\"" + TestDevice.WORK + "//Now\",\"https://evil.example/\"]"))
                .isEqualTo(403);
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of("*")));
        assertThat(device.status(exec(TestDevice.WORK + "//Now"))).isEqualTo(403);
        assertThat(device.work.correlators).isEmpty();
    }
}
