package dev.grove.tools.simulate;

import dev.grove.client.DeviceKind;
import dev.grove.syncml.Encoding;
import java.util.Locale;
import java.util.Optional;

/** What simulated devices are: a kind of device and how it spells its messages. */
enum Breed {
    /** DM 1.1.2 in WBXML, as the oldest phones. */
    DM11("dm11", DeviceKind.DM11, Encoding.WBXML),
    /** DM 1.2 in XML. */
    DM12("dm12", DeviceKind.DM12, Encoding.XML),
    /** DM 1.2 in WBXML, as most phones. */
    DM12_WBXML("dm12-wbxml", DeviceKind.DM12, Encoding.WBXML),
    /** DM 1.3 in XML. */
    DM13("dm13", DeviceKind.DM13, Encoding.XML),
    /** Windows, which speaks XML. */
    WINDOWS("windows", DeviceKind.WINDOWS, Encoding.XML),
    /** DM 2.0; its encoding is that of JSON. */
    DM20("dm20", DeviceKind.DM20, Encoding.XML);

    private final String word;
    private final DeviceKind kind;
    private final Encoding encoding;

    Breed(String word, DeviceKind kind, Encoding encoding) {
        this.word = word;
        this.kind = kind;
        this.encoding = encoding;
    }

    /** The breed by its word on a command line, whatever the case of the letters. */
    static Optional<Breed> of(String word) {
        for (Breed breed : values()) {
            if (breed.word.equals(word.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(breed);
            }
        }
        return Optional.empty();
    }

    DeviceKind kind() {
        return kind;
    }

    Encoding encoding() {
        return encoding;
    }

    /** The word on a command line. */
    @Override
    public String toString() {
        return word;
    }
}
