package dev.grove.server.doorbell.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipResponsePropertyTest {

    private static final String GOOD = """
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP a:1;branch=z9hG4bK1
            v: SIP/2.0/UDP b
            CSeq: 1 MESSAGE
            l: 0
            Retry-After: 5
             (later)

            """;

    @Test
    void whatever_comes_is_a_response_or_none() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = GOOD.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Optional<SipResponse> read = SipResponse.read(Bytes.wrap(octets, 0, random.nextInt(octets.length + 1)));
            assertThat(read.stream()).as("seed %d", seed).allSatisfy(response -> {
                assertThat(response.status()).isBetween(100, 699);
                assertThat(response.phrase()).matches("[ -~]{0,80}");
                assertThat(response.bodyLength().orElse(0)).isBetween(0, 999_999);
                assertThat(response.branch().orElse("x")).isNotEmpty();
            });
        }
    }
}
