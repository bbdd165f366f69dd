package dev.grove.tools.bench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A part of the benchmark that can be run by itself. */
public enum Part {
    /** Sessions of DM 1.2 in WBXML beside a constant answer. */
    WBXML,
    /** The same in XML. */
    XML,
    /** Sessions of DM 2.0 beside a constant answer. */
    DM20,
    /** A server that knows a million devices: sessions, a steady load, memory, start. */
    FLEET,
    /** A TLS handshake for each session beside the TLS library alone. */
    TLS,
    /** Sessions on another store beside those on the embedded one. */
    STORE;

    /** The part by its name, whatever the case of the letters. */
    public static Optional<Part> of(String name) {
        for (Part part : values()) {
            if (part.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** What is run if nothing is named. */
    public static Set<Part> all(boolean hasStore) {
        return hasStore ? EnumSet.allOf(Part.class) : EnumSet.complementOf(EnumSet.of(STORE));
    }

    Protocol protocol() {
        return switch (this) {
            case XML -> Protocol.XML;
            case DM20 -> Protocol.DM20;
            case WBXML, FLEET, TLS, STORE -> Protocol.WBXML;
        };
    }

    /** The name on a command line and in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
