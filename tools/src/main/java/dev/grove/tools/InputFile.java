package dev.grove.tools;

import dev.grove.tools.inspect.Input;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file, or the standard input, that a command reads a document from. */
final class InputFile {

    private static final String STANDARD_INPUT = "-";

    private final String name;
    private final Limits limits;

    InputFile(String name, int maxBytes) {
        this.name = name;
        this.limits = new Limits(maxBytes, 256, 1_000_000, maxBytes);
    }

    Limits limits() {
        return limits;
    }

    /** Something that is done with a document, and that finds out whether it is well formed. */
    interface Use<T> {
        T of(Input input) throws Malformed;
    }

    /** Something that is done with a file that is no document of the SyncML family; empty if it is one after all. */
    interface OtherUse<T> {
        Optional<T> of(Bytes file) throws Malformed;
    }

    /** Reads and recognises the document and hands it on; everything wrong with it becomes one line. */
    <T> T use(Use<T> use) {
        return use(file -> Optional.empty(), use);
    }

    /** The same, but that the file as it is goes to {@code first} before it is recognised. */
    <T> T use(OtherUse<T> first, Use<T> use) {
        String wrapping = "";
        try {
            Bytes file = read();
            Optional<T> other = first.of(file);
            if (other.isPresent()) {
                return other.get();
            }
            Input input = Input.of(file);
            wrapping = switch (input.wrapping()) {
                case NONE -> "";
                case HEX -> " read as hexadecimal,";
                case BASE64 -> " read as base64,";
            };
            return use.of(input);
        } catch (Malformed malformed) {
            throw CommandFailure.input(line(malformed, wrapping));
        }
    }

    private String line(Malformed malformed, String wrapping) {
        return shownName() + ":" + wrapping + " malformed"
                + (malformed.offset() < 0 ? "" : " at offset " + malformed.offset())
                + (malformed.path().isEmpty() ? "" : " in " + malformed.path()) + ", broken rule: " + malformed.rule();
    }

    private String shownName() {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    private Bytes read() throws Malformed {
        try (InputStream in = name.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(limits.maxBodyBytes() + 1);
            if (bytes.length > limits.maxBodyBytes()) {
                throw new Malformed(limits.maxBodyBytes(), "",
                        "a document has at most " + limits.maxBodyBytes() + " bytes (option --max-bytes)");
            }
            return Bytes.wrap(bytes);
        } catch (NoSuchFileException e) {
            throw CommandFailure.input(shownName() + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw CommandFailure.input(shownName() + ": may not be read");
        } catch (IOException e) {
            throw CommandFailure.input(shownName() + ": cannot be read (" + e.getMessage() + ")");
        }
    }
}
