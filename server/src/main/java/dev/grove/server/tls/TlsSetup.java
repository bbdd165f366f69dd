package dev.grove.server.tls;

import dev.grove.server.http.HttpListener;
import dev.grove.server.http.HttpListener.Clients;
import dev.grove.tls.Suite;
import dev.grove.tls.TlsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of a listener that speaks more than the platform's TLS, and says from the first bytes of a
 * connection who is to speak on it. The ciphers are those of the JDK, which are three times as fast.
 */
public final class TlsSetup {

    /** Who speaks TLS on a connection. */
    public enum Speaker {
        /** The platform: TLS 1.2 and 1.3 with certificates. */
        PLATFORM,
        /** {@link PskServer}. */
        PRE_SHARED_KEYS,
        /** {@link OldServer}. */
        OLD
    }

    /** More than a client sends before it is clear who it is. */
    public static final int MAX_FIRST_BYTES = ClientHello.MAX_BYTES;

    /** What a client must offer one of to be no old one: all that is left of TLS 1.2, and TLS 1.3. */
    private static final Set<Integer> MODERN = Set.of(CipherSuite.TLS_AES_128_GCM_SHA256,
            CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA256,
            CipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA256);
    private static final int TLS_1_2 = 0x0303;

    private final JcaTlsCrypto crypto;
    private final HttpListener.Tls tls;
    private final ServerKeys keys;
    private final PskDirectory directory;
    private final Rate dhPace;
    private final X509TrustManager trust;

    private TlsSetup(HttpListener.Tls tls, ServerKeys keys, PskDirectory directory, X509TrustManager trust) {
        this.crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
        this.tls = tls;
        this.keys = keys;
        this.directory = directory;
        this.trust = trust;
        this.dhPace = new Rate(tls.variants().maxDhePerSecond(), System::nanoTime);
    }

    /**
     * Reads keys and trust.
     *
     * @throws IOException if a file cannot be read or opened
     */
    public static TlsSetup of(HttpListener.Tls tls, PskDirectory directory) throws IOException {
        Path store = tls.keyStore();
        ServerKeys keys = store == null ? ServerKeys.none() : ServerKeys.read(store, tls.password());
        return new TlsSetup(tls, keys, directory, trust(tls));
    }

    /** Who is to speak; empty as long as that cannot be seen from what was received. */
    public Optional<Speaker> speaker(ByteBuffer received) {
        return switch (ClientHello.read(received)) {
            case ClientHello.Reading.More() -> Optional.empty();
            case ClientHello.Reading.Other() -> Optional.of(Speaker.PLATFORM);
            case ClientHello.Reading.Whole(ClientHello hello) -> Optional.of(speaker(hello));
        };
    }

    private Speaker speaker(ClientHello hello) {
        if (tls.variants().preSharedKeys()
                && hello.offersAny(Suite.numbers(suite -> suite.needs().isPsk()))) {
            return Speaker.PRE_SHARED_KEYS;
        }
        boolean isOld = hello.version() < TLS_1_2
                || hello.cipherSuites().stream().noneMatch(MODERN::contains);
        return tls.variants().legacy() && isOld ? Speaker.OLD : Speaker.PLATFORM;
    }

    /**
     * An engine for one connection; the platform makes its own.
     *
     * @param remote the address of the client, for the log
     */
    public SSLEngine engine(Speaker speaker, String remote) {
        return switch (speaker) {
            case PRE_SHARED_KEYS -> TlsEngine.server(new PskServer(crypto, keys,
                    new PskServer.Lookup(directory, crypto),
                    new PskServer.Offer(tls.variants().legacy(), dhPace, remote)));
            case OLD -> TlsEngine.server(new OldServer(crypto, keys, new OldServer.Clients(
                    tls.clients() != Clients.NONE, tls.clients() == Clients.REQUIRED, trust)));
            case PLATFORM -> throw new IllegalArgumentException("the platform makes its own engines");
        };
    }

    private static X509TrustManager trust(HttpListener.Tls tls) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trustStore(tls));
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException unusable) {
            throw new IOException(tls.trustStore() + ": " + unusable.getMessage(), unusable);
        }
    }

    private static @Nullable KeyStore trustStore(HttpListener.Tls tls) throws IOException, GeneralSecurityException {
        if (tls.trustStore() == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.trustStore())) {
            store.load(in, tls.trustPassword().toCharArray());
        }
        return store;
    }
}
