package dev.grove.tls;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a handshake with a pre-shared key: TLS 1.2, or older where that is wanted, with every suite of
 * [DM 2.0 §9.2.2] that needs no certificate. Those with forward secrecy come first.
 */
final class PskClient extends PSKTlsClient implements TlsSide {

    static final int[] SUITES = Suite
            .numbers(suite -> suite.needs() == Suite.Needs.KEY || suite.needs() == Suite.Needs.KEY_AND_TIME);

    private final boolean isOldToo;
    private @Nullable Agreed agreed;

    /** @param isOldToo whether TLS 1.0 and 1.1 are spoken too */
    PskClient(TlsCrypto crypto, byte[] identity, byte[] key, boolean isOldToo) {
        super(crypto, new BasicTlsPSKIdentity(identity, key));
        this.isOldToo = isOldToo;
    }

    @Override
    public Optional<Agreed> agreed() {
        return Optional.ofNullable(agreed);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return isOldToo ? ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10) : ProtocolVersion.TLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return SUITES;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters reached = context.getSecurityParametersConnection();
        agreed = new Agreed(reached.getNegotiatedVersion().getName().replace("TLS ", "TLSv"),
                Suite.nameOf(reached.getCipherSuite()), Optional.empty(), List.of());
    }
}
