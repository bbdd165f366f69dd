package dev.grove.verify.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every source keeps every {@link Rule}; and every rule bites a planted fault. */
class HouseRulesTest {

    private static final List<SourceFile> SOURCES = SourceFile.all();

    @Test
    void sees_the_sources() {
        assertThat(SOURCES).hasSizeGreaterThan(30);
        assertThat(SOURCES).anyMatch(file -> file.name().endsWith("core/src/main/java/dev/grove/wire/Bytes.java"));
    }

    @ParameterizedTest
    @EnumSource
    void every_source_keeps(Rule rule) {
        assertThat(SOURCES.stream().flatMap(file -> rule.violations(file).stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void is_not_blind(Rule rule) {
        assertThat(rule.violations(SourceFile.planted(fault(rule)))).as("violations of a planted fault").isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leaves_good_code_alone(Rule rule) {
        assertThat(rule.violations(SourceFile.planted("""
                package dev.grove.planted;

                class Planted {
                    Planted(int a, int b, int c, int d, int e) {}

                    int answer(Object question) {
                        return switch (question) {
                            case String text -> text.length();
                            case Object other -> other.hashCode();
                        };
                    }
                }
                """))).isEmpty();
    }

    private static String fault(Rule rule) {
        return switch (rule) {
            case FILE_LENGTH -> "class Planted {\n" + "    // one more line\n".repeat(500) + "}\n";
            case LINE_LENGTH -> "class Planted { // " + "x".repeat(110) + "\n}\n";
            case METHOD_LENGTH -> "class Planted {\n void long_() {\n" + "  int x;\n".repeat(60) + " }\n}\n";
            case PARAMETERS -> "class Planted {\n void m(int a, int b, int c, int d, int e) {}\n}\n";
            case TYPE_NAMES -> "class PlantedHelper {}\n";
            case NO_DEFAULT_OVER_TYPES -> """
                    class Planted {
                        int m(Object o) {
                            return switch (o) {
                                case String s -> 1;
                                default -> 2;
                            };
                        }
                    }
                    """;
            case HABITS -> "class Planted {\n // TODO later\n}\n";
        };
    }
}
