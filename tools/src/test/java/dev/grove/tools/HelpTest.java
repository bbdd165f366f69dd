package dev.grove.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The help of every subcommand is complete. */
class HelpTest {

    private static Stream<String> subcommands() {
        List<String> names = new ArrayList<>(Grove.commandLine().getSubcommands().keySet());
        names.remove("help");
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void describes_every_option_and_argument(String name) {
        CommandLine command = command(name);
        for (ArgSpec argument : command.getCommandSpec().args()) {
            assertThat(String.join(" ", argument.description())).as(name + " " + argument).isNotBlank()
                    .matches(text -> text.endsWith("."), "ends with a full stop");
        }
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void tells_the_default_of_every_option_with_a_value(String name) {
        CommandLine command = command(name);
        command.getCommandSpec().options().stream().filter(option -> option.defaultValue() != null)
                .filter(option -> option.arity().max() > 0)
                .forEach(option -> assertThat(String.join(" ", option.description())).as(name + " " + option)
                        .contains("Default: " + option.defaultValue()));
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void shows_purpose_examples_and_exit_statuses(String name) {
        CommandRun run = CommandRun.of(name, "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: grove " + name).contains("Example").contains("  grove " + name)
                .containsIgnoringCase("exit status");
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void refuses_an_unknown_option_with_status_2_and_one_line(String name) {
        CommandRun run = CommandRun.of(name, "--no-such-option");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("grove: ")
                .endsWith(" (see grove " + name + " --help)");
    }

    private static CommandLine command(String name) {
        return Objects.requireNonNull(Grove.commandLine().getSubcommands().get(name), name);
    }
}
