package dev.grove.auth;

import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.auth.HttpDigest.Use;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client proves by {@code Authorization: Digest} ([RFC 7616 §3.4]).
 *
 * @param userName in the clear, or its hash
 * @param isNameHashed whether {@code userName} is a hash ({@code userhash})
 * @param uri the request target for which it was made
 * @param response the proof, in hexadecimal digits
 * @param opaque as it stood in the challenge; absent if there was none
 * @param use how often the nonce was used; absent in the form of [RFC 2069]
 * @param hasQop whether {@code use} goes into the proof as {@code qop=auth} wants it
 */
public record HttpDigestAnswer(String userName, boolean isNameHashed, String realm, String nonce, String uri,
        Algorithm algorithm, String response, @Nullable String opaque, @Nullable Use use, boolean hasQop) {

    private static final String PATH = "Authorization";

    HttpDigestAnswer withResponse(String proof) {
        return new HttpDigestAnswer(userName, isNameHashed, realm, nonce, uri, algorithm, proof, opaque, use, hasQop);
    }

    HttpDigestAnswer withHashedName(String hash) {
        return new HttpDigestAnswer(hash, true, realm, nonce, uri, algorithm, response, opaque, use, hasQop);
    }

    /**
     * Reads the value of {@code Authorization}.
     *
     * @throws Malformed if it is no Digest credentials, lacks what they must have, or asks for a protection or an
     *     algorithm that Grove does not offer
     */
    public static HttpDigestAnswer parse(String value) throws Malformed {
        HttpChallenge fields = HttpChallenge.parseOne(value);
        if (!fields.is(HttpDigest.SCHEME)) {
            throw new Malformed(-1, PATH, "the scheme is not Digest (RFC 7616 3.4)");
        }
        String qop = fields.parameter("qop").orElse("");
        if (!qop.isEmpty() && !qop.equalsIgnoreCase("auth")) {
            throw new Malformed(-1, PATH, "qop is auth, nothing else is offered (RFC 7616 3.4)");
        }
        Algorithm algorithm = Algorithm.of(fields.parameter("algorithm").orElse("MD5"))
                .orElseThrow(() -> new Malformed(-1, PATH, "the algorithm is none of SHA-256 and MD5 (RFC 7616 3.4)"));
        Use use = Use.of(fields.parameter("cnonce").orElse(null),
                qop.isEmpty() ? "00000001" : fields.parameter("nc").orElse(null));
        if (use == null && !qop.isEmpty()) {
            throw new Malformed(-1, PATH, "with qop come cnonce and nc of eight hexadecimal digits (RFC 7616 3.4)");
        }
        boolean isHashed = fields.parameter("userhash").filter("true"::equalsIgnoreCase).isPresent();
        return new HttpDigestAnswer(userName(fields), isHashed, required(fields, "realm"), required(fields, "nonce"),
                required(fields, "uri"), algorithm, required(fields, "response"),
                fields.parameter("opaque").orElse(null), use, !qop.isEmpty());
    }

    /** The value of {@code Authorization}. */
    public String print() {
        List<String> parts = new ArrayList<>();
        boolean isPlain = userName.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        parts.add(isPlain ? "username=" + HttpChallenge.quoted(userName) : "username*=UTF-8''" + encoded(userName));
        parts.add("realm=" + HttpChallenge.quoted(realm));
        parts.add("uri=" + HttpChallenge.quoted(uri));
        parts.add("algorithm=" + algorithm.token());
        parts.add("nonce=" + HttpChallenge.quoted(nonce));
        if (use != null && hasQop) {
            parts.add("nc=" + use.nc());
            parts.add("qop=auth");
        }
        if (use != null) {
            parts.add("cnonce=" + HttpChallenge.quoted(use.cnonce()));
        }
        parts.add("response=" + HttpChallenge.quoted(response));
        if (opaque != null) {
            parts.add("opaque=" + HttpChallenge.quoted(opaque));
        }
        if (isNameHashed) {
            parts.add("userhash=true");
        }
        return HttpDigest.SCHEME + " " + String.join(", ", parts);
    }

    private static String userName(HttpChallenge fields) throws Malformed {
        String extended = fields.parameters().get("username*");
        if (extended == null) {
            return required(fields, "username");
        }
        if (fields.parameters().containsKey("username")) {
            throw new Malformed(-1, PATH, "there is one of username and username* (RFC 7616 3.4)");
        }
        return decoded(extended);
    }

    private static String required(HttpChallenge fields, String name) throws Malformed {
        return fields.parameter(name).orElseThrow(
                () -> new Malformed(-1, PATH, "Digest credentials have a " + name + " (RFC 7616 3.4)"));
    }

    /** Every octet that is no letter or digit in the form {@code %xx} ([RFC 8187 §3.2]). */
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = octet > 0 && Character.isLetterOrDigit(octet);
            out.append(isPlain ? String.valueOf((char) octet) : String.format(Locale.ROOT, "%%%02X", octet));
        }
        return out.toString();
    }

    private static String decoded(String extended) throws Malformed {
        String[] parts = extended.split("'", 3);
        if (parts.length < 3 || !parts[0].equalsIgnoreCase("UTF-8")) {
            throw notExtended();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < parts[2].length(); i++) {
            char c = parts[2].charAt(i);
            if (c == '%' && i + 2 < parts[2].length()) {
                octets.write(octet(parts[2].substring(i + 1, i + 3)));
                i += 2;
            } else if (c == '%' || c >= 0x80) {
                throw notExtended();
            } else {
                octets.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray())).toString();
        } catch (CharacterCodingException notUtf8) {
            throw notExtended();
        }
    }

    private static int octet(String digits) throws Malformed {
        if (!digits.matches("[0-9a-fA-F]{2}")) {
            throw notExtended();
        }
        return Integer.parseInt(digits, 16);
    }

    private static Malformed notExtended() {
        return new Malformed(-1, PATH, "username* is written UTF-8''name in percent-encoding (RFC 8187 3.2)");
    }

    /** Names the user only: a proof is as good as a password to whoever can send it first. */
    @Override
    public String toString() {
        return "HttpDigestAnswer[" + userName + ", " + algorithm + "]";
    }
}
