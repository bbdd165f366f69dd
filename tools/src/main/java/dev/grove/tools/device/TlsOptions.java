package dev.grove.tools.device;

import dev.grove.client.transport.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a device trusts and what it shows in TLS: options of every command that plays a device. */
public final class TlsOptions {

    static final String STORE_PASSWORD_VARIABLE = "GROVE_STORE_PASSWORD";

    @Option(names = "--trust-store", paramLabel = "FILE", description = "Certificates that the server's must lead to: "
            + "PEM, PKCS #12 or JKS. Default: those of the Java installation.")
    @Nullable
    Path trustStore;

    @Option(names = "--key-store", paramLabel = "FILE", description = "The device's own key and certificate for TLS: "
            + "PKCS #12 or JKS. Several devices show the same.")
    @Nullable
    Path keyStore;

    @Option(names = "--store-password", paramLabel = "TEXT", description = "Password of --trust-store and --key-store. "
            + "Default: the environment variable " + STORE_PASSWORD_VARIABLE + ".")
    @Nullable
    String storePassword;

    /** Whether any was given. */
    public boolean isGiven() {
        return trustStore != null || keyStore != null;
    }

    /** What they say. */
    public Tls tls() {
        String password = storePassword == null ? System.getenv(STORE_PASSWORD_VARIABLE) : storePassword;
        return new Tls(trustStore, password, keyStore, password);
    }

    /** The stores cannot be read, or not with this password. */
    public static Unusable unusable(IOException cause) {
        return new Unusable("--trust-store or --key-store: " + Optional.ofNullable(cause.getMessage()).orElse(""));
    }
}
