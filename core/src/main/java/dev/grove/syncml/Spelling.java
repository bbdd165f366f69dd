package dev.grove.syncml;

/**
 * How a message is written.
 *
 * @param encoding XML or WBXML
 * @param textualPublicId whether WBXML names its document type by text in a string table instead of by number: some
 *     old devices expect it ([WBXML 1.3 §5.5])
 */
public record Spelling(Encoding encoding, boolean textualPublicId) {

    public static Spelling of(Encoding encoding) {
        return new Spelling(encoding, false);
    }
}
