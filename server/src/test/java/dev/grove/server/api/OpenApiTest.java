package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description of the API and the API say the same. */
class OpenApiTest {

    private final MemoryStore store = new MemoryStore();
    private final EventStream events = new EventStream(Duration.ofSeconds(1), "run");
    private final List<Route> routes = new Resources(new Fleet(store, new JobDesk(store, events, 1),
            new SessionDesk(store, SessionDesk.Rules.USUAL),
            new DescriptionShelf(store, List.of(), DescriptionShelf.Rules.USUAL)), events, Clock.systemUTC(),
            () -> "").routes();
    private final Json.Obj document = read();

    @Test
    void describes_every_route_and_only_routes() {
        Set<String> served = routes.stream().map(r -> r.method() + " " + r.template())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        paths().forEach((path, item) -> fields(item)
                .forEach((method, operation) -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(described).isEqualTo(served).hasSizeGreaterThan(15);
    }

    @Test
    void says_of_each_operation_what_it_does_whom_it_admits_and_what_stands_in_its_path() {
        for (Route route : routes) {
            Map<String, Json> operation = fields(
                    fields(paths().get(route.template())).get(route.method().toLowerCase(Locale.ROOT)));
            assertThat(operation).as(route.template()).containsKeys("operationId", "summary", "responses");
            assertThat(operation.containsKey("security")).as(route.template()).isEqualTo(route.isOpen());
            List<String> places = new ArrayList<>();
            for (String segment : route.template().split("/", -1)) {
                if (segment.startsWith("{")) {
                    places.add(segment.substring(1, segment.length() - 1));
                }
            }
            assertThat(parameters(operation, "path")).as(route.template()).isEqualTo(places);
            assertThat(parameters(operation, "query")).as(route.template())
                    .containsExactlyInAnyOrderElementsOf(route.parameters());
            boolean takesBody = List.of("POST", "PUT", "PATCH").contains(route.method());
            assertThat(operation.containsKey("requestBody")).as(route.template()).isEqualTo(takesBody);
        }
    }

    @Test
    void refers_to_nothing_that_is_not_there() {
        Set<String> known = fields(fields(document.fields().get("components")).get("schemas")).keySet();
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(known)
                .contains(reference.substring("#/components/schemas/".length())));
    }

    @Test
    void answers_every_refusal_by_a_problem_document() {
        for (Route route : routes) {
            Map<String, Json> operation = fields(
                    fields(paths().get(route.template())).get(route.method().toLowerCase(Locale.ROOT)));
            Map<String, Json> responses = fields(operation.get("responses"));
            if (!route.isOpen()) {
                assertThat(responses).as(route.template()).containsKey("401");
                responses.forEach((status, response) -> {
                    if (status.startsWith("4") || status.startsWith("5")) {
                        assertThat(fields(fields(response).get("content"))).as(route.template())
                                .containsOnlyKeys("application/problem+json");
                    }
                });
            }
            if (operation.containsKey("requestBody")) {
                assertThat(responses).as(route.template()).containsKeys("413", "415", "422");
            }
            if (!route.parameters().isEmpty()) {
                assertThat(responses).as(route.template()).containsKey("400");
            }
        }
    }

    private static List<String> parameters(Map<String, Json> operation, String where) {
        Json parameters = operation.get("parameters");
        return parameters == null
                ? List.of()
                : ((Json.Arr) parameters).items().stream().map(OpenApiTest::fields)
                        .filter(p -> Json.of(where).equals(p.get("in"))).map(p -> text(p.get("name"))).toList();
    }

    private static void collect(Json value, List<String> references) {
        if (value instanceof Json.Obj(Map<String, Json> fields)) {
            fields.forEach((name, field) -> {
                if (name.equals("$ref")) {
                    references.add(text(field));
                } else {
                    collect(field, references);
                }
            });
        } else if (value instanceof Json.Arr(List<Json> items)) {
            items.forEach(item -> collect(item, references));
        }
    }

    private Map<String, Json> paths() {
        return fields(document.fields().get("paths"));
    }

    private static Map<String, Json> fields(@Nullable Json value) {
        if (value instanceof Json.Obj(Map<String, Json> fields)) {
            return fields;
        }
        throw new AssertionError("no object: " + value);
    }

    private static String text(@Nullable Json value) {
        if (value instanceof Json.Str(String text)) {
            return text;
        }
        throw new AssertionError("no text: " + value);
    }

    private static Json.Obj read() {
        try {
            return (Json.Obj) JsonText.read(Resources.openApi(), Limits.DEFAULT);
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}
