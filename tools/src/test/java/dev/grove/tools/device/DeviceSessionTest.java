package dev.grove.tools.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.syncml.Encoding;
import dev.grove.tools.Grove;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code grove device} in conversation with the server's engine, over HTTP on the loopback. */
class DeviceSessionTest {

    private static final String ID = "IMEI:493005100592800";

    @TempDir
    Path folder;

    private record Flavour(String profile, Encoding encoding, Scheme scheme) {}

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (String profile : List.of("dm11", "dm12", "dm13", "windows")) {
            for (Encoding encoding : Encoding.values()) {
                for (Scheme scheme : Scheme.values()) {
                    all.add(Arguments.of(profile, encoding, scheme));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void does_what_the_server_wants_in_every_profile_encoding_and_scheme(String profile, Encoding encoding,
            Scheme scheme) throws Exception {
        try (EngineServer server = new EngineServer(account(scheme))) {
            server.wants(get("./DevInfo/DevId")).wants(get("./Demo/Settings/Name"))
                    .wants(replace("./Demo/Settings/Brightness", Value.of(Format.INT, "30")))
                    .wants(get("./Demo/Settings/Brightness"))
                    .wants(new Operation.Add(at("./Demo/Settings/New"), Value.text("näw <&>")))
                    .wants(get("./Demo/Settings/New")).wants(new Operation.Delete(at("./Demo/Settings/Bookmark")))
                    .wants(get("./Demo/Settings/Bookmark"));

            String out = run(0, server, new Flavour(profile, encoding, scheme));

            List<Integer> statuses = Stream.iterate(0, i -> i < 8, i -> i + 1)
                    .map(i -> server.outcome(i).status().code()).toList();
            assertThat(statuses).as(out).containsExactly(200, 200, 200, 200, 200, 200, 200, 404);
            assertThat(text(server.outcome(0))).isEqualTo(ID);
            assertThat(text(server.outcome(1))).isEqualTo("A simulated device");
            assertThat(text(server.outcome(3))).isEqualTo("30");
            assertThat(text(server.outcome(5))).isEqualTo("näw <&>");
            assertThat(server.facts).contains(new Fact.Authenticated(scheme),
                    new Fact.Ended(Fact.Reason.COMPLETED, ""));
            assertThat(out).contains(" completed").doesNotContain("device-secret").doesNotContain("server-secret");
            boolean isWindows = profile.equals("windows");
            assertThat(server.requests.getFirst()).contains(
                    isWindows ? "/dm?mode=Maintenance&Platform=WoA MSFT OMA DM Client/1.2.0.1" : "/dm Grove");
        }
    }

    @Test
    void nonces_last_from_session_to_session_when_there_is_a_data_folder() throws Exception {
        try (EngineServer server = new EngineServer(account(Scheme.MD5))) {
            for (int session = 0; session < 3; session++) {
                server.wants(get("./DevInfo/Man"));
                run(0, server, new Flavour("dm12", Encoding.XML, Scheme.MD5), "--data", folder.toString());
                assertThat(server.outcome(0).status()).isEqualTo(StatusCode.OK);
                server.facts.removeIf(Fact.Answered.class::isInstance);
            }
            assertThat(server.facts).filteredOn(Fact.Authenticated.class::isInstance).hasSize(3);
            assertThat(server.requests).as("the second and third session need no challenge").hasSizeLessThan(9);
        }
    }

    @Test
    void a_large_object_goes_each_way() throws Exception {
        byte[] big = new byte[300 * 1024];
        big[0] = (byte) 0xFF;
        for (Encoding encoding : Encoding.values()) {
            try (EngineServer server = new EngineServer(account(Scheme.MD5))) {
                server.wants(get("./Demo/Photo")).wants(new Operation.Add(at("./Demo/Settings/Big"),
                        new Value(Format.BIN, "application/octet-stream", Bytes.copyOf(big))))
                        .wants(get("./Demo/Settings/Big"));

                run(0, server, new Flavour("dm12", encoding, Scheme.MD5));

                assertThat(server.outcome(0).results().getFirst().value().data().length()).isEqualTo(300 * 1024);
                assertThat(server.outcome(1).status()).isEqualTo(StatusCode.OK);
                assertThat(server.outcome(2).results().getFirst().value().data()).isEqualTo(Bytes.copyOf(big));
            }
        }
    }

    @Test
    void an_atomic_that_fails_is_rolled_back_and_files_too() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("old.txt"), "old");
        try (EngineServer server = new EngineServer(account(Scheme.BASIC))) {
            server.wants(new Operation.Atomic(List.of(replace("./Files/old.txt", Value.text("new")),
                    new Operation.Add(at("./Files/more.txt"), Value.text("more")),
                    replace("./Demo/Settings/Name", Value.text("changed")), replace("./Nowhere", Value.text("x")))))
                    .wants(get("./Files/old.txt")).wants(get("./Demo/Settings/Name"))
                    .wants(new Operation.Add(at("./Files/kept.txt"), Value.text("kept")));

            run(0, server, new Flavour("dm12", Encoding.XML, Scheme.BASIC), "--folder", "./Files=" + files);

            assertThat(server.outcome(0).status()).isEqualTo(StatusCode.ATOMIC_FAILED);
            assertThat(List.of("0.0", "0.1", "0.2", "0.3").stream()
                    .map(path -> server.answer("job0", path).orElseThrow().status().code()))
                    .containsExactly(216, 216, 216, 404);
            assertThat(text(server.outcome(1))).isEqualTo("old");
            assertThat(text(server.outcome(2))).isEqualTo("A simulated device");
            assertThat(files.resolve("more.txt")).doesNotExist();
            assertThat(files.resolve("kept.txt")).hasContent("kept");
        }
    }

    @Test
    void an_asynchronous_exec_is_accepted_and_its_result_is_told_later() throws Exception {
        try (EngineServer server = new EngineServer(account(Scheme.MAC))) {
            server.wants(new Operation.Exec(at("./Demo/Work/Run"), Value.text("1"), "corr-1"))
                    .wants(new Operation.Exec(at("./Demo/Work/Now"), null, null));

            run(0, server, new Flavour("dm12", Encoding.WBXML, Scheme.MAC));

            assertThat(server.outcome(0).status()).isEqualTo(StatusCode.ACCEPTED_FOR_PROCESSING);
            assertThat(server.outcome(1).status()).isEqualTo(StatusCode.OK);
            Fact.AlertRaised alert = server.alerts().getFirst();
            assertThat(alert.correlator()).isEqualTo("corr-1");
            assertThat(alert.type()).isEqualTo("dev.grove.demo.work");
            assertThat(alert.source()).isEqualTo("./Demo/Work/Run");
            assertThat(alert.data().text()).isEqualTo("200");
        }
    }

    @Test
    void a_script_answers_the_servers_questions() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), """
                confirm: yes
                input: CNN
                choose: 1 3
                """);
        try (EngineServer server = new EngineServer(account(Scheme.MD5))) {
            server.wants(new Operation.Display("Hello", UiOptions.NONE))
                    .wants(new Operation.Confirm("Install?", UiOptions.NONE))
                    .wants(new Operation.Input("Which?", UiOptions.NONE))
                    .wants(new Operation.Choose("What?", List.of("a", "b", "c"), true, UiOptions.NONE));

            String out = run(0, server, new Flavour("dm13", Encoding.XML, Scheme.MD5), "--ui",
                    script.toString());

            assertThat(server.outcome(0).status()).isEqualTo(StatusCode.OK);
            assertThat(server.outcome(1).status()).isEqualTo(StatusCode.OK);
            assertThat(text(server.outcome(2))).isEqualTo("CNN");
            assertThat(server.outcome(3).results()).extracting(result -> result.value().text())
                    .containsExactly("1", "3");
            assertThat(out).contains("confirm \"Install?\" is answered: yes");
        }
    }

    @Test
    void secrets_of_the_account_cannot_be_read_and_the_trace_masks_them() throws Exception {
        try (EngineServer server = new EngineServer(account(Scheme.BASIC))) {
            server.wants(get("./DMAcc/Grove/AppAuth/1/AAuthSecret")).wants(get("./DMAcc/Grove/ServerID"));

            String out = run(0, server, new Flavour("dm12", Encoding.XML, Scheme.BASIC), "-v");

            assertThat(server.outcome(0).status().isSuccess()).isFalse();
            assertThat(text(server.outcome(1))).isEqualTo("127.0.0.1");
            assertThat(out).contains("sends", "gets").doesNotContain("device-secret").doesNotContain("server-secret");
        }
    }

    @Test
    void a_wrong_password_ends_with_1() throws Exception {
        Account other = new Account(ID, new Secret("someone", "else", Bytes.EMPTY), List.of(Scheme.MD5), null,
                Scheme.MD5);
        try (EngineServer server = new EngineServer(other)) {
            server.wants(get("./DevInfo/Man"));

            String out = run(1, server, new Flavour("dm12", Encoding.XML, Scheme.MD5));

            assertThat(out).contains("the server does not believe the device");
            assertThat(server.facts).noneMatch(Fact.Authenticated.class::isInstance);
        }
    }

    private static Account account(Scheme scheme) {
        return new Account(ID, new Secret("device", "device-secret", Bytes.EMPTY), List.of(scheme),
                new Secret("server", "server-secret", Bytes.EMPTY), scheme);
    }

    private static String run(int expected, EngineServer server, Flavour flavour, String... more) throws IOException {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("device", "--server", server.url(), "--id", ID, "--user",
                "device", "--secret", "device-secret", "--server-user", "server", "--server-secret", "server-secret",
                "--profile", flavour.profile(), "--encoding", flavour.encoding().name().toLowerCase(Locale.ROOT),
                "--auth", flavour.scheme().name().toLowerCase(Locale.ROOT)));
        arguments.addAll(List.of(more));
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(out + "\n" + server.facts).isEqualTo(expected);
        return out.toString();
    }

    private static Operation get(String uri) {
        return new Operation.Get(at(uri));
    }

    private static Operation replace(String uri, Value value) {
        return new Operation.Replace(at(uri), value);
    }

    private static Address at(String uri) {
        return Address.parse(uri);
    }

    private static String text(Outcome outcome) {
        assertThat(outcome.results()).as(outcome.toString()).isNotEmpty();
        return outcome.results().getFirst().value().text();
    }
}
