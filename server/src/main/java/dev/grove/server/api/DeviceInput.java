package dev.grove.server.api;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads devices: whole ones, and changes to them by the rules of JSON Merge Patch ([RFC 7396]). */
final class DeviceInput {

    /** Schemes that a device may use if its account names none; it is challenged with the first that has a nonce. */
    private static final List<Scheme> USUAL_SCHEMES = List.of(Scheme.MD5, Scheme.BASIC, Scheme.MAC, Scheme.SHA256);
    private static final int MAX_ID = 255;
    private static final int MAX_NAME = 1000;

    private DeviceInput() {}

    static Device device(Input document, Instant now) throws Invalid {
        document.objectOf(Set.of("id", "name", "credentials", "certificateSha256", "psk", "reach"));
        String id = id(document.required("id"));
        Account nobody = new Account(id, null, USUAL_SCHEMES, null, Scheme.MD5);
        return patched(Device.of(nobody, "", now), document);
    }

    /** The device with what the document says of it; the rest stays, and null removes. */
    static Device patch(Device device, Input document) throws Invalid {
        return patched(device, document.objectOf(Set.of("name", "credentials", "certificateSha256", "psk")));
    }

    /** The device with the fields of a document that has been checked for strange ones. */
    static Device patched(Device device, Input document) throws Invalid {
        Device next = device;
        Optional<Input> name = document.field("name");
        if (name.isPresent()) {
            next = next.withName(name.get().isNull() ? "" : bounded(name.get(), MAX_NAME));
        }
        Optional<Input> certificate = document.field("certificateSha256");
        if (certificate.isPresent()) {
            next = next.withCertificate(certificate.get().isNull() ? null : fingerprint(certificate.get()));
        }
        Optional<Input> psk = document.field("psk");
        if (psk.isPresent()) {
            next = next.withPsk(PskInput.key(next, psk.get()));
        }
        Optional<Input> credentials = document.field("credentials");
        return credentials.isPresent() ? next.withAccount(account(next.account(), credentials.get())) : next;
    }

    private static Account account(Account account, Input credentials) throws Invalid {
        if (credentials.isNull()) {
            return new Account(account.deviceId(), null, USUAL_SCHEMES, null, Scheme.MD5);
        }
        credentials.objectOf(Set.of("client", "server"));
        Optional<Input> client = credentials.field("client");
        Optional<Input> server = credentials.field("server");
        Secret clientSecret = account.client();
        List<Scheme> schemes = account.clientSchemes();
        if (client.isPresent()) {
            clientSecret = secret(clientSecret, client.get(), Set.of("userName", "secret", "schemes", "nonce"));
            schemes = schemes(schemes, client.get());
        }
        Secret serverSecret = server.isPresent()
                ? secret(account.server(), server.get(), Set.of("userName", "secret", "nonce", "scheme"))
                : account.server();
        Scheme scheme = account.server() == null ? serverScheme(schemes) : account.serverScheme();
        if (server.isPresent() && !server.get().isNull() && server.get().field("scheme").isPresent()) {
            scheme = scheme(server.get().required("scheme"));
        }
        return new Account(account.deviceId(), clientSecret, schemes, serverSecret, scheme);
    }

    /** A server that is not told otherwise proves itself as the device does, but shows no password unasked. */
    private static Scheme serverScheme(List<Scheme> ofDevice) {
        return ofDevice.getFirst().hasNonce() ? ofDevice.getFirst() : Scheme.MD5;
    }

    private static @Nullable Secret secret(@Nullable Secret before, Input given, Set<String> known) throws Invalid {
        if (given.isNull()) {
            return null;
        }
        given.objectOf(known);
        Optional<Input> nonce = given.field("nonce");
        Bytes kept = before == null ? Bytes.EMPTY : before.nonce();
        String user = before != null && given.field("userName").isEmpty()
                ? before.userName()
                : given.required("userName").text();
        String password = before != null && given.field("secret").isEmpty()
                ? before.password()
                : given.required("secret").text();
        if (user.isEmpty()) {
            throw given.required("userName").invalid("is empty");
        }
        if (password.isEmpty() && known.contains("schemes")) {
            throw given.required("secret").invalid("is empty: anybody could prove to know it");
        }
        if (user.length() > MAX_NAME || password.length() > MAX_NAME) {
            throw given.invalid("a user name or secret is longer than " + MAX_NAME + " characters");
        }
        if (user.indexOf(':') >= 0) {
            throw given.required("userName").invalid("holds no colon: it would be read as the end of the name");
        }
        Bytes next = kept;
        if (nonce.isPresent()) {
            next = nonce.get().isNull() ? Bytes.EMPTY : nonce.get().base64();
        }
        return new Secret(user, password, next);
    }

    private static List<Scheme> schemes(List<Scheme> before, Input client) throws Invalid {
        if (client.isNull() || client.field("schemes").isEmpty()) {
            return client.isNull() ? USUAL_SCHEMES : before;
        }
        Input list = client.required("schemes");
        if (list.isNull()) {
            return USUAL_SCHEMES;
        }
        List<Scheme> schemes = new ArrayList<>();
        for (Input item : list.items()) {
            Scheme scheme = scheme(item);
            if (schemes.contains(scheme)) {
                throw item.invalid("stands there twice");
            }
            schemes.add(scheme);
        }
        if (schemes.isEmpty()) {
            throw list.invalid("names at least one scheme; leave it out for the usual ones");
        }
        return schemes;
    }

    private static Scheme scheme(Input given) throws Invalid {
        String name = given.text();
        for (Scheme scheme : Scheme.values()) {
            if (scheme.name().toLowerCase(Locale.ROOT).equals(name)) {
                return scheme;
            }
        }
        throw given.invalid("no such scheme; known: basic, md5, mac, sha256");
    }

    private static String id(Input given) throws Invalid {
        String id = bounded(given, MAX_ID);
        if (id.isBlank() || id.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw given
                    .invalid("is the device's own name for itself (DevInfo/DevId): not blank, no control characters");
        }
        return id;
    }

    private static String bounded(Input given, int maxLength) throws Invalid {
        String text = given.text();
        if (text.length() > maxLength) {
            throw given.invalid("is longer than " + maxLength + " characters");
        }
        return text;
    }

    private static String fingerprint(Input given) throws Invalid {
        String hex = given.text().replace(":", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw given.invalid("is the SHA-256 of the certificate: 64 hexadecimal digits");
        }
        return hex;
    }
}
