package dev.grove.client.objects;

import dev.grove.dm2.Dm2Objects;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.edit.TreeLimits;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * DevInfo and DevDetail of the machine that the program runs on ([STDOBJ 1.2 §5.3.1, §5.3.2]), with live values below
 * {@code DevDetail/Ext}.
 *
 * @param deviceId the device's name for itself, a URN such as {@code IMEI:493005100592800} or {@code UUID:…}
 * @param dmV version of the DM client, as DevInfo tells it
 * @param deviceType {@code DevTyp}, such as {@code phone}
 * @param limits what {@code DevDetail/URI} tells of the tree
 * @param machine where the values come from
 * @param clock for the local time
 */
public record HostInformation(String deviceId, String dmV, String deviceType, TreeLimits limits, Machine machine,
        InstantSource clock) {

    public static final NodeUri DEV_INFO = NodeUri.parse("./DevInfo");
    public static final NodeUri DEV_DETAIL = NodeUri.parse("./DevDetail");

    public static final NodeUri SESSION_INFO = NodeUri.parse("./SessionInfo");

    private static final String WIRELINE = "3";
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    /** Both objects at their places. */
    public Mounts mounts() {
        return Mounts.NONE.with(DEV_INFO, devInfo()).with(DEV_DETAIL, devDetail());
    }

    /** {@code ./DevInfo}: what a device tells at the beginning of each session. */
    public ManagementObject devInfo() {
        return ReadOnlyObject.of("urn:oma:mo:oma-dm-devinfo:1.0").with("DevId", deviceId)
                .with("Man", known(machine.maker(), System.getProperty("java.vendor", "")))
                .with("Mod", known(machine.model(), System.getProperty("os.name", ""))).with("DmV", dmV)
                .with("Lang", Locale.getDefault().toLanguageTag());
    }

    /** The objects of DM 2.0 at their places ([DM 2.0 §12.1, §12.4]), and {@code ./DevDetail}. */
    public Mounts mountsOfDm2() {
        return Mounts.NONE.with(DEV_INFO, devInfoOfDm2()).with(DEV_DETAIL, devDetail()).with(SESSION_INFO,
                sessionInformation());
    }

    /** {@code ./DevInfo} of DM 2.0. */
    public ManagementObject devInfoOfDm2() {
        return ReadOnlyObject.of(Dm2Objects.DEV_INFO_MOID).with("DevID", deviceId)
                .with("Man", known(machine.maker(), System.getProperty("java.vendor", "")))
                .with("Mod", known(machine.model(), System.getProperty("os.name", ""))).with("DmV", dmV)
                .with("Lang", Locale.getDefault().toLanguageTag()).with("DevType", deviceType)
                .with("OEM", known(machine.maker(), "unknown"))
                .with("FwV", known(machine.firmwareVersion(), System.getProperty("java.version", "")))
                .with("SwV", known(System.getProperty("os.version", ""), "unknown"))
                .with("HwV", known(machine.hardwareVersion(), System.getProperty("os.arch", "")));
    }

    /** Over what the session goes: of a machine with a cable, so it is not roaming ([DM 2.0 §12.4]). */
    public ManagementObject sessionInformation() {
        return ReadOnlyObject.of(Dm2Objects.SESSION_INFO_MOID).with("CBT", Format.INT, () -> WIRELINE)
                .with("ROAMING", Format.INT, () -> "0");
    }

    /** {@code ./DevDetail}: what a device tells when asked. */
    public ReadOnlyObject devDetail() {
        return ReadOnlyObject.of("urn:oma:mo:oma-dm-devdetail:1.0").with("DevTyp", deviceType)
                .with("OEM", known(machine.maker(), "unknown"))
                .with("FwV", known(machine.firmwareVersion(), System.getProperty("java.version", "")))
                .with("SwV", known(System.getProperty("os.version", ""), "unknown"))
                .with("HwV", known(machine.hardwareVersion(), System.getProperty("os.arch", "")))
                .with("LrgObj", Format.BOOL, () -> "true")
                .with("URI/MaxDepth", Integer.toString(limits.maxDepth()))
                .with("URI/MaxTotLen", Integer.toString(limits.maxTotLen()))
                .with("URI/MaxSegLen", Integer.toString(limits.maxSegLen()))
                .with("Ext/Host/Name", Format.CHR, machine::hostName)
                .with("Ext/Host/Processors", Format.INT, () -> "" + Runtime.getRuntime().availableProcessors())
                .with("Ext/Host/MemoryKiB", Format.INT, () -> number(machine.memoryBytes() / KIB))
                .with("Ext/Host/FreeMemoryKiB", Format.INT, () -> number(machine.freeMemoryBytes() / KIB))
                .with("Ext/Host/DiskMiB", Format.INT, () -> number(machine.diskBytes() / MIB))
                .with("Ext/Host/FreeDiskMiB", Format.INT, () -> number(machine.freeDiskBytes() / MIB))
                .with("Ext/Host/UptimeSeconds", Format.INT, () -> number(machine.uptime().toSeconds()))
                .with("Ext/Host/LocalTime", Format.CHR, this::localTime);
    }

    /** {@code ./DevDetail} with the part of Microsoft's extensions that makes sense on any machine. */
    public ReadOnlyObject windowsDevDetail() {
        return devDetail().with("Ext/Microsoft/OSPlatform", System.getProperty("os.name", ""))
                .with("Ext/Microsoft/ProcessorArchitecture", Format.INT, HostInformation::windowsArchitecture)
                .with("Ext/Microsoft/LocalTime", Format.CHR, this::localTime)
                .with("Ext/Microsoft/DeviceName", Format.CHR, machine::hostName)
                .with("Ext/Microsoft/TotalRAM", Format.INT, () -> number(machine.memoryBytes() / MIB))
                .with("Ext/Microsoft/TotalStorage", Format.INT, () -> number(machine.diskBytes() / MIB))
                .with("Ext/Microsoft/FreeStorage", Format.INT, () -> number(machine.freeDiskBytes() / MIB));
    }

    private static String known(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** The format {@code int} ends at 2³¹ − 1 ([TND 1.2 §7.7.2]). */
    private static String number(long number) {
        return Long.toString(Math.clamp(number, 0, Integer.MAX_VALUE));
    }

    /** As in SYSTEM_INFO: 0 is x86, 9 x64, 12 ARM64, 65535 unknown. */
    private static String windowsArchitecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "x86", "i386" -> "0";
            case "amd64", "x86_64" -> "9";
            case "aarch64" -> "12";
            default -> "65535";
        };
    }

    private String localTime() {
        return ZonedDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()).withNano(0)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
