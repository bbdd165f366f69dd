package dev.grove.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GroveTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void prints_its_help_when_no_subcommand_is_named() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: grove");
    }

    @Test
    void refuses_an_unknown_subcommand_with_status_2() {
        assertThat(run("devise")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("'devise'", "device")
                .endsWith("(see grove --help)");
    }

    @Test
    void every_subcommand_has_a_description() {
        CommandLine grove = Grove.commandLine();
        assertThat(grove.getSubcommands()).isNotEmpty();
        grove.getSubcommands().forEach((name, command) -> assertThat(
                command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty());
    }

    private int run(String... arguments) {
        return Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
