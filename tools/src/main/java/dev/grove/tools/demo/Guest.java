package dev.grove.tools.demo;

import dev.grove.auth.Scheme;
import dev.grove.client.DeviceKind;
import dev.grove.syncml.Encoding;
import java.util.List;
import java.util.Locale;

/**
 * A device of the tour.
 *
 * @param name what it is called in the tables
 * @param scheme how it shows who it is, and the server to it
 */
record Guest(String name, String id, DeviceKind kind, Encoding encoding, Scheme scheme) {

    /** One of each kind, with both encodings and every scheme among them. */
    static final List<Guest> ALL = List.of(
            new Guest("oak", "IMEI:490154203237518", DeviceKind.DM11, Encoding.XML, Scheme.BASIC),
            new Guest("birch", "IMEI:356938035643809", DeviceKind.DM12, Encoding.WBXML, Scheme.MD5),
            new Guest("maple", "MAC:00DE51A4E2F0", DeviceKind.DM12, Encoding.XML, Scheme.MAC),
            new Guest("elm", "UUID:6fa459ea-ee8a-3ca4-894e-db77e160355e", DeviceKind.DM13, Encoding.WBXML,
                    Scheme.SHA256),
            new Guest("willow", "6A9D1B0C5E8F4A2D9C3B7E1F0A5D8C2B", DeviceKind.WINDOWS, Encoding.XML, Scheme.MD5),
            new Guest("rowan", "MEID:A1000009296F2E", DeviceKind.DM20, Encoding.XML, Scheme.BASIC));

    /** The user name and password are nothing to hide here: they live as long as the demonstration. */
    String secret() {
        return name + "-secret";
    }

    String serverSecret() {
        return name + "-server-secret";
    }

    boolean isDm2() {
        return kind == DeviceKind.DM20;
    }

    /** Where it calls at a server. */
    String path() {
        return isDm2() ? "/dm2" : "/dm";
    }

    boolean isWindows() {
        return kind == DeviceKind.WINDOWS;
    }

    /** In words, such as {@code DM 1.2 in WBXML, MD5}. */
    String description() {
        String spoken = switch (kind) {
            case DM11 -> "DM 1.1.2";
            case DM12 -> "DM 1.2";
            case DM13 -> "DM 1.3";
            case DM20 -> "DM 2.0";
            case WINDOWS -> "Windows";
        };
        return isDm2() ? spoken + " in JSON, HTTP Digest"
                : spoken + " in " + encoding + ", " + scheme.name().toLowerCase(Locale.ROOT);
    }
}
