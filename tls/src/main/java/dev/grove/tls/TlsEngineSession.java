package dev.grove.tls;

import dev.grove.tls.TlsSide.Agreed;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** What is known of a connection of {@link TlsEngine}; before its handshake is complete, next to nothing. */
final class TlsEngineSession implements SSLSession {

    /** As much as one record holds of the application's bytes. */
    static final int APPLICATION_BYTES = 1 << 14;

    /** The longest record, with its header, and all that encryption may add ([RFC 5246 §6.2.3]). */
    private static final int PACKET_BYTES = 5 + APPLICATION_BYTES + 2048;

    private final TlsSide side;
    private final long createdAt = System.currentTimeMillis();
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    TlsEngineSession(TlsSide side) {
        this.side = side;
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        Agreed agreed = side.agreed().orElseThrow(() -> new SSLPeerUnverifiedException("not agreed yet"));
        return agreed.peer().isPresent()
                ? agreed.peer().get()
                : ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
    }

    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        Certificate[] shown = side.agreed().map(agreed -> agreed.certificates().toArray(Certificate[]::new))
                .orElseGet(() -> new Certificate[0]);
        if (shown.length == 0) {
            throw new SSLPeerUnverifiedException("the other side has shown no certificate");
        }
        return shown;
    }

    @Override
    public String getCipherSuite() {
        return side.agreed().map(Agreed::suite).orElse("");
    }

    @Override
    public String getProtocol() {
        return side.agreed().map(Agreed::version).orElse("NONE");
    }

    @Override
    public int getPacketBufferSize() {
        return PACKET_BYTES;
    }

    @Override
    public int getApplicationBufferSize() {
        return APPLICATION_BYTES;
    }

    /** Sessions are not resumed, so none has a name. */
    @Override
    public byte[] getId() {
        return new byte[0];
    }

    @Override
    public @Nullable SSLSessionContext getSessionContext() {
        return null;
    }

    @Override
    public long getCreationTime() {
        return createdAt;
    }

    @Override
    public long getLastAccessedTime() {
        return createdAt;
    }

    @Override
    public void invalidate() {}

    @Override
    public boolean isValid() {
        return false;
    }

    @Override
    public void putValue(String name, Object value) {
        values.put(name, value);
    }

    @Override
    public @Nullable Object getValue(String name) {
        return values.get(name);
    }

    @Override
    public void removeValue(String name) {
        values.remove(name);
    }

    @Override
    public String[] getValueNames() {
        return values.keySet().toArray(String[]::new);
    }

    @Override
    public Certificate @Nullable [] getLocalCertificates() {
        return null;
    }

    @Override
    public @Nullable Principal getLocalPrincipal() {
        return null;
    }

    @Override
    public @Nullable String getPeerHost() {
        return null;
    }

    @Override
    public int getPeerPort() {
        return -1;
    }
}
