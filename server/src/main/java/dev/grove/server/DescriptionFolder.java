package dev.grove.server;

import dev.grove.mo.Ddf;
import dev.grove.mo.DdfReader;
import dev.grove.server.config.ConfigRefused;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of descriptions for whole models; files whose names begin with a dot are passed over. */
final class DescriptionFolder {

    private DescriptionFolder() {}

    /**
     * @param folder absent: there is none
     * @throws ConfigRefused if the folder or a file in it cannot be read, or a file is no description
     */
    static List<Ddf> read(@Nullable Path folder) {
        if (folder == null) {
            return List.of();
        }
        List<Ddf> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                boolean isHidden = file.getFileName().toString().startsWith(".");
                if (Files.isRegularFile(file) && !isHidden) {
                    found.add(read(file, Bytes.wrap(Files.readAllBytes(file))));
                }
            }
        } catch (IOException e) {
            throw new ConfigRefused("option ddf: cannot read " + e.getMessage());
        }
        return found;
    }

    private static Ddf read(Path file, Bytes document) {
        try {
            return DdfReader.read(document);
        } catch (Malformed malformed) {
            throw new ConfigRefused("option ddf: " + file + " is no device description: " + malformed.getMessage());
        }
    }
}
