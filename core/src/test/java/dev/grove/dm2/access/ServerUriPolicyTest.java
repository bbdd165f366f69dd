package dev.grove.dm2.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a server may send the device. */
@Tag("DM-OBJ-003-C-M")
class ServerUriPolicyTest {

    private static final String HOME = "https://dm.example.com/dm2";

    private static boolean goes(ServerUriPolicy policy, String url, String home) {
        return policy.refuse(url, home).isEmpty();
    }

    @Test
    void goes_to_the_host_of_the_account() {
        for (String url : List.of("https://dm.example.com/x", "https://DM.example.com:8443/x?y=1",
                "https://dm.example.com./")) {
            assertThat(goes(ServerUriPolicy.OWN_HOST, url, HOME)).as(url).isTrue();
        }
        assertThat(goes(ServerUriPolicy.OWN_HOST, "http://127.0.0.1:9/x", "http://127.0.0.1:8080/dm2")).isTrue();
        assertThat(goes(ServerUriPolicy.OWN_HOST, "https://127.0.0.1/x", "http://127.0.0.1:8080/dm2")).isTrue();
    }

    @Test
    void goes_nowhere_else_by_itself() {
        for (String url : List.of("http://dm.example.com/x", "https://example.com/", "https://a.dm.example.com/",
                "https://dm.example.com@evil.example/", "https://u:p@dm.example.com/", "https://dm.example.com/#x",
                "https:///x", "//dm.example.com/x", "/x", "file:///etc/passwd", "file://dm.example.com/x",
                "ftp://dm.example.com/x", "jar:https://dm.example.com/x!/", "javascript:alert(1)", "mailto:x@y",
                "https://dm.example.com\\@evil.example/", "https://[::1]/",
                "https://dm.example.com/" + "x".repeat(9000),
                "")) {
            assertThat(goes(ServerUriPolicy.OWN_HOST, url, HOME)).as(url).isFalse();
        }
    }

    @Test
    void goes_to_hosts_that_are_configured() {
        ServerUriPolicy policy = new ServerUriPolicy(Set.of("repo.example.net", "*.cdn.example"), false);
        assertThat(goes(policy, "https://repo.example.net/", HOME)).isTrue();
        assertThat(goes(policy, "https://a.b.cdn.example/", HOME)).isTrue();
        assertThat(goes(policy, "https://cdn.example/", HOME)).isFalse();
        assertThat(goes(policy, "https://evilcdn.example/", HOME)).isFalse();
        assertThat(goes(policy, "http://repo.example.net/", HOME)).isFalse();
    }

    @Test
    void goes_to_no_private_network_even_if_any_host_will_do() {
        ServerUriPolicy policy = new ServerUriPolicy(Set.of(), true);
        assertThat(goes(policy, "https://repo.example.net/", HOME)).isTrue();
        assertThat(goes(policy, "https://93.184.216.34/", HOME)).isTrue();
        for (String host : List.of("127.0.0.1", "localhost", "a.localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1",
                "169.254.169.254", "100.64.0.1", "0.0.0.0", "[::1]", "[fe80::1]", "[::ffff:10.0.0.1]", "2130706433",
                "127.1", "0x7f.0.0.1", "0177.0.0.1", "224.0.0.1", "999.1.1.1")) {
            assertThat(goes(policy, "https://" + host + "/", HOME)).as(host).isFalse();
        }
        assertThat(goes(new ServerUriPolicy(Set.of("10.1.2.3"), false), "https://10.1.2.3/", HOME)).isTrue();
    }
}
