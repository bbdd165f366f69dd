package dev.grove.tools;

import dev.grove.tools.device.DeviceCommand;
import dev.grove.tools.simulate.SimulateCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code grove}: prints its help if no subcommand is named. */
@Command(name = "grove", mixinStandardHelpOptions = true)
public final class Grove implements Runnable {

    private static final String DESCRIPTION = "A complete system for OMA Device Management.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The command with all its subcommands; for {@link #main} and for tests. */
    public static CommandLine commandLine() {
        CommandLine grove = new CommandLine(new Grove()).addSubcommand(new DemoCommand()).addSubcommand(Serve.command())
                .addSubcommand(new DeviceCommand()).addSubcommand(new SimulateCommand())
                .addSubcommand(new DecodeCommand())
                .addSubcommand(new EncodeCommand()).addSubcommand(new NotifyCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        grove.getCommandSpec().versionProvider(new Version()).usageMessage().description(DESCRIPTION);
        return grove.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Grove::tellInOneLine)
                .setParameterExceptionHandler(Grove::refuseInOneLine);
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.flush();
    }

    /** A person wants one clear line; who wants the stack trace asks for it with {@code GROVE_STACKTRACE=1}. */
    private static int tellInOneLine(Exception failure, CommandLine command, CommandLine.ParseResult ignored) {
        int status = failure instanceof CommandFailure known ? known.exitStatus() : CommandLine.ExitCode.SOFTWARE;
        PrintWriter err = command.getErr();
        String message = failure.getMessage();
        err.println("grove: " + (message == null ? failure.toString() : message));
        if (System.getenv("GROVE_STACKTRACE") != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return status;
    }

    /** The whole usage would push the one line that matters off the screen. */
    private static int refuseInOneLine(ParameterException wrong, String[] ignored) {
        CommandLine command = wrong.getCommandLine();
        String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        List<String> meant = wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions()
                : List.of();
        PrintWriter err = command.getErr();
        err.println("grove: " + message + (meant.isEmpty() ? "" : "; did you mean " + String.join(", ", meant) + "?")
                + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Grove.class.getPackage().getImplementationVersion();
            return new String[] {"grove " + (version == null ? "(not packaged)" : version)};
        }
    }
}
