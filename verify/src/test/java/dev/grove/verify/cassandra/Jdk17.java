package dev.grove.verify.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The Java that Cassandra 5.0 runs on: 17, and no later one. */
final class Jdk17 {

    private Jdk17() {}

    /** Its command {@code java}; empty if there is none where people usually have one. */
    static Optional<Path> java() {
        Map<String, String> environment = System.getenv();
        Stream<Path> told = Stream.of("GROVE_TEST_JDK17", "JAVA_HOME_17", "JAVA_HOME_17_X64").map(environment::get)
                .filter(Objects::nonNull).map(Path::of);
        Stream<Path> usual = Stream.of("/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines")
                .flatMap(folder -> within(Path.of(folder)));
        return Stream.concat(told, usual).flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                .filter(Jdk17::isJdk17).map(home -> home.resolve("bin/java")).findFirst();
    }

    private static Stream<Path> within(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList().stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static boolean isJdk17(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return false;
        }
        try {
            return Files.readAllLines(release).stream().anyMatch(line -> line.startsWith("JAVA_VERSION=\"17"));
        } catch (IOException unreadable) {
            return false;
        }
    }
}
