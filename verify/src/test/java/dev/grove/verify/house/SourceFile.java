package dev.grove.verify.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java source of the project, parsed (not compiled).
 *
 * @param name path below the root of the repository
 */
public record SourceFile(String name, String text, CompilationUnitTree unit, Trees trees) {

    private static final List<String> MODULES = List.of("core", "tls", "client", "server", "testkit", "tools", "bench",
            "verify", "examples");

    /** Read once for all tests that ask. */
    private static final class Once {
        private static final List<SourceFile> ALL = everything();
    }

    /** Every source of every module, tests included. */
    public static List<SourceFile> all() {
        return Once.ALL;
    }

    private static List<SourceFile> everything() {
        Path root = repositoryRoot();
        return parse(MODULES.stream().map(root::resolve).filter(Files::isDirectory).flatMap(SourceFile::javaFiles)
                .map(path -> new Source(root.relativize(path).toString(), read(path))).toList());
    }

    /** A source that is not on disk: a planted fault. */
    static SourceFile planted(String text) {
        return parse("core/src/main/java/dev/grove/planted/Planted.java", text);
    }

    /** A test that is not on disk. */
    public static SourceFile plantedTest(String text) {
        return parse("core/src/test/java/dev/grove/planted/PlantedTest.java", text);
    }

    /** The folder of the repository: the nearest one above with the script {@code grove} in it. */
    public static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("grove")) || !Files.exists(folder.resolve("core/pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    /** Whether it is a test rather than what is shipped. */
    public boolean isTest() {
        return name.contains("src/test/");
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** The number, from 1, of the line in which a tree starts. */
    long lineOf(com.sun.source.tree.Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    /** How many lines a tree spans. */
    long lineCountOf(com.sun.source.tree.Tree tree) {
        long end = trees.getSourcePositions().getEndPosition(unit, tree);
        return end < 0 ? 0 : unit.getLineMap().getLineNumber(end) - lineOf(tree) + 1;
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("/target/")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile parse(String name, String text) {
        return parse(List.of(new Source(name, text))).getFirst();
    }

    /** By one compiler: to make a new one for each takes a minute. */
    private static List<SourceFile> parse(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        Trees trees = Trees.instance(task);
        try {
            List<SourceFile> files = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Source source = sources.get(files.size());
                files.add(new SourceFile(source.name, source.text, unit, trees));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a source. */
    private static final class Source extends SimpleJavaFileObject {

        private final String name;
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name), Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
