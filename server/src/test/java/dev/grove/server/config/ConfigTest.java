package dev.grove.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.config.Config.LogFormat;
import dev.grove.server.config.Config.StoreKind;
import dev.grove.server.config.Config.Unknown;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.http.HttpListener.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

    @Test
    void is_usable_and_safe_when_nothing_is_set() {
        Config config = Config.of(Settings.none());
        assertThat(config.dm().host() + ":" + config.dm().port()).isEqualTo("127.0.0.1:8080");
        assertThat(config.api().host() + ":" + config.api().port()).isEqualTo("127.0.0.1:9090");
        assertThat(config.dmPaths()).containsExactly("/dm");
        assertThat(config.store()).extracting(Config.Chosen::kind).isEqualTo(StoreKind.SQLITE);
        assertThat(config.lab()).isEqualTo(new Config.Lab(Unknown.REFUSE, null, null));
        assertThat(config.protocol().maxMsgSizeBytes()).isEqualTo(64 << 10);
        assertThat(config.dm().tls()).isNull();
        assertThat(config.log().format()).isEqualTo(LogFormat.TEXT);
    }

    @Test
    void takes_what_is_set() {
        Config config = config("dm-listen", "[::1]:0", "dm-paths", "/dm, /omadm", "max-body", "3MiB", "max-header",
                "4096", "session-idle", "90s", "unknown-devices", "register", "lab-user", "u", "lab-secret", "p",
                "dm-key-store", "/x.p12", "dm-client-certificates", "optional", "log-format", "json", "keep-traces",
                "0s");
        assertThat(config.dm().host()).isEqualTo("::1");
        assertThat(config.dmPaths()).isEqualTo(List.of("/dm", "/omadm"));
        assertThat(config.wire().maxBodyBytes()).isEqualTo(3 << 20);
        assertThat(config.dm().limits().maxHeaderBytes()).isEqualTo(4096);
        assertThat(config.protocol().idle()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.lab().client()).isEqualTo(new Config.Login("u", "p"));
        assertThat(Objects.requireNonNull(config.dm().tls()).clients()).isEqualTo(Clients.OPTIONAL);
        assertThat(config.keeping().traces()).isZero();
        assertThat(config.keeping().tracing()).isEqualTo(Tracing.NONE);
    }

    @Test
    void never_shows_the_address_of_a_database() {
        Config config = config("store", "jdbc:postgresql://h/n?password=geheim", "store-password", "auch", "api-token",
                "noch eins, und lang genug");
        assertThat(config.store().kind()).isEqualTo(StoreKind.POSTGRES);
        assertThat(config.toString()).doesNotContain("geheim", "auch", "noch eins");
        assertRefused("store", "jdbc:postgres://h/n?password=geheim", "neither sqlite");
    }

    @Test
    void bearers_of_mobile_networks_are_there_when_they_are_named_and_never_show_a_secret() {
        Gateways none = config().waking().bearers().gateways();
        assertThat(none).isEqualTo(new Gateways(null, null, null, null));
        Config config = config("wake-sms", "smsc.example:2775", "wake-sms-password", "geheim1", "wake-kannel",
                "http://127.0.0.1:13013/cgi-bin/sendsms", "wake-kannel-password", "geheim2", "wake-kannel-reports",
                "http://127.0.0.1:8080/reports/0123456789abcdef", "wake-pap", "https://ppg.example/pap",
                "wake-pap-user", "u", "wake-pap-password", "geheim3", "wake-pap-reports",
                "http://127.0.0.1:8080/reports/fedcba9876543210", "wake-obex", "true");
        Gateways all = config.waking().bearers().gateways();
        assertThat(Objects.requireNonNull(all.sms()).centre().port()).isEqualTo(2775);
        assertThat(Objects.requireNonNull(all.pap()).addressHost()).isEqualTo("ppg.example");
        assertThat(Objects.requireNonNull(all.kannel()).reports()).isNotNull();
        assertThat(Objects.requireNonNull(all.obex()).port()).isEqualTo(650);
        assertThat(config.toString()).doesNotContain("geheim", "0123456789abcdef", "fedcba9876543210");
    }

    @Test
    void bearers_refuse_what_cannot_be() {
        assertRefused("wake-sms", "smsc.example", "option wake-sms: 'smsc.example' is not HOST:PORT");
        assertRefused("wake-kannel", "127.0.0.1", "option wake-kannel is no URL of http or https");
        assertRefused("wake-pap", "http://u:p@h/", "without a user name");
        assertRefused("wake-trust-store", "/nowhere.p12", "option wake-trust-store: ");
        assertThatThrownBy(() -> config("wake-sms", "h:1", "wake-sms-password", "geheimnisvoll"))
                .isInstanceOf(ConfigRefused.class)
                .hasMessage("option wake-sms-password has 8 visible ASCII characters at most");
        assertThatThrownBy(() -> config("wake-kannel", "http://h/", "wake-kannel-password", "a\nX-To: b"))
                .isInstanceOf(ConfigRefused.class).hasMessageContaining("visible ASCII");
        for (String reports : List.of("http://h/", "http://h/short", "http://h/reports/0123456789abcdef?a=b")) {
            assertThatThrownBy(() -> config("wake-pap", "http://h/", "wake-pap-reports", reports))
                    .isInstanceOf(ConfigRefused.class).hasMessageContaining("option wake-pap-reports: the path ends");
        }
    }

    @Test
    void no_refusal_repeats_what_may_be_a_secret() {
        assertThatThrownBy(() -> config("wake-mqtt", "mqtts://u:ge heim@broker.example"))
                .isInstanceOf(ConfigRefused.class).hasMessageContaining("option wake-mqtt")
                .hasMessageNotContaining("heim");
        String path = "/reports/0123456789abcdef";
        assertThatThrownBy(() -> config("wake-kannel", "http://k/", "wake-pap", "http://p/", "wake-kannel-reports",
                "http://a:8080" + path, "wake-pap-reports", "http://b:8080" + path)).isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("wake-kannel-reports and wake-pap-reports").hasMessageNotContaining(path);
    }

    @Test
    void refuses_with_the_name_of_the_option_and_the_rule() {
        assertRefused("dm-listen", "8080", "option dm-listen: '8080' is not HOST:PORT");
        assertRefused("dm-listen", "::1:8080", "brackets");
        assertRefused("dm-listen", "h:70000", "0 to 65535");
        assertRefused("dm-paths", "dm", "begins with a slash");
        assertRefused("max-body", "1", "out of bounds (2KiB to 64MiB)");
        assertRefused("max-body", "1GB", "no whole number");
        assertRefused("max-body", "9999999999999999999KiB", "no whole number");
        assertRefused("session-idle", "10", "no duration");
        assertRefused("session-idle", "0s", "out of bounds");
        assertRefused("unknown-devices", "maybe", "none of refuse|register");
        assertRefused("accept-default-nonce", "yes", "neither true nor false");
        assertRefused("lab-user", "u", "need unknown-devices register");
        assertRefused("lab-secret", "p", "needs a lab user name");
        assertRefused("dm-client-certificates", "required", "needs dm-key-store");
        assertThatThrownBy(() -> config("colour", "red")).isInstanceOf(ConfigRefused.class)
                .hasMessage("unknown option colour");
    }

    @Test
    void reads_a_file_and_lets_the_command_line_win(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("grove.properties");
        Files.writeString(file, "# comment\nmax-sends = 5\nmax-attempts=7\n");
        Settings settings = Settings.of(Map.of("max-sends", "6")).over(Settings.load(file));
        Config config = Config.of(settings);
        assertThat(config.guard().maxSends()).isEqualTo(6);
        assertThat(config.protocol().maxAttempts()).isEqualTo(7);
        Files.writeString(file, "max-sendz = 5\n");
        assertThatThrownBy(() -> Settings.load(file)).isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("unknown option max-sendz").hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Settings.load(folder.resolve("none"))).isInstanceOf(ConfigRefused.class);
    }

    @Test
    void the_sample_file_says_what_holds_anyway(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sample.properties");
        Files.writeString(file, Manual.sample().replaceAll("(?m)^# ([a-z0-9-]+ = )", "$1"));
        assertThat(Config.of(Settings.load(file))).isEqualTo(Config.of(Settings.none()));
    }

    @Test
    void services_are_there_when_they_are_named_and_never_show_a_secret() {
        assertThat(config().waking().bearers().services()).isEqualTo(new Services(null, null, "", null, null, null));
        Config config = config("wake-mqtt", "mqtts://broker.example", "wake-mqtt-user", "u", "wake-mqtt-password",
                "geheim1", "wake-mqtt-trust-store", "t.p12", "wake-mqtt-trust-store-password", "geheim2",
                "wake-fcm-account", "account.json", "wake-wns-client-id", "ms-app://s", "wake-wns-client-secret",
                "geheim3", "wake-http-hosts", "*.lab.example, http://127.0.0.1:8000", "wake-sip-from",
                "sip:grove@example.com", "wake-sip-hosts", "example.com", "wake-sip-user", "u", "wake-sip-password",
                "geheim4");
        Services all = config.waking().bearers().services();
        assertThat(all.mqtt()).isNotNull();
        assertThat(all.fcm()).isNotNull();
        assertThat(all.wns()).isNotNull();
        assertThat(Objects.requireNonNull(all.http()).deviceHosts()).containsExactly("*.lab.example",
                "http://127.0.0.1:8000");
        assertThat(all.sip()).isNotNull();
        assertThat(config.toString()).doesNotContain("geheim");
    }

    @Test
    void services_refuse_what_cannot_be() {
        refusedWith("option wake-mqtt: the address of a broker is", "wake-mqtt", "http://broker.example");
        refusedWith("option wake-mqtt-topic: 'grove' does not hold", "wake-mqtt", "mqtt://b", "wake-mqtt-topic",
                "grove");
        refusedWith("option wake-fcm-url is an address", "wake-fcm-account", "a", "wake-fcm-url", "fcm");
        refusedWith("option wake-wns-client-id needs", "wake-wns-client-id", "a");
        refusedWith("option wake-sip-from needs", "wake-sip-from", "sip:a@b");
        refusedWith("option wake-sip-from: the addresses", "wake-sip-from", "grove", "wake-sip-hosts", "h");
    }

    private static void refusedWith(String words, String... options) {
        assertThatThrownBy(() -> config(options)).isInstanceOf(ConfigRefused.class).hasMessageContaining(words);
    }

    @Test
    void the_manual_is_current() throws IOException {
        Path page = Path.of("..", "docs", "operations", "configuration.md");
        if ("write".equals(System.getProperty("grove.docs"))) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, Manual.page());
        }
        assertThat(page).as("write it anew: mvn test -pl server -am -Dtest=ConfigTest -Dgrove.docs=write")
                .hasContent(Manual.page());
    }

    @Test
    void every_option_is_described_in_a_sentence_and_has_a_default_that_it_takes() {
        assertThat(Options.all()).hasSizeGreaterThan(30).allSatisfy(option -> {
            assertThat(option.sentence()).as(option.name()).endsWith(".");
            if (!option.defaultText().isEmpty()) {
                assertThat(option.read(option.defaultText())).as(option.name()).isNotNull();
            }
        });
        assertThat(Options.all().stream().map(Option::name)).doesNotHaveDuplicates();
    }

    @Test
    void prints_no_password() {
        Config config = config("dm-key-store", "/x.p12", "dm-key-store-password", "hunter2", "unknown-devices",
                "register", "lab-user", "u", "lab-secret", "hunter3");
        assertThat(config.toString()).doesNotContain("hunter");
    }

    private static void assertRefused(String name, String value, String part) {
        assertThatThrownBy(() -> config(name, value)).isInstanceOf(ConfigRefused.class).hasMessageContaining(part);
    }

    private static Config config(String... pairs) {
        Map<String, String> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put(pairs[i], pairs[i + 1]);
        }
        return Config.of(Settings.of(given));
    }
}
