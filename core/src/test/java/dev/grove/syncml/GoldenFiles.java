package dev.grove.syncml;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples of the specifications, {@code golden/<document>/<section>-<what>.xml}: repaired where print or
 * extraction broke them, otherwise as they stand. Beside each stands what Grove writes for it, {@code .strict.xml} and
 * {@code .wbxml.hex}; run the test with {@code -Dgrove.golden.write=true} to write those anew, and read the difference.
 */
final class GoldenFiles {

    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFiles() {}

    /** The examples of a document, by path. */
    static List<Path> examples(String document) {
        try (Stream<Path> files = Files.list(ROOT.resolve(document))) {
            return files.filter(file -> file.toString().endsWith(".xml") && !file.toString().endsWith(".strict.xml"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String name) {
        return ROOT.resolve(name);
    }

    static Bytes bytes(Path file) {
        try {
            return Bytes.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hexadecimal digits, in lines. */
    static Bytes hex(Path file) {
        return Bytes.hex(bytes(file).utf8().replaceAll("\\s", ""));
    }

    static String lines(Bytes bytes) {
        return bytes.hex().replaceAll("(.{100})", "$1\n").strip() + "\n";
    }

    static Path beside(Path example, String ending) {
        return example.resolveSibling(example.getFileName().toString().replace(".xml", ending));
    }

    /** Writes the file if that is asked for. */
    static void maybeWrite(Path file, String content) {
        if (Boolean.getBoolean("grove.golden.write")) {
            try {
                Files.writeString(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
