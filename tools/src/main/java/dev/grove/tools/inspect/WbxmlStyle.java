package dev.grove.tools.inspect;

/**
 * How WBXML is written.
 *
 * @param minorVersion 1, 2 or 3: WBXML 1.1, 1.2 or 1.3
 * @param textualPublicId whether the document type is named by text, as some old devices expect
 */
public record WbxmlStyle(int minorVersion, boolean textualPublicId) {

    /** WBXML 1.3, the document type by its number. */
    public static final WbxmlStyle USUAL = new WbxmlStyle(3, false);

    public WbxmlStyle {
        if (minorVersion < 1 || minorVersion > 3) {
            throw new IllegalArgumentException("WBXML 1." + minorVersion + " is none of 1.1, 1.2 and 1.3");
        }
    }
}
