package dev.grove.notify;

import dev.grove.auth.Digest;
import dev.grove.auth.Secret;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.wire.Bytes;

/** Notifications computed by other programs, and what they were computed from. */
public final class Vectors {

    public static final String SERVER = "com.mgmtsrv.manage";
    public static final String PASSWORD = "DmSecret-42";
    public static final String SECRET_HASH = Digest.MD5.secretHash(SERVER, PASSWORD);
    public static final Bytes NONCE = Bytes.hex("0102030405060708090a0b0c0d0e0f10");

    /** Version 11, background, asked for by the user, session 0x1234: the fields of [DMNOTI 1.2 C]. */
    public static final Bytes V1 = Bytes.hex(
            "2f4142eec2d46f1695ba01e215e980f502d0000000123412636f6d2e6d676d747372762e6d616e616765");

    /** The same, made with the nonce 0x00000000. */
    public static final Bytes V1B = Bytes.base64("o0ehn708vkssFbpYPHeFiwLQAAAAEjQSY29tLm1nbXRzcnYubWFuYWdl");

    /** Version 11, user interaction, from the server, session 0x00FF, three octets of a vendor. */
    public static final Bytes V1C = Bytes
            .hex("7ac0b64e41988502eed243a3303b9f6402f800000000ff12636f6d2e6d676d747372762e6d616e6"
                    + "16765cafe01");

    /** Version 10, informative, from the server, session 0xFFFF. */
    public static final Bytes V1D = Bytes.base64("Pm2r8mnBHxzUepXBvRcIAwKoAAAA//8SY29tLm1nbXRzcnYubWFuYWdl");

    public static final String DM2_SERVER = "com.example.dmserver";
    public static final Credential CREDENTIAL = new Credential(Bytes.utf8("NotiSecret"), Bytes.utf8("NotiAuthData"));

    /** All six options, the time in four octets. */
    public static final Bytes E = Bytes
            .base64("IwAQFGNvbS5leGFtcGxlLmRtc2VydmVyEAMCAQAQAgAqECDFw7OggHjfuiovo+ZTmNfJHe3EFpFl"
                    + "y8QUEwROdnZ6ChAEVKSOABAA");

    /** The same with the time in eight octets. */
    public static final Bytes E8 = Bytes
            .base64("IwAQFGNvbS5leGFtcGxlLmRtc2VydmVyEAMCAQAQAgAqECD5yavLAroEt3oVsb5zeQH3n/fThwBG2"
                    + "Yx3wPLK2bUHqRAIAAAAAFSkjgAQAA==");

    /** Server identifier and digest. */
    public static final Bytes F = Bytes
            .hex("21001014636f6d2e6578616d706c652e646d736572766572302043aed0df4fcd35482d6537637aa69a"
                    + "de9314dd5383ffc4d4ad924a6d870088c5");

    private Vectors() {}

    public static Secret server(Bytes nonce) {
        return new Secret(SERVER, PASSWORD, nonce);
    }

    /** The bytes with one octet changed. */
    public static Bytes flipped(Bytes bytes, int at, int bits) {
        byte[] octets = bytes.toArray();
        octets[at] ^= (byte) bits;
        return Bytes.wrap(octets);
    }
}
