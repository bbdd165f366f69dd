package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.json.JsonWriter;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The benchmark: its parts one after the other, each with servers of its own. */
public final class Bench {

    private final Plan plan;
    private final ProgressLine progress;

    public Bench(Plan plan, ProgressLine progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param parts in the order in which they were run
     */
    public record Report(Map<Part, Finding> parts) {

        /** For people. */
        public String text() {
            StringBuilder text = new StringBuilder();
            parts.values().forEach(finding -> text.append(finding.text()).append('\n'));
            return text + String.format(Locale.ROOT, "%d processors, Java %s%n",
                    Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
        }

        /** For programs: an object for each part. */
        public String json() {
            return JsonWriter.object(json -> {
                parts.forEach((part, finding) -> json.child(part.toString(), finding::write));
                json.number("processors", Runtime.getRuntime().availableProcessors()).text("java",
                        Runtime.version().toString());
            });
        }
    }

    public Report run(Set<Part> wanted) throws IOException, InterruptedException {
        Map<Part, Finding> found = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            if (wanted.contains(part)) {
                found.put(part, run(part, found));
            }
        }
        return new Report(found);
    }

    private Finding run(Part part, Map<Part, Finding> before) throws IOException, InterruptedException {
        return switch (part) {
            case WBXML, XML, DM20 -> sessions(part);
            case FLEET -> new FleetPart(plan, progress).run();
            case TLS -> new TlsPart(plan, progress).run();
            case STORE -> new StoreFinding(store(),
                    before.get(Part.WBXML) instanceof SessionsFinding known ? known : sessions(Part.WBXML));
        };
    }

    private SessionsFinding sessions(Part part) throws IOException, InterruptedException {
        return new SessionsPart(plan, plan.server(part), progress).run();
    }

    private SessionsFinding store() throws IOException, InterruptedException {
        String url = Objects.requireNonNull(plan.store(), "--store");
        return new SessionsPart(plan, plan.server(Part.STORE).with(Map.of("store", url)), progress).run();
    }
}
