package dev.grove.tools;

import dev.grove.tools.device.DeviceCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
                .addSubcommand(new DeviceCommand()).addSubcommand(new DecodeCommand())
                .addSubcommand(new EncodeCommand()).addSubcommand(new BenchCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        grove.getCommandSpec().versionProvider(new Version()).usageMessage().description(DESCRIPTION);
        return grove.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Grove::tellInOneLine);
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

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Grove.class.getPackage().getImplementationVersion();
            return new String[] {"grove " + (version == null ? "(not packaged)" : version)};
        }
    }
}
