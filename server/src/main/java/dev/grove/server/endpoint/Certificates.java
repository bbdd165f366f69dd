package dev.grove.server.endpoint;

import dev.grove.server.fleet.Device;
import dev.grove.wire.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Finds out for which device a client certificate vouches. That it is genuine, TLS has found out before. */
final class Certificates {

    private Certificates() {}

    /** Whether the certificate is the device's own, or, if it has none of its own, bears its id. */
    static boolean vouches(X509Certificate certificate, Device device) {
        String own = device.certificate();
        return own != null ? own.equals(fingerprint(certificate)) : names(certificate, device.id());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())).hex();
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that TLS has accepted can be hashed", e);
        }
    }

    private static boolean names(X509Certificate certificate, String deviceId) {
        return commonName(certificate).filter(deviceId::equals).isPresent()
                || alternativeNames(certificate).stream().anyMatch(name -> name.contains(deviceId));
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf)
                    .findFirst();
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }
}
