package dev.grove.verify.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.verify.house.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The conformance tables are accounted for, and the page that shows them is current. */
class ConformanceTest {

    private static final String REQUIREMENTS = resource("requirements.tsv");
    private static final ConformanceTable TABLE = ConformanceTable.of(REQUIREMENTS, resource("waivers.tsv"),
            SourceFile.all());

    @Test
    void every_row_has_a_test_or_a_reason() {
        assertThat(TABLE.rows()).hasSizeGreaterThan(100);
        assertThat(TABLE.violations()).isEmpty();
    }

    @Test
    void the_page_is_current() throws IOException {
        Path page = SourceFile.repositoryRoot().resolve("docs/conformance.md");
        if ("write".equals(System.getProperty("grove.docs"))) {
            Files.writeString(page, TABLE.toMarkdown());
        }
        assertThat(page).as("write it anew with mvn verify -Dgrove.docs=write").content().isEqualTo(TABLE.toMarkdown());
    }

    @Test
    void a_row_without_test_or_reason_is_found_out() {
        ConformanceTable bare = ConformanceTable.of(REQUIREMENTS, "", List.of());
        assertThat(bare.violations()).hasSameSizeAs(bare.rows());
    }

    @Test
    void a_tag_without_row_and_an_empty_reason_are_found_out() {
        SourceFile stray = SourceFile.plantedTest("""
                class PlantedTest {
                    @Test
                    @Tag("DM-PRO-X-999")
                    void proves_nothing() {}
                }
                """);
        ConformanceTable table = ConformanceTable.of("header\n", "DM-PRO-Y-1\tstale", List.of(stray));
        assertThat(table.violations()).anyMatch(line -> line.contains("DM-PRO-X-999"))
                .anyMatch(line -> line.contains("DM-PRO-Y-1"));
        ConformanceTable waived = ConformanceTable.of("h\nS\tA-1\tclient\tf\t1\tM\n", "A-1\t ", List.of());
        assertThat(waived.violations()).containsExactly("A-1 is waived without a reason");
    }

    private static String resource(String name) {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource /conformance/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
