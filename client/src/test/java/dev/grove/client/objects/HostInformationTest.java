package dev.grove.client.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.ManagementObject.Change;
import dev.grove.tree.ManagementObject.Live;
import dev.grove.tree.Mounts.Mount;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostInformationTest {

    private final Board board = new Board();
    private final HostInformation host = new HostInformation("IMEI:493005100592800", "1.2", "gateway",
            new TreeLimits(16, 1024, 64, 10_000), board, () -> Instant.parse("2026-11-21T10:00:00Z"));

    private static final class Board implements Machine {
        long freeMemoryBytes = 5_000_000_000L;

        @Override
        public String maker() {
            return "Acme";
        }

        @Override
        public String model() {
            return "";
        }

        @Override
        public String firmwareVersion() {
            return "F1";
        }

        @Override
        public String hardwareVersion() {
            return "H1";
        }

        @Override
        public String hostName() {
            return "box";
        }

        @Override
        public long memoryBytes() {
            return 8L << 30;
        }

        @Override
        public long freeMemoryBytes() {
            return freeMemoryBytes;
        }

        @Override
        public long diskBytes() {
            return 1L << 62;
        }

        @Override
        public long freeDiskBytes() {
            return 1L << 30;
        }

        @Override
        public Duration uptime() {
            return Duration.ofHours(1);
        }
    }

    @Test
    void dev_info_has_the_five_leaves_of_the_standard() {
        ManagementObject devInfo = host.devInfo();

        assertThat(devInfo.read(NodeUri.ROOT)).contains(new Live.Interior("urn:oma:mo:oma-dm-devinfo:1.0",
                List.of("DevId", "Man", "Mod", "DmV", "Lang")));
        assertThat(text(devInfo, "DevId")).isEqualTo("IMEI:493005100592800");
        assertThat(text(devInfo, "Man")).isEqualTo("Acme");
        assertThat(text(devInfo, "Mod")).as("falls back to the system's name").isNotEmpty();
        assertThat(text(devInfo, "DmV")).isEqualTo("1.2");
    }

    @Test
    void dev_detail_tells_limits_and_live_values() {
        ManagementObject detail = host.devDetail();

        assertThat(text(detail, "DevTyp")).isEqualTo("gateway");
        assertThat(text(detail, "URI/MaxDepth")).isEqualTo("16");
        assertThat(text(detail, "URI/MaxTotLen")).isEqualTo("1024");
        assertThat(text(detail, "URI/MaxSegLen")).isEqualTo("64");
        assertThat(detail.read(NodeUri.parse("LrgObj"))).contains(new Live.Leaf(Value.of(Format.BOOL, "true")));
        assertThat(text(detail, "Ext/Host/FreeMemoryKiB")).isEqualTo("4882812");
        board.freeMemoryBytes = 1024;
        assertThat(text(detail, "Ext/Host/FreeMemoryKiB")).isEqualTo("1");
        assertThat(text(detail, "Ext/Host/DiskMiB")).as("a number that int can hold").isEqualTo("2147483647");
        assertThat(text(detail, "Ext/Host/LocalTime")).startsWith("20");
        assertThat(detail.read(NodeUri.parse("Ext/Nothing"))).isEmpty();
    }

    @Test
    void a_windows_machine_tells_more() {
        assertThat(text(host.windowsDevDetail(), "Ext/Microsoft/TotalRAM")).isEqualTo("8192");
        assertThat(text(host.windowsDevDetail(), "Ext/Microsoft/DeviceName")).isEqualTo("box");
    }

    @Test
    void everything_is_described_as_permanent_and_readable_only() {
        for (Mount mount : host.mounts().list()) {
            assertDescribed(mount.object().describe());
            Change change = new Change.Replace(NodeUri.parse("Man"), Value.text("x"));
            assertThat(mount.object().check(change)).isEqualTo(StatusCode.COMMAND_NOT_ALLOWED);
            assertThat(mount.object().apply(change)).isEqualTo(StatusCode.COMMAND_NOT_ALLOWED);
        }
        assertThat(host.devDetail().describe().child("URI").orElseThrow().child("MaxDepth")).isPresent();
    }

    private static void assertDescribed(DescriptionNode node) {
        assertThat(node.access()).containsExactly(Access.GET);
        assertThat(node.scope()).isEqualTo(Scope.PERMANENT);
        node.children().forEach(HostInformationTest::assertDescribed);
    }

    @Test
    void this_very_machine_can_be_asked() {
        Machine here = Machine.here();

        assertThat(here.memoryBytes()).isPositive();
        assertThat(here.freeMemoryBytes()).isBetween(1L, here.memoryBytes());
        assertThat(here.diskBytes()).isPositive();
        assertThat(here.uptime()).isPositive();
        assertThat(here.maker()).doesNotContain("\n");
    }

    private static String text(ManagementObject object, String path) {
        return object.read(NodeUri.parse(path)).map(live -> live instanceof Live.Leaf(Value value) ? value.text() : "")
                .orElseThrow();
    }
}
