package dev.grove.server.tls;

import dev.grove.tls.Suite;
import dev.grove.tls.Suite.Needs;
import dev.grove.tls.TlsSide;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceDefaultTlsCredentialedDecryptor;
import org.jspecify.annotations.Nullable;

/**
 * One handshake with certificates for a device that is too old for the platform's TLS: TLS 1.0 to 1.2, with the suites
 * of [DM 2.0 §9.2.2] and those of their kind that TLS 1.0 and 1.1 have.
 */
final class OldServer extends DefaultTlsServer implements TlsSide {

    /** Whether clients show certificates, and who says which are good. */
    record Clients(boolean areAsked, boolean mustShow, X509TrustManager trust) {}

    private final JcaTlsCrypto crypto;
    private final ServerKeys keys;
    private final Clients clients;
    private List<X509Certificate> shown = List.of();
    private @Nullable Agreed agreed;

    OldServer(JcaTlsCrypto crypto, ServerKeys keys, Clients clients) {
        super(crypto);
        this.crypto = crypto;
        this.keys = keys;
        this.clients = clients;
    }

    @Override
    public Optional<Agreed> agreed() {
        return Optional.ofNullable(agreed);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return Suite.numbers(suite -> (suite.needs() == Needs.EC && keys.ec().isPresent())
                || (suite.needs() == Needs.RSA && keys.rsa().isPresent()));
    }

    @Override
    protected TlsCredentialedDecryptor getRSAEncryptionCredentials() throws IOException {
        ServerKeys.Pair rsa = required(keys.rsa());
        return new JceDefaultTlsCredentialedDecryptor(crypto, rsa.certificate(crypto), rsa.key());
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return signer(required(keys.rsa()), SignatureAlgorithm.rsa);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return signer(required(keys.ec()), SignatureAlgorithm.ecdsa);
    }

    private TlsCredentialedSigner signer(ServerKeys.Pair pair, short algorithm) throws IOException {
        SignatureAndHashAlgorithm chosen = TlsUtils.isTLSv12(context)
                ? TlsUtils.chooseSignatureAndHashAlgorithm(context,
                        context.getSecurityParametersHandshake().getClientSigAlgs(), algorithm)
                : null;
        return new JcaDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, pair.key(),
                pair.certificate(crypto), chosen);
    }

    private static ServerKeys.Pair required(Optional<ServerKeys.Pair> pair) throws TlsFatalAlert {
        return pair.orElseThrow(() -> new TlsFatalAlert(AlertDescription.internal_error));
    }

    /** An empty list of authorities: the client may show any certificate it has. */
    @SuppressWarnings("JdkObsolete") // the library wants a Vector
    @Override
    public @Nullable CertificateRequest getCertificateRequest() {
        if (!clients.areAsked()) {
            return null;
        }
        short[] types = {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign};
        Vector<?> algorithms = TlsUtils.isTLSv12(context)
                ? TlsUtils.getDefaultSupportedSignatureAlgorithms(context)
                : null;
        return new CertificateRequest(types, algorithms, new Vector<>());
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            if (clients.mustShow()) {
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            }
            return;
        }
        X509Certificate[] chain = new X509Certificate[certificate.getLength()];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = JcaTlsCertificate.convert(crypto, certificate.getCertificateAt(i)).getX509Certificate();
        }
        try {
            clients.trust().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        } catch (CertificateException untrusted) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, untrusted);
        }
        shown = List.of(chain);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters reached = context.getSecurityParametersConnection();
        agreed = new Agreed(reached.getNegotiatedVersion().getName().replace("TLS ", "TLSv"),
                Suite.nameOf(reached.getCipherSuite()),
                Optional.empty(), shown);
    }
}
