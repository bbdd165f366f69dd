package dev.grove.syncml;

import java.util.Optional;

/** The two spellings of a SyncML document, and their media types ([REPPRO 1.2 §5]). */
public enum Encoding {
    XML("application/vnd.syncml.dm+xml"), WBXML("application/vnd.syncml.dm+wbxml");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type of DM messages, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The encoding that a media type (lower case, without parameters) stands for: those of DM, and those of data
     * synchronization that real clients send.
     */
    public static Optional<Encoding> ofMediaType(String baseMediaType) {
        return switch (baseMediaType) {
            case "application/vnd.syncml.dm+xml", "application/vnd.syncml+xml" -> Optional.of(XML);
            case "application/vnd.syncml.dm+wbxml", "application/vnd.syncml+wbxml" -> Optional.of(WBXML);
            default -> Optional.empty();
        };
    }
}
