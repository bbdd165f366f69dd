package dev.grove.dm1.exchange;

import dev.grove.tree.Format;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A variant of the protocol: what may be said to a device of this kind, what is assumed of it, and its quirks. The
 * engines ask the profile and never for the kind of device.
 *
 * @param name for people and for stored sessions, such as {@code DM 1.2}
 * @param verDtd what the server and client of this profile write in {@code VerDTD}
 * @param verProto what they write in {@code VerProto}
 * @param commands names of the commands that a server may send
 * @param formats node formats that the peer knows
 * @param relativeAddressing whether {@code TargetParent} may be used ([DMPRO 1.3 §5.2])
 * @param correlators whether Exec may carry a {@code Correlator}
 * @param reportedTrees the sub-trees that a client may tell of by Replace of its own accord
 * @param assumedMaxMsgSizeBytes the longest message for a device that announces no limit
 * @param quirks see {@link Quirk}
 */
public record Profile(String name, String verDtd, String verProto, Set<String> commands, Set<Format> formats,
        boolean relativeAddressing, boolean correlators, List<String> reportedTrees, long assumedMaxMsgSizeBytes,
        Set<Quirk> quirks) {

    /** "The sender of a message is free" where no limit was announced ([DMPRO 1.3 §7]). */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private static final Set<String> ALL_COMMANDS = Set.of("Add", "Replace", "Delete", "Copy", "Get", "Exec", "Alert",
            "Atomic", "Sequence");
    private static final Set<String> WINDOWS_COMMANDS = Set.of("Add", "Replace", "Delete", "Get", "Exec", "Atomic",
            "Sequence");
    private static final Set<Format> ALL_FORMATS = EnumSet.allOf(Format.class);
    private static final Set<Format> FORMATS_1_1 = EnumSet.complementOf(
            EnumSet.of(Format.DATE, Format.TIME, Format.FLOAT));
    private static final List<String> DEV_INFO_AND_DETAIL = List.of("./DevInfo", "./DevDetail");

    /** OMA DM 1.1.2 over SyncML 1.1. */
    public static final Profile DM_1_1 = new Profile("DM 1.1", "1.1", "DM/1.1", ALL_COMMANDS, FORMATS_1_1, false,
            false, DEV_INFO_AND_DETAIL, NO_LIMIT, Set.of());

    /** OMA DM 1.2. */
    public static final Profile DM_1_2 = new Profile("DM 1.2", "1.2", "DM/1.2", ALL_COMMANDS, ALL_FORMATS, false, true,
            DEV_INFO_AND_DETAIL, NO_LIMIT, Set.of());

    /** OMA DM 1.3. */
    public static final Profile DM_1_3 = new Profile("DM 1.3", "1.2", "DM/1.3", ALL_COMMANDS, ALL_FORMATS, true, true,
            DEV_INFO_AND_DETAIL, NO_LIMIT, Set.of());

    /** MS-MDM: Windows 10 and 11 as the specification and the field have it. */
    public static final Profile WINDOWS = new Profile("Windows", "1.2", "DM/1.2", WINDOWS_COMMANDS, ALL_FORMATS, false,
            false, List.of("./DevInfo", "./DevDetail", "./Vendor/MSFT/DMClient", "./Device/Vendor/MSFT/DMClient"),
            512 << 10, EnumSet.allOf(Quirk.class));

    public static final List<Profile> ALL = List.of(DM_1_1, DM_1_2, DM_1_3, WINDOWS);

    public Profile {
        commands = Set.copyOf(commands);
        formats = Set.copyOf(formats);
        reportedTrees = List.copyOf(reportedTrees);
        quirks = Set.copyOf(quirks);
    }

    /** This profile for a device that has not these habits. */
    public Profile without(Quirk... gone) {
        Set<Quirk> kept = new HashSet<>(quirks);
        List.of(gone).forEach(kept::remove);
        return new Profile(name, verDtd, verProto, commands, formats, relativeAddressing, correlators, reportedTrees,
                assumedMaxMsgSizeBytes, kept);
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
