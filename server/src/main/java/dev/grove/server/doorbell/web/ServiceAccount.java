package dev.grove.server.doorbell.web;

import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A service account as Google hands it out: a JSON file with a private key, with which assertions are signed ([RFC
 * 7523], RS256).
 *
 * @param project to which the devices' registrations belong
 * @param mail by which the account is known
 * @param keyId which of its keys this is; absent if the file does not say
 * @param tokenUri where an assertion is exchanged for a token
 */
record ServiceAccount(String project, String mail, @Nullable String keyId, PrivateKey key, URI tokenUri) {

    private static final int MAX_FILE_BYTES = 64 << 10;
    private static final Duration LIFE = Duration.ofHours(1);
    private static final URI GOOGLE = URI.create("https://oauth2.googleapis.com/token");

    /** @throws IllegalArgumentException with what is wrong with the file; nothing of its content is repeated */
    static ServiceAccount read(Path file) {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read the service account " + file, unreadable);
        }
        Json.Obj fields = AccessToken.object(Bytes.wrap(content));
        String tokenUri = text(fields, "token_uri");
        return new ServiceAccount(required(fields, "project_id", file), required(fields, "client_email", file),
                text(fields, "private_key_id"), key(required(fields, "private_key", file), file),
                tokenUri == null ? GOOGLE : URI.create(tokenUri));
    }

    /** A signed claim to be this account, good for an hour. */
    String assertion(String scope, URI audience, Instant now) {
        Json.Obj header = Json.object().with("alg", "RS256").with("typ", "JWT").with("kid", keyId).build();
        Json.Obj claims = Json.object().with("iss", mail).with("scope", scope).with("aud", audience.toString())
                .with("iat", now.getEpochSecond()).with("exp", now.plus(LIFE).getEpochSecond()).build();
        String signed = encoded(header) + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java signs with RSA", impossible);
        }
    }

    private static String encoded(Json.Obj part) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(JsonText.write(part).toArray());
    }

    private static PrivateKey key(String pem, Path file) {
        try {
            String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            // Its cause could show a part of the key.
            throw new IllegalArgumentException("the private_key of the service account " + file
                    + " is no RSA key in PEM (PKCS #8)");
        }
    }

    private static String required(Json.Obj fields, String name, Path file) {
        String value = text(fields, name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the service account " + file + " has no " + name);
        }
        return value;
    }

    private static @Nullable String text(Json.Obj fields, String name) {
        return fields.fields().get(name) instanceof Json.Str(String text) ? text : null;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServiceAccount[" + mail + "]";
    }
}
