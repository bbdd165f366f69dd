package dev.grove.dm1.exchange;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.util.Locale;
import java.util.Optional;

/** Finds out from a device's first message what kind of device it is. */
public final class Recognition {

    private static final String WINDOWS_AGENT = "MSFT OMA DM Client";

    private Recognition() {}

    /** What the versions of a header come to. */
    public sealed interface Version {

        /** One that Grove speaks. */
        record Known(Profile profile) implements Version {}

        /** None of ours: 505 for {@code VerDTD}, 513 for {@code VerProto}. */
        record Refused(StatusCode status, String reason) implements Version {}
    }

    /**
     * Judges {@code VerDTD} and {@code VerProto}. The protocol decides: devices are met that write another
     * {@code VerDTD} than the one that belongs to it.
     */
    public static Version version(SyncHdr header) {
        String dtd = header.verDtd().strip();
        if (!dtd.equals("1.2") && !dtd.equals("1.1")) {
            return new Version.Refused(StatusCode.DTD_VERSION_NOT_SUPPORTED,
                    "VerDTD is neither 1.1 nor 1.2 (REPPRO 6.1)");
        }
        String proto = header.verProto().strip().toUpperCase(Locale.ROOT);
        for (Profile profile : Profile.ALL) {
            String ours = profile.verProto();
            if (proto.equals(ours) || proto.startsWith(ours + ".")) {
                return new Version.Known(profile);
            }
        }
        return new Version.Refused(StatusCode.PROTOCOL_VERSION_NOT_SUPPORTED,
                "VerProto is none of DM/1.1, DM/1.2, DM/1.3 (DMPRO 12)");
    }

    /**
     * The profile of a device whose version is known. Windows says DM/1.2 and is told by its user agent, by the query
     * that it adds to the address, by a header field of its own, or by the types of its client events ([MS-MDM §2.1]).
     *
     * @param url where the message was sent, with the query
     */
    public static Profile profile(Profile byVersion, Packet packet, Message message, String url) {
        if (!byVersion.equals(Profile.DM_1_2)) {
            return byVersion;
        }
        boolean isWindows = hasWindowsAgent(packet) || packet.headers().first("MDM-GenericAlert").isPresent()
                || url.toLowerCase(Locale.ROOT).contains("platform=woa") || hasWindowsEvent(message);
        return isWindows ? Profile.WINDOWS : byVersion;
    }

    private static boolean hasWindowsAgent(Packet packet) {
        Optional<String> agent = packet.headers().first("User-Agent");
        return agent.isPresent() && agent.get().regionMatches(true, 0, WINDOWS_AGENT, 0, WINDOWS_AGENT.length());
    }

    private static boolean hasWindowsEvent(Message message) {
        for (Command command : message.body()) {
            if (command instanceof Alert alert) {
                for (Item item : alert.items()) {
                    String type = item.meta().type();
                    if (type != null && type.startsWith("com.microsoft/MDM/")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
