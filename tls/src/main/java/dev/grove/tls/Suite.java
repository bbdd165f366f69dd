package dev.grove.tls;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.tls.CipherSuite;

/**
 * The cipher suites that are spoken here: those with pre-shared keys of [DM 2.0 §9.2.2], and for old devices those with
 * certificates, of which the platform's TLS takes no connections any more.
 */
public enum Suite {
    TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
            Needs.KEY), TLS_PSK_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
                    Needs.KEY), TLS_PSK_WITH_AES_128_CBC_SHA256(CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256,
                            Needs.KEY), TLS_DHE_PSK_WITH_AES_128_GCM_SHA256(
                                    CipherSuite.TLS_DHE_PSK_WITH_AES_128_GCM_SHA256,
                                    Needs.KEY_AND_TIME), TLS_DHE_PSK_WITH_AES_128_CBC_SHA256(
                                            CipherSuite.TLS_DHE_PSK_WITH_AES_128_CBC_SHA256,
                                            Needs.KEY_AND_TIME), TLS_RSA_PSK_WITH_AES_128_GCM_SHA256(
                                                    CipherSuite.TLS_RSA_PSK_WITH_AES_128_GCM_SHA256,
                                                    Needs.KEY_AND_RSA), TLS_RSA_PSK_WITH_AES_128_CBC_SHA256(
                                                            CipherSuite.TLS_RSA_PSK_WITH_AES_128_CBC_SHA256,
                                                            Needs.KEY_AND_RSA),

    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            Needs.EC), TLS_DHE_RSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                    Needs.RSA), TLS_RSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
                            Needs.RSA), TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256(
                                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
                                    Needs.EC), TLS_DHE_RSA_WITH_AES_128_CBC_SHA256(
                                            CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA256,
                                            Needs.RSA), TLS_RSA_WITH_AES_128_CBC_SHA256(
                                                    CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256, Needs.RSA),
    /** Before TLS 1.2 there are no suites with SHA-256; the text names none that would do there. */
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            Needs.EC), TLS_DHE_RSA_WITH_AES_128_CBC_SHA(CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
                    Needs.RSA), TLS_RSA_WITH_AES_128_CBC_SHA(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, Needs.RSA);

    /** What a side must have for a suite. */
    public enum Needs {
        KEY, KEY_AND_TIME, KEY_AND_RSA, EC, RSA;

        /** Whether it works with a pre-shared key. */
        public boolean isPsk() {
            return this == KEY || this == KEY_AND_TIME || this == KEY_AND_RSA;
        }
    }

    private final int number;
    private final Needs needs;

    Suite(int number, Needs needs) {
        this.number = number;
        this.needs = needs;
    }

    public Needs needs() {
        return needs;
    }

    /** The numbers of those that fit. */
    public static int[] numbers(Predicate<Suite> wanted) {
        return Arrays.stream(values()).filter(wanted).mapToInt(suite -> suite.number).toArray();
    }

    /** The suite of this number; empty if it is none of these. */
    public static Optional<Suite> of(int number) {
        return Arrays.stream(values()).filter(suite -> suite.number == number).findFirst();
    }

    /** The name in the registry; the number where it is none of these. */
    public static String nameOf(int number) {
        return of(number).map(Suite::name).orElse("0x" + Integer.toHexString(number));
    }
}
