package dev.grove.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.fleet.BootstrapDocument.Messaging;
import dev.grove.server.fleet.BootstrapDocument.Place;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapDocumentTest {

    private final Device device = Device.of(new Account("IMEI:1&2", new Secret("phone", "secret", Bytes.EMPTY),
            List.of(Scheme.BASIC), null, Scheme.BASIC), "", Instant.EPOCH);

    @Test
    void an_account_says_where_registrations_are_told_if_there_is_a_sender() {
        assertThat(BootstrapDocument.of(device, new Place("https://dm.example/dm2",
                new Messaging("4930", "https://dm.example/push/register", "https://dm.example/push/unregister"))).body()
                .utf8()).contains("\"SrvURI\":\"https://dm.example/dm2\"",
                        "\"Push\":{\"GCM\":{\"SenderID\":\"4930\",\"RegURI\":\"https://dm.example/push/register\","
                                + "\"UnRegURI\":\"https://dm.example/push/unregister\","
                                + "\"RegParams\":\"DevID=IMEI%3A1%262\"}}");
    }

    @Test
    void and_says_nothing_otherwise() {
        assertThat(BootstrapDocument.of(device, new Place("https://dm.example/dm2", null)).body().utf8())
                .doesNotContain("Push");
    }
}
