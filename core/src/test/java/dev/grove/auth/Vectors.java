package dev.grove.auth;

import dev.grove.wire.Bytes;

/** The user of the specification's examples, and the messages that the digests are taken over. */
final class Vectors {

    static final String USER = "Bruce2";
    static final String PASSWORD = "OhBehave";

    /** 42 octets. */
    static final Bytes SMALL_BODY = Bytes.utf8("<SyncML xmlns='SYNCML:SYNCML1.2'></SyncML>");

    /** A package 1 in WBXML, 272 octets. */
    static final Bytes WBXML_BODY = Bytes.hex("""
            03a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703687474703a2f2f646d2e65
            78616d706c652f73000101675703494d45493a343933303035313030353932383030000156034272756365320001014e
            5a000147036236340001530373796e636d6c3a617574682d6d643500010100004f035a7a36456976523379656161454e
            63524e366c7041513d3d0001015a00014c03353030300001010100006b464b033100014f0331323031000101604b0332
            0001546757032e2f446576496e666f2f44657649640001015a0001470363687200015303746578742f706c61696e0001
            0100004fc314494d45493a343933303035313030353932383030010101120101""".replace("\n", ""));

    private Vectors() {}

    static Secret bruce(Bytes nonce) {
        return new Secret(USER, PASSWORD, nonce);
    }

    static Secret bruce(String asciiNonce) {
        return bruce(Bytes.utf8(asciiNonce));
    }
}
