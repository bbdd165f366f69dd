package dev.grove.tools.inspect;

import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a file turned out to hold, told by its bytes alone: XML in any of its encodings, WBXML, or either of them
 * written as hexadecimal digits (plain, or a dump of {@code xxd}, {@code hexdump} or {@code od}) or as base64.
 *
 * @param document the document itself
 * @param encoding how it is written
 * @param wrapping what it was wrapped in
 */
public record Input(Bytes document, Encoding encoding, Wrapping wrapping) {

    /** What a document can be wrapped in. */
    public enum Wrapping {
        NONE, HEX, BASE64
    }

    // No WBXML is older than 1.0 or newer than 1.3, and no text begins with these bytes.
    private static final int HIGHEST_WBXML_VERSION = 3;

    /**
     * Recognises a document.
     *
     * @throws Malformed if it is none of the above
     */
    public static Input of(Bytes file) throws Malformed {
        Optional<Encoding> plain = encoding(file);
        if (plain.isPresent()) {
            return new Input(file, plain.get(), Wrapping.NONE);
        }
        String text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
        Optional<Input> unwrapped = HexText.parse(text).flatMap(bytes -> wrapped(bytes, Wrapping.HEX))
                .or(() -> base64(text).flatMap(bytes -> wrapped(bytes, Wrapping.BASE64)));
        return unwrapped.orElseThrow(() -> new Malformed(0, "", file.isEmpty()
                ? "a document is not empty"
                : "a document begins as XML (with <) or WBXML (with 00 to 03), or is one of these as hex or base64"));
    }

    private static Optional<Input> wrapped(Bytes bytes, Wrapping wrapping) {
        return encoding(bytes).map(encoding -> new Input(bytes, encoding, wrapping));
    }

    private static Optional<Encoding> encoding(Bytes bytes) {
        int first = octet(bytes, 0);
        int second = octet(bytes, 1);
        boolean isUtf16 = (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE)
                || (first == 0 && second == '<');
        if (isUtf16 || firstCharacter(bytes) == '<') {
            return Optional.of(Encoding.XML);
        }
        return first >= 0 && first <= HIGHEST_WBXML_VERSION ? Optional.of(Encoding.WBXML) : Optional.empty();
    }

    /** The first character after a byte order mark of UTF-8 and white space. */
    private static int firstCharacter(Bytes bytes) {
        int at = octet(bytes, 0) == 0xEF && octet(bytes, 1) == 0xBB && octet(bytes, 2) == 0xBF ? 3 : 0;
        while (isSpace(octet(bytes, at))) {
            at++;
        }
        return octet(bytes, at);
    }

    private static boolean isSpace(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private static int octet(Bytes bytes, int index) {
        return index < bytes.length() ? bytes.at(index) & 0xFF : -1;
    }

    private static Optional<Bytes> base64(String text) {
        try {
            return Optional.of(Bytes.base64(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
