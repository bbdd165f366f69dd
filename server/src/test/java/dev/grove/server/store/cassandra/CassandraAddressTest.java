package dev.grove.server.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.store.cassandra.CassandraAddress.Login;
import dev.grove.server.store.cassandra.CassandraAddress.Tls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraAddressTest {

    @Test
    void names_nodes_and_a_keyspace() {
        CassandraAddress address = CassandraAddress.of("cassandra://127.0.0.1:99,127.0.0.2/grove", null);
        assertThat(address.contacts()).extracting(InetSocketAddress::getPort).containsExactly(99, 9042);
        assertThat(address.keyspace()).isEqualTo("grove");
        assertThat(address.datacenter()).isNull();
        assertThat(address.tls()).isNull();
    }

    @Test
    void says_what_is_trusted() {
        assertThat(tls("?datacenter=dc1&tls=true")).isEqualTo(new Tls(null, true));
        assertThat(tls("?tls=true&tls-ca=/etc/a%20b.pem&tls-names=false")).isEqualTo(
                new Tls(Path.of("/etc/a b.pem"), false));
        assertThat(tls("?tls=false")).isNull();
    }

    private static @Nullable Tls tls(String query) {
        return CassandraAddress.of("cassandra://127.0.0.1/grove" + query, null).tls();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cassandra:///grove                        | cassandra://host1,host2/keyspace
            cassandra://u:geheim@h/grove              | do not stand in its address
            cassandra://127.0.0.1/Grove               | small letters
            cassandra://127.0.0.1/grove?tsl=true      | and no tsl
            cassandra://127.0.0.1/grove?tls=yes       | true or false
            cassandra://127.0.0.1/grove?tls-ca=a.pem  | without tls=true
            """)
    void refuses_what_it_does_not_understand_in_words_without_secrets(String url, String rule) {
        assertThatThrownBy(() -> CassandraAddress.of(url, null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule).satisfies(e -> assertThat(e.getMessage()).doesNotContain("geheim"));
    }

    @Test
    void never_prints_a_password() {
        assertThat(CassandraAddress.of("cassandra://127.0.0.1/grove", new Login("user", "geheim")).toString())
                .contains("user").doesNotContain("geheim");
    }
}
