package dev.grove.tls;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a pre-shared key for a client, in the form in which the platform's HTTP client takes it: a context that
 * makes engines. It makes no sockets.
 */
public final class PskContext extends SSLContext {

    private PskContext(SSLContextSpi engines) {
        super(engines, new Unregistered(), "TLS-PSK");
    }

    /**
     * A context that proves itself by this key, and takes whoever proves to know it too for the server.
     *
     * @param identity as it goes over the wire
     * @param isOldToo whether TLS 1.0 and 1.1 are spoken besides TLS 1.2
     */
    public static SSLContext of(byte[] identity, byte[] key, boolean isOldToo) {
        return new PskContext(new Engines(identity.clone(), key.clone(), isOldToo));
    }

    /** Whether a handshake failed because the two sides have different keys, or the server knows no such identity. */
    public static boolean isOtherKey(@Nullable Throwable failure) {
        return failure instanceof TlsFatalAlertReceived alert
                && (alert.getAlertDescription() == AlertDescription.bad_record_mac
                        || alert.getAlertDescription() == AlertDescription.decrypt_error
                        || alert.getAlertDescription() == AlertDescription.unknown_psk_identity);
    }

    /** A context has a provider; this one is to be had from nowhere else. */
    private static final class Unregistered extends Provider {

        private static final long serialVersionUID = 1L;

        Unregistered() {
            super("Grove TLS-PSK", "1", "TLS with pre-shared keys");
        }
    }

    private static final class Engines extends SSLContextSpi {

        private final JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
        private final byte[] identity;
        private final byte[] key;
        private final boolean isOldToo;

        Engines(byte[] identity, byte[] key, boolean isOldToo) {
            this.identity = identity;
            this.key = key;
            this.isOldToo = isOldToo;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return TlsEngine.client(new PskClient(crypto, identity, key, isOldToo));
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engineCreateSSLEngine();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return engineGetSupportedSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            String[] suites = Arrays.stream(PskClient.SUITES).mapToObj(Suite::nameOf).toArray(String[]::new);
            return new SSLParameters(suites, new String[] {"TLSv1.2"});
        }

        @Override
        protected void engineInit(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust,
                @Nullable SecureRandom luck) throws KeyManagementException {
            throw new KeyManagementException("this context has its key already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException("this context makes engines only");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("this context makes engines only");
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw new UnsupportedOperationException("sessions are not resumed");
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw new UnsupportedOperationException("sessions are not resumed");
        }
    }
}
