package dev.grove.verify.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between modules and packages: who may know whom. */
class WallsTest {

    private static final JavaClasses GROVE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.grove");

    /** The packages of core, each with those it may use. */
    private static final Map<String, List<String>> FLOORS = Map.ofEntries(Map.entry("wire", List.of()),
            Map.entry("tree", List.of("wire")), Map.entry("auth", List.of("wire")),
            Map.entry("notify", List.of("wire", "auth")), Map.entry("syncml", List.of("wire", "tree")),
            Map.entry("mo", List.of("wire", "tree", "syncml")),
            Map.entry("engine", List.of("wire", "tree", "auth", "syncml")),
            Map.entry("dm1", List.of("wire", "tree", "auth", "syncml", "mo", "engine")),
            Map.entry("dm2", List.of("wire", "tree", "auth", "syncml", "mo", "engine")));

    private static final String[] CORE = FLOORS.keySet().stream().map(name -> "dev.grove." + name + "..")
            .toArray(String[]::new);

    @Test
    void sees_the_classes_of_every_module() {
        for (String name : List.of("wire", "tree", "syncml", "dm1", "client", "server", "tools")) {
            assertThat(GROVE.stream().filter(resideInAPackage("dev.grove." + name + ".."))).as(name).isNotEmpty();
        }
    }

    @Test
    void a_package_of_core_uses_only_lower_floors() {
        FLOORS.forEach((name, lower) -> floor(name, lower).check(GROVE));
    }

    @Test
    void a_package_that_looks_up_is_found_out() {
        assertThatThrownBy(() -> floor("syncml", List.of()).check(GROVE)).isInstanceOf(AssertionError.class);
    }

    @Test
    void core_knows_no_module_above_it() {
        noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat()
                .resideInAnyPackage("dev.grove.client..", "dev.grove.server..", "dev.grove.testkit..",
                        "dev.grove.tools..")
                .check(GROVE);
    }

    @Test
    void client_and_server_never_meet() {
        apart("client", "server").check(GROVE);
        apart("server", "client").check(GROVE);
    }

    @Test
    void the_tls_that_both_use_knows_neither_of_them_nor_the_protocols() {
        noClasses().that().resideInAPackage("dev.grove.tls..").should()
                .dependOnClassesThat(resideInAPackage("dev.grove..").and(not(resideInAPackage("dev.grove.tls.."))))
                .check(GROVE);
    }

    @Test
    void only_two_packages_know_the_tls_library() {
        noClasses().that().resideOutsideOfPackages("dev.grove.tls..", "dev.grove.server.tls..").should()
                .dependOnClassesThat().resideInAPackage("org.bouncycastle.tls..").check(GROVE);
    }

    @Test
    void the_shipped_modules_do_not_know_the_tools() {
        noClasses().that().resideInAnyPackage("dev.grove.client..", "dev.grove.server..", "dev.grove.testkit..")
                .should()
                .dependOnClassesThat().resideInAPackage("dev.grove.tools..").allowEmptyShould(true).check(GROVE);
    }

    @Test
    void inside_the_server_everything_points_to_the_fleet() {
        for (String name : List.of("endpoint", "store", "api")) {
            String[] sideways = List.of("endpoint", "store", "api").stream().filter(other -> !other.equals(name))
                    .map(other -> "dev.grove.server." + other + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage("dev.grove.server." + name + "..").should().dependOnClassesThat()
                    .resideInAnyPackage(sideways).check(GROVE);
        }
        noClasses().that().resideInAPackage("dev.grove.server.fleet..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.grove.server.endpoint..", "dev.grove.server.store..", "dev.grove.server.api..")
                .check(GROVE);
    }

    @Test
    void core_stands_on_the_platform_and_two_parsers() {
        onlyParsers().check(GROVE);
    }

    @Test
    void core_does_no_io_and_never_asks_for_time_or_luck() {
        pure().check(GROVE);
    }

    @Test
    void impure_code_in_core_would_be_found_out() {
        JavaClasses planted = new ClassFileImporter().importClasses(Impure.class);
        assertThatThrownBy(() -> noClasses().should().dependOnClassesThat(IMPURE).check(planted))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> noClasses().should().callMethod(Instant.class, "now").check(planted))
                .isInstanceOf(AssertionError.class);
    }

    /** What of java.net only reads and writes URIs does no I/O. */
    private static final DescribedPredicate<JavaClass> IMPURE = resideInAnyPackage("java.net..", "java.nio.file..",
            "java.nio.channels..", "java.util.concurrent..", "java.sql..", "javax.net..", "org.slf4j..",
            "java.util.logging..")
            .and(not(belongToAnyOf(URLEncoder.class, URLDecoder.class, URI.class, URISyntaxException.class)))
            .or(belongToAnyOf(File.class, FileWriter.class, Socket.class, Files.class, Clock.class, Random.class,
                    SecureRandom.class, Thread.class));

    private static ArchRule pure() {
        ArchRule types = noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat(IMPURE);
        types.check(GROVE);
        return noClasses().that().resideInAnyPackage(CORE).should().callMethod(Instant.class, "now").orShould()
                .callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random");
    }

    private static ArchRule onlyParsers() {
        return noClasses().that().resideInAnyPackage(CORE).should().dependOnClassesThat(not(resideInAnyPackage("java..",
                "javax.xml.stream..", "javax.crypto..", "dev.grove..", "org.jspecify..", "com.fasterxml.aalto..",
                "org.codehaus.stax2..",
                "tools.jackson.core..")));
    }

    private static ArchRule floor(String name, List<String> lower) {
        String[] allowed = Stream
                .concat(Stream.of(name), lower.stream()).map(n -> "dev.grove." + n + "..")
                .toArray(String[]::new);
        return noClasses().that().resideInAPackage("dev.grove." + name + "..").should()
                .dependOnClassesThat(resideInAPackage("dev.grove..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true);
    }

    private static ArchRule apart(String one, String other) {
        return noClasses().that().resideInAPackage("dev.grove." + one + "..").should().dependOnClassesThat()
                .resideInAPackage("dev.grove." + other + "..").allowEmptyShould(true);
    }

    /** A planted fault: what core must not do. */
    @SuppressWarnings("unused")
    private static final class Impure {
        Instant now() throws IOException {
            return Files.exists(Files.createTempFile("a", "b")) ? Instant.now() : Instant.EPOCH;
        }
    }
}
