package dev.grove.verify.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the OpenSSL of this machine can do: distributions leave old things out. */
final class OpenSsl {

    private OpenSsl() {}

    /** Skips the test where there is no OpenSSL. */
    static void isNeeded() {
        assumeTrue(Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "openssl"))),
                "openssl is not installed: no second opinion on TLS");
    }

    /**
     * Skips the test where OpenSSL was built without a version or a suite.
     *
     * @param version as its option, such as {@code -tls1_1}
     */
    static void mustSpeak(String version, String suite) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("openssl", "ciphers", "-s", version, "-psk", suite + ":@SECLEVEL=0")
                .redirectErrorStream(true).start();
        String known = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0 && known.contains(suite),
                "this openssl was built without " + suite + " in " + version);
    }
}
