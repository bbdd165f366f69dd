package dev.grove.tools;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Spelling;
import dev.grove.tools.inspect.Inspection;
import dev.grove.tools.inspect.Inspection.Target;
import dev.grove.tools.inspect.Input;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grove encode}: spells a document anew. */
@Command(name = "encode", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Writes a SyncML message, a tree (TNDS) or a device description (DDF) in the other spelling, XML or WBXML.",
        "The document keeps its meaning: binary values become base64 in XML; a tree inside of a message becomes a "
                + "WBXML document of its own in WBXML and mark-up in XML. Attributes have no place in WBXML and are "
                + "left out, with a note. Nothing is masked."},
        footer = {"", "Examples:",
                "  grove encode --to wbxml -o message.wbxml message.xml",
                "  grove encode --to wbxml --hex message.xml",
                "  grove encode --to xml --pretty message.wbxml", "", ExitStatuses.OF_DOCUMENTS})
final class EncodeCommand implements Runnable {

    private enum PublicIds {
        NUMERIC, TEXT
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "File to read, recognised as by decode; - is the standard input.")
    private String file = "";

    @Option(names = "--to", paramLabel = "SPELLING", required = true, description = "Spelling of the output: wbxml or "
            + "xml.")
    private Encoding to = Encoding.WBXML;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "File to write. Default: the standard "
            + "output; WBXML goes to a terminal as a hexadecimal dump.")
    private @Nullable Path output;

    @Option(names = "--hex", description = "Write the bytes as hexadecimal digits, in one line.")
    private boolean hex;

    @Option(names = "--pretty", description = "Indent XML. Default: minimal, without white space.")
    private boolean pretty;

    @Option(names = "--public-id", paramLabel = "KIND", defaultValue = "numeric", description = "How WBXML names its "
            + "document type: numeric, or text for devices that expect it. Trees have no number and always get the "
            + "text. Default: ${DEFAULT-VALUE}.")
    private PublicIds publicId = PublicIds.NUMERIC;

    @Option(names = "--wbxml-version", paramLabel = "VERSION", defaultValue = "1.3", description = "Version that WBXML "
            + "is marked with: 1.1, 1.2 or 1.3. Default: ${DEFAULT-VALUE}.")
    private String wbxmlVersion = "1.3";

    @Option(names = "--max-bytes", paramLabel = "BYTES", defaultValue = "67108864", description = "Longest document "
            + "that is read, in bytes. Default: ${DEFAULT-VALUE}.")
    private int maxBytes;

    @Override
    public void run() {
        Checks.atLeast(spec, "--max-bytes", maxBytes, 1);
        if (!wbxmlVersion.matches("1\\.[123]")) {
            throw new ParameterException(spec.commandLine(),
                    "Invalid value for option '--wbxml-version': " + wbxmlVersion + " is none of 1.1, 1.2 and 1.3");
        }
        Target target = new Target(new Spelling(to, publicId == PublicIds.TEXT), pretty,
                wbxmlVersion.charAt(2) - '0');
        InputFile input = new InputFile(file, maxBytes);
        write(input.use(document -> respelled(document, target, input)));
    }

    private Bytes respelled(Input document, Target target, InputFile input) throws Malformed {
        Bytes respelled = Inspection.respell(document, target, input.limits());
        int attributes = to == Encoding.WBXML ? Inspection.attributesOf(document, input.limits()) : 0;
        if (attributes > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("grove: note: WBXML has no place for attributes; left out: " + attributes);
            err.flush();
        }
        return respelled;
    }

    private void write(Bytes document) {
        if (output != null) {
            writeFile(output, hex ? Bytes.utf8(document.hex() + "\n") : document);
        } else if (hex) {
            print(document.hex() + "\n");
        } else if (to == Encoding.XML) {
            print(document.utf8() + (pretty ? "" : "\n"));
        } else if (ProgressLine.isTerminal()) {
            print(Inspection.dump(document));
        } else {
            System.out.write(document.toArray(), 0, document.length());
            System.out.flush();
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    private static void writeFile(Path file, Bytes content) {
        try {
            Files.write(file, content.toArray());
        } catch (IOException e) {
            throw CommandFailure.input(file + ": cannot be written (" + e + ")");
        }
    }
}
