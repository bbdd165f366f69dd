package dev.grove.auth;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The Basic scheme of HTTP ([RFC 7617]): name and password in base64, no more secret than the line they travel on. */
public final class HttpBasic {

    /** The name of the scheme. */
    public static final String SCHEME = "Basic";

    private static final int MAX_CHARS = 4096;

    private HttpBasic() {}

    /** The value of {@code Authorization}; name and password in UTF-8. */
    public static String print(HttpLogin login) {
        return SCHEME + " " + Bytes.utf8(login.userName() + ":" + login.password()).base64();
    }

    /** The value of {@code WWW-Authenticate}. */
    public static String challenge(String realm) {
        return SCHEME + " realm=" + HttpChallenge.quoted(realm) + ", charset=\"UTF-8\"";
    }

    /**
     * Reads the value of {@code Authorization}. What is not UTF-8 is read as ISO 8859-1, which older clients write.
     *
     * @throws Malformed if it is no Basic credentials
     */
    public static HttpLogin parse(String value) throws Malformed {
        String text = value.strip();
        if (text.length() > MAX_CHARS) {
            throw malformed("the credentials are longer than " + MAX_CHARS + " characters");
        }
        if (!text.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)) {
            throw malformed("the scheme is not Basic");
        }
        String pair = pair(text.substring(SCHEME.length() + 1));
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw malformed("a colon stands between user name and password");
        }
        if (pair.chars().anyMatch(Character::isISOControl)) {
            throw malformed("user name and password hold no control characters");
        }
        return new HttpLogin(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String pair(String base64) throws Malformed {
        byte[] octets;
        try {
            octets = Bytes.base64(base64).toArray();
        } catch (IllegalArgumentException notBase64) {
            throw malformed("the credentials are base64");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    private static Malformed malformed(String rule) {
        return new Malformed(-1, "Authorization", rule + " (RFC 7617 2)");
    }
}
