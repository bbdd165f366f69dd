package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Malformed;
import org.junit.jupiter.api.Test;

class SyncmlHmacTest {

    @Test
    void reads_what_it_prints() throws Malformed {
        SyncmlHmac header = new SyncmlHmac("MD5", "Bruce \"the\\man\", 2", "6AZk96DG6F0jSIaEpbK4Ng==");
        assertThat(SyncmlHmac.parse(header.print())).isEqualTo(header);
    }

    @Test
    void the_algorithm_may_be_left_out() throws Malformed {
        assertThat(SyncmlHmac.parse("username=\"Bruce2\", mac=6AZk96DG6F0jSIaEpbK4Ng==").algorithm())
                .isEqualTo("MD5");
    }

    @Test
    void reads_a_blank_for_a_comma_and_a_quoted_algorithm_in_any_order() throws Malformed {
        assertThat(SyncmlHmac.parse("username=\"Bruce2\",mac=6AZk96DG6F0jSIaEpbK4Ng== algorithm=\"MD5\""))
                .isEqualTo(new SyncmlHmac("MD5", "Bruce2", "6AZk96DG6F0jSIaEpbK4Ng=="));
    }

    @Test
    void reads_a_folded_header_and_the_unpadded_example() throws Malformed {
        assertThat(SyncmlHmac.parse(
                "algorithm=MD5, username=\"Robert Jordan\",\r\n mac=NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk"))
                .isEqualTo(new SyncmlHmac("MD5", "Robert Jordan",
                        "NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk"));
    }

    @Test
    void names_are_read_without_regard_to_case_and_unknown_attributes_are_skipped() throws Malformed {
        assertThat(SyncmlHmac.parse("UserName = Bruce2; vendor=\"a, b\"; MAC = AAAA"))
                .isEqualTo(new SyncmlHmac("MD5", "Bruce2", "AAAA"));
    }

    @Test
    void refuses_a_header_without_user_or_digest() {
        for (String value : new String[] {"", "mac=AAAA", "username=\"Bruce2\"", "username=\"\", mac=AAAA", "nonsense",
                "username=\"Bruce2, mac=AAAA", "x".repeat(5000)}) {
            assertThatThrownBy(() -> SyncmlHmac.parse(value)).as(value).isInstanceOf(Malformed.class)
                    .hasMessageContaining("x-syncml-hmac");
        }
    }

    @Test
    void never_prints_the_digest_by_accident() {
        assertThat(new SyncmlHmac("MD5", "Bruce2", "6AZk96DG6F0jSIaEpbK4Ng==").toString()).doesNotContain("6AZk");
    }
}
