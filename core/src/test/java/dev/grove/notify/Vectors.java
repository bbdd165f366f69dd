package dev.grove.notify;

import dev.grove.auth.Digest;
import dev.grove.auth.Secret;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.envelope.ShortMessage;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

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

    private static final List<String> PUSHES = List.of("010603c4af87" + V1.hex(), "010603d8af87" + F.hex(),
            // What a gateway makes of it: a type in words, a length, a version of the encoding.
            "02062a" + Bytes.utf8(TriggerMessage.MEDIA_TYPE).hex() + "00af878daac393" + V1.hex(),
            // A type with parameters, its length quoted; a header in words; a date; another application.
            "01060c0bc29181924131423200780085", "010612" + "1f09" + "02030200" + "8181" + "850391ea" + "af05",
            "010611c4af87b487582d59007a00920454a48e002a",
            "010609c4af877f02af8401b4872a");

    private static final List<String> PACKETS_OF_OBEX = List.of("8000131000200046000c53594e434d4c2d444d",
            "a0001810002000cb000000014a000c53594e434d4c2d444d", "80000710000400", "a00003", "ff0008cb00000001",
            "820061cb00000001420027" + Bytes.utf8(TriggerMessage.MEDIA_TYPE).hex() + "00c30000002a49002d" + V1.hex(),
            "020034cb0000000101000f0066002e00620069006e0000c300000015480018" + "2a".repeat(21), "82000649" + "0003",
            "85000a02000100039307");

    private Vectors() {}

    /** What fuzzing of package 0 begins with, of all versions. */
    public static Stream<byte[]> notifications() {
        Bytes dm13 = Dm13NotificationCodec.encode(
                new Dm13Notification(UiMode.BACKGROUND, true, 7, Instant.ofEpochSecond(0x54A48E00), SERVER,
                        List.of(1, 300), List.of(Dm13Notification.DEV_DETAIL), List.of(1), "why", "vendor"),
                Dm13Layout.GUESS, SECRET_HASH, NONCE);
        Bytes unknownOption = Bytes.hex("2180" + "30021234" + "200454a48e00" + "f003010203");
        return Stream.of(V1, V1B, V1C, V1D, E, E8, F, dm13, unknownOption, Bytes.hex("2000")).map(Bytes::toArray);
    }

    /** What fuzzing of pushes begins with. */
    public static Stream<byte[]> pushes() {
        return octets(PUSHES);
    }

    /** What fuzzing of OBEX begins with. */
    public static Stream<byte[]> packetsOfObex() {
        return octets(PACKETS_OF_OBEX);
    }

    /** What fuzzing of short messages begins with: one alone, and the parts of one behind each other. */
    public static Stream<byte[]> shortMessages() {
        Bytes longer = Bytes.hex("010603d8af87").plus(Bytes.wrap(new byte[300]));
        Bytes parts = ShortMessage.split(ShortMessage.Ports.PUSH, 7, longer).stream().map(ShortMessage::encode)
                .reduce(Bytes.EMPTY, Bytes::plus);
        Bytes one = Bytes.hex("0605040b84c002" + "010603c4af87").plus(V1);
        return Stream.of(one, parts, Bytes.hex("0d0804123405020402f0f17001aa15")).map(Bytes::toArray);
    }

    private static Stream<byte[]> octets(List<String> digits) {
        return digits.stream().map(Bytes::hex).map(Bytes::toArray);
    }

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
