package dev.grove.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private final AllowedHosts hosts = new AllowedHosts(
            List.of("*.notify.windows.com", "push.example:8443", "http://127.0.0.1:8000", "http://*.lab.example"));

    @ParameterizedTest
    @ValueSource(strings = {"https://db5p.notify.windows.com/?token=a%2fb", "HTTPS://DB5P.Notify.Windows.COM/x",
            "https://push.example:8443/a", "http://127.0.0.1:8000/n", "http://a.lab.example/"})
    void lets_pass(String address) {
        assertThat(hosts.allowed(address)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://db5p.notify.windows.com/", "https://notify.windows.com/",
            "https://.notify.windows.com",
            "https://notify.windows.com.evil.example/", "https://evilnotify.windows.com/",
            "https://db5p.notify.windows.com:444/", "https://user@db5p.notify.windows.com/",
            "https://evil.example/?.notify.windows.com", "https://evil.example#.notify.windows.com",
            "https://push.example/a", "https://127.0.0.1:8000/n", "http://127.0.0.1/", "http://[::1]:8000/",
            "file:///etc/passwd", "ftp://127.0.0.1:8000/", "127.0.0.1:8000", "", "https://", "http:x", "not a uri",
            "https://lab.example/", "https://a.lab.example/"})
    void turns_away(String address) {
        assertThat(hosts.allowed(address)).isEmpty();
    }
}
