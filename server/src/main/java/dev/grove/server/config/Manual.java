package dev.grove.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** The options as texts for people: a page of the manual and a sample file. */
public final class Manual {

    private Manual() {}

    /** The page docs/operations/configuration.md. */
    public static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                <!-- Generated from dev.grove.server.config.Options; a test fails when it is not current. -->

                Every option can be given on the command line (`grove serve --dm-listen 0.0.0.0:8080`) or in a file of
                lines `key = value` (`grove serve --config FILE`); the command line wins. An unknown key, or a value
                out of bounds, is a refusal to start. Sizes are written `65536`, `64KiB` or `2MiB`; times `500ms`,
                `30s`, `10m`, `24h` or `7d`. A port of 0 takes a free one; the real address is printed at the start.
                """);
        for (String group : groups()) {
            page.append("\n## ").append(group)
                    .append("\n\n| option | value | default | meaning |\n|---|---|---|---|\n");
            options(group).forEach(option -> page.append(row(option)));
        }
        return page.append("\n## Sample file\n\n```properties\n").append(sample()).append("```\n").toString();
    }

    private static String row(Option<?> option) {
        String bounds = option.bounds().isEmpty() ? "" : " (" + option.bounds() + ")";
        String given = option.defaultText().isEmpty() ? "none" : "`" + option.defaultText() + "`";
        return "| `--" + option.name() + "` | `" + option.label().replace("|", "\\|") + "`" + bounds + " | " + given
                + " | " + option.sentence() + " |\n";
    }

    /** A configuration file with every option at its default, as comments. */
    public static String sample() {
        return groups().stream().map(group -> "# " + group + "\n" + options(group).stream()
                .map(o -> "# " + o.name() + " = " + o.defaultText() + "\n").collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> groups() {
        return Options.all().stream().map(Option::group).distinct().toList();
    }

    private static List<Option<?>> options(String group) {
        return Options.all().stream().filter(option -> option.group().equals(group)).toList();
    }
}
