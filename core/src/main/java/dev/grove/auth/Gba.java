package dev.grove.auth;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that protect a bootstrap message in 3GPP networks ([DM 2.0 §9.3.1.3]): derived from the secret that the
 * network and the card of a device have agreed upon by GBA Push ([TS 33.223]), with the key derivation function of
 * [TS 33.220 Annex B].
 */
public final class Gba {

    /** The value of the parameter {@code SEC} of a media type whose content is protected so. */
    public static final String SECURITY = "3GPP_GBA";

    /** How many octets a Ua security protocol identifier has ([TS 33.220 Annex H]). */
    public static final int PROTOCOL_BYTES = 5;

    private static final byte FC = 0x01;

    private Gba() {}

    /**
     * The keys that come from a shared secret.
     *
     * @param integrity DMBIK
     * @param encryption DMBEK
     */
    public record Keys(Bytes integrity, Bytes encryption) {
        /** Tells nothing: both are secrets. */
        @Override
        public String toString() {
            return "Keys[]";
        }
    }

    /**
     * DMBIK and DMBEK, 32 octets each. The text calls the labels "dmbik" and "dmbek", but spells their octets and
     * their length as those of "dm-bik" and "dm-bek"; octets and length agree, and count.
     *
     * @param sharedSecret {@code Ks_(ext/int)_NAF}
     */
    public static Keys keys(Bytes sharedSecret) {
        return new Keys(derive(sharedSecret, Bytes.utf8("dm-bik")), derive(sharedSecret, Bytes.utf8("dm-bek")));
    }

    /** {@code HMAC-SHA-256(key, FC || P0 || L0)}, with the length L0 of P0 in two octets. */
    static Bytes derive(Bytes key, Bytes p0) {
        byte[] s = new byte[1 + p0.length() + 2];
        s[0] = FC;
        p0.copyTo(s, 1);
        s[s.length - 2] = (byte) (p0.length() >> 8);
        s[s.length - 1] = (byte) p0.length();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
            return Bytes.wrap(mac.doFinal(s));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    /**
     * The {@code NAF_Id}: the name of the DM server, then the identifier of the protocol ([TS 33.220 §4.3.1.0]). The
     * identifier for device management "defined in OMNA" is in no public list, so it is the caller's to say.
     *
     * @param protocol five octets
     */
    public static Bytes nafId(String serverName, Bytes protocol) {
        if (protocol.length() != PROTOCOL_BYTES) {
            throw new IllegalArgumentException("a Ua security protocol identifier has five octets (TS 33.220 H)");
        }
        return Bytes.wrap(serverName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII)).plus(protocol);
    }

    /** The media type with the parameter that tells of this protection, in place of any other. */
    public static String mark(String mediaType) {
        StringBuilder marked = new StringBuilder();
        for (String part : mediaType.split(";", -1)) {
            if (marked.isEmpty()) {
                marked.append(part.strip());
            } else if (!part.isBlank() && !isSecurity(part)) {
                marked.append("; ").append(part.strip());
            }
        }
        return marked.append("; SEC=").append(SECURITY).toString();
    }

    /** Whether the media type tells of this protection; names and value without regard to case, quoted or not. */
    public static boolean isMarked(String mediaType) {
        String[] parts = mediaType.split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            if (isSecurity(parts[i])) {
                String value = parts[i].substring(parts[i].indexOf('=') + 1).strip().replace("\"", "");
                return value.equalsIgnoreCase(SECURITY);
            }
        }
        return false;
    }

    private static boolean isSecurity(String parameter) {
        int equals = parameter.indexOf('=');
        return equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("SEC");
    }
}
