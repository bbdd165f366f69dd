package dev.grove.client.objects;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a program can find out about the machine it runs on. Everything may be unknown; then the text is empty, the
 * number 0. */
public interface Machine {

    String maker();

    String model();

    String firmwareVersion();

    String hardwareVersion();

    String hostName();

    /** Memory of the whole machine, in bytes. */
    long memoryBytes();

    long freeMemoryBytes();

    /** The disk that the program's working folder is on, in bytes. */
    long diskBytes();

    long freeDiskBytes();

    /** Since the machine was started. */
    Duration uptime();

    /** The machine that this program runs on. */
    static Machine here() {
        return new Here();
    }

    /** Reads Linux's description of the board where there is one, and asks the virtual machine otherwise. */
    final class Here implements Machine {

        private static final Path BOARD = Path.of("/sys/class/dmi/id");
        private static final Path UPTIME = Path.of("/proc/uptime");

        @Override
        public String maker() {
            return board("sys_vendor");
        }

        @Override
        public String model() {
            return board("product_name");
        }

        @Override
        public String firmwareVersion() {
            return board("bios_version");
        }

        @Override
        public String hardwareVersion() {
            return board("product_version");
        }

        @Override
        public String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unnamed) {
                return "";
            }
        }

        @Override
        public long memoryBytes() {
            return system().getTotalMemorySize();
        }

        @Override
        public long freeMemoryBytes() {
            return system().getFreeMemorySize();
        }

        @Override
        public long diskBytes() {
            try {
                return disk().getTotalSpace();
            } catch (IOException unknown) {
                return 0;
            }
        }

        @Override
        public long freeDiskBytes() {
            try {
                return disk().getUsableSpace();
            } catch (IOException unknown) {
                return 0;
            }
        }

        @Override
        public Duration uptime() {
            String seconds = firstWord(UPTIME);
            return seconds.matches("[0-9]+(\\.[0-9]+)?")
                    ? Duration.ofSeconds((long) Double.parseDouble(seconds))
                    : Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        }

        private static com.sun.management.OperatingSystemMXBean system() {
            return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        }

        private static FileStore disk() throws IOException {
            return Files.getFileStore(Path.of("").toAbsolutePath());
        }

        private static String board(String name) {
            return text(BOARD.resolve(name));
        }

        private static String firstWord(Path file) {
            String text = text(file);
            int blank = text.indexOf(' ');
            return blank < 0 ? text : text.substring(0, blank);
        }

        private static String text(Path file) {
            try {
                return Files.isReadable(file) ? Files.readString(file).strip() : "";
            } catch (IOException unreadable) {
                return "";
            }
        }
    }
}
