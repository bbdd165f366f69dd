package dev.grove.tools;

import dev.grove.tools.inspect.Dm2Inspection;
import dev.grove.tools.inspect.Inspection;
import dev.grove.tools.inspect.Inspection.Form;
import dev.grove.tools.inspect.Inspection.View;
import dev.grove.tools.inspect.NotificationInspection;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grove decode}: looks into a document. */
@Command(name = "decode", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Shows what a document of device management says: a SyncML message, a tree (TNDS) or a device description "
                + "(DDF), in XML or WBXML; of DM 2.0, a package, serialized objects, or a body of several parts; or a "
                + "notification of any version, bare, in a WAP push, or in the user data of short messages.",
        "The kind is told by the bytes. XML may be in UTF-8 or UTF-16; a document may also be given as hexadecimal "
                + "digits, as a dump of xxd, hexdump -C or od -t x1, or as base64. Trees and descriptions inside of a "
                + "message are shown as well. Short messages that belong together are lines of hexadecimal digits."},
        footer = {"", "Examples:",
                "  grove decode message.wbxml",
                "  grove decode --to json message.xml | jq '.commands[].command'",
                "  xxd message.wbxml | grove decode -",
                "  grove decode package2.json",
                "  echo 0605040b84c002010603c4af87… | grove decode -", "", ExitStatuses.OF_DOCUMENTS})
final class DecodeCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "File to read; - is the standard input.")
    private String file = "";

    @Option(names = "--to", paramLabel = "FORM", defaultValue = "text", description = "Form of the output: text (a "
            + "listing for people), xml (indented) or json. Default: ${DEFAULT-VALUE}.")
    private Form form = Form.TEXT;

    @Option(names = "--media-type", paramLabel = "TYPE", description = "Media type of a body of DM 2.0 or of a "
            + "notification, such as application/dmmo+json, multipart/form-data;boundary=b or "
            + "application/vnd.syncml.notification. Default: told by the bytes.")
    private @Nullable String mediaType;

    @Option(names = "--hex", description = "Show WBXML token by token beside its bytes. Secrets are not masked.")
    private boolean hex;

    @Option(names = "--show-secrets", description = "Show credentials, nonces and passwords. Default: masked.")
    private boolean showSecrets;

    @Option(names = "--limit", paramLabel = "CHARACTERS", defaultValue = "2000", description = "How much of one value "
            + "the listing shows, in characters; 0 for all of it. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--max-bytes", paramLabel = "BYTES", defaultValue = "67108864", description = "Longest document "
            + "that is read, in bytes. Default: ${DEFAULT-VALUE}.")
    private int maxBytes;

    @Override
    public void run() {
        Checks.atLeast(spec, "--limit", limit, 0);
        Checks.atLeast(spec, "--max-bytes", maxBytes, 1);
        InputFile input = new InputFile(file, maxBytes);
        View view = new View(form, showSecrets, limit, input.limits());
        String shown = input.use(file -> hex ? Optional.empty() : other(file, view),
                document -> hex ? Inspection.tokens(document, input.limits()) : Inspection.show(document, view));
        PrintWriter out = spec.commandLine().getOut();
        out.print(shown);
        out.flush();
    }

    /** What is no document of the SyncML family. */
    private Optional<String> other(Bytes file, View view) throws Malformed {
        Optional<String> notification = NotificationInspection.show(file, mediaType, view);
        return notification.isPresent() ? notification : Dm2Inspection.show(file, mediaType, view);
    }
}
