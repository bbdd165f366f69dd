package dev.grove.server.tls;

import dev.grove.server.tls.PskDirectory.Entry;
import dev.grove.tls.Suite;
import dev.grove.tls.Suite.Needs;
import dev.grove.tls.TlsSide;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One handshake with a pre-shared key ([RFC 4279], [DM 2.0 §9.2.2]).
 *
 * <p>An identity that nobody has gets a key that nobody knows: the handshake goes on and fails as with a wrong key, so
 * that nobody can find out which identities there are.
 */
final class PskServer extends PSKTlsServer implements TlsSide {

    private static final Logger LOG = LoggerFactory.getLogger(PskServer.class);

    /**
     * What is offered this time.
     *
     * @param isOldToo whether TLS 1.0 and 1.1 are spoken too
     * @param dhPace how often there is time for the costly Diffie-Hellman exchange
     * @param remote the address of the client
     */
    record Offer(boolean isOldToo, Rate dhPace, String remote) {}

    private final JcaTlsCrypto crypto;
    private final ServerKeys keys;
    private final Lookup lookup;
    private final Offer offer;
    private @Nullable Agreed agreed;

    PskServer(JcaTlsCrypto crypto, ServerKeys keys, Lookup lookup, Offer offer) {
        super(crypto, lookup);
        this.crypto = crypto;
        this.keys = keys;
        this.lookup = lookup;
        this.offer = offer;
    }

    @Override
    public Optional<Agreed> agreed() {
        return Optional.ofNullable(agreed);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return offer.isOldToo() ? ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10)
                : ProtocolVersion.TLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return Suite.numbers(suite -> suite.needs() == Needs.KEY
                || suite.needs() == Needs.KEY_AND_TIME
                || (suite.needs() == Needs.KEY_AND_RSA && keys.rsa().isPresent()));
    }

    /** Where there is no time for a suite, the client gets the next one that it offers. */
    @Override
    protected boolean selectCipherSuite(int number) throws IOException {
        boolean isCostly = Suite.of(number).filter(suite -> suite.needs() == Needs.KEY_AND_TIME).isPresent();
        return (!isCostly || offer.dhPace().take()) && super.selectCipherSuite(number);
    }

    @Override
    protected TlsCredentialedDecryptor getRSAEncryptionCredentials() throws IOException {
        ServerKeys.Pair rsa = keys.rsa().orElseThrow(() -> new TlsFatalAlert(AlertDescription.internal_error));
        return new JceDefaultTlsCredentialedDecryptor(crypto, rsa.certificate(crypto), rsa.key());
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters reached = context.getSecurityParametersConnection();
        Entry entry = lookup.found;
        if (entry == null) {
            // Cannot be: nobody knows the key that was made up.
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        agreed = new Agreed(reached.getNegotiatedVersion().getName().replace("TLS ", "TLSv"),
                Suite.nameOf(reached.getCipherSuite()),
                Optional.of(new PskPrincipal(entry.deviceId())), List.of());
    }

    @Override
    public void notifyAlertRaised(short level, short description, String message, Throwable cause) {
        if (agreed == null && lookup.isAsked && description != AlertDescription.close_notify) {
            LOG.atWarn().addKeyValue("identity", lookup.shown).addKeyValue("known", lookup.found != null)
                    .addKeyValue("remote", offer.remote())
                    .log("device not authenticated by pre-shared key: {}", AlertDescription.getText(description));
        }
    }

    /** Finds the key to one identity. */
    static final class Lookup implements TlsPSKIdentityManager {

        private static final int LONGEST_SHOWN = 64;
        private static final int USUAL_KEY_BYTES = 16;

        private final PskDirectory directory;
        private final TlsCrypto crypto;
        private boolean isAsked;
        private String shown = "";
        private @Nullable Entry found;

        Lookup(PskDirectory directory, TlsCrypto crypto) {
            this.directory = directory;
            this.crypto = crypto;
        }

        @Override
        public byte @Nullable [] getHint() {
            return null;
        }

        @Override
        public byte[] getPSK(byte[] identity) {
            isAsked = true;
            Optional<String> name = utf8(identity);
            shown = name.map(Lookup::printable).orElse("(not UTF-8)");
            found = name.flatMap(directory::find).orElse(null);
            if (found != null) {
                return found.key().toArray();
            }
            byte[] unknown = new byte[USUAL_KEY_BYTES];
            crypto.getSecureRandom().nextBytes(unknown);
            return unknown;
        }

        private static Optional<String> utf8(byte[] identity) {
            try {
                return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(identity)).toString())
                        .filter(name -> !name.isEmpty());
            } catch (CharacterCodingException notUtf8) {
                return Optional.empty();
            }
        }

        /** What may stand in a line of the log. */
        private static String printable(String identity) {
            String text = identity.codePoints().limit(LONGEST_SHOWN).map(c -> Character.isISOControl(c) ? '?' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            return text.length() < identity.length() ? text + "…" : text;
        }
    }
}
