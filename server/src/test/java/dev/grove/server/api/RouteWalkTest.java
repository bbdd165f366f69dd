package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.check.DescriptionShelf;
import dev.grove.server.http.FakeCall;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.wire.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every route, asked for in every wrong way. */
class RouteWalkTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW");

    private final MemoryStore store = new MemoryStore();
    private final EventStream events = new EventStream(Duration.ofSeconds(1), "run");
    private final Resources resources = new Resources(
            new Fleet(store, new JobDesk(store, events, 9), new SessionDesk(store, SessionDesk.Rules.USUAL),
                    new DescriptionShelf(store, List.of(), DescriptionShelf.Rules.USUAL)),
            events, Clock.systemUTC(), () -> "");
    private final Api api = new Api(resources, "the-token", 1000);
    private final Set<String> paths = resources.routes().stream().map(Route::template)
            .map(template -> template.replaceAll("\\{[a-z]+}", "1")).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void names_the_methods_where_another_is_used() {
        for (String path : paths) {
            Set<String> allowed = methods(path);
            for (String method : METHODS) {
                if (!allowed.contains(method)) {
                    HttpAnswer answer = api.handle(FakeCall.of(method, path, ""));
                    assertProblem(answer, 405, method + " " + path);
                    assertThat(answer.headers().first("Allow").orElse("")).contains(allowed);
                }
            }
        }
    }

    @Test
    void asks_for_the_token_before_anything_else() {
        for (Route route : resources.routes()) {
            String path = route.template().replaceAll("\\{[a-z]+}", "1");
            HttpAnswer answer = api
                    .handle(FakeCall.of(route.method(), path + "?nonsense=1", "{").with(Headers.NONE));
            if (route.isOpen()) {
                assertThat(answer.status()).as(path).isEqualTo(200);
            } else {
                assertProblem(answer, 401, route.method() + " " + path);
                assertThat(answer.headers().first("WWW-Authenticate")).contains("Bearer");
            }
        }
    }

    @Test
    void refuses_documents_that_are_too_long_or_of_another_kind() {
        for (Route route : resources.routes()) {
            String path = route.template().replaceAll("\\{[a-z]+}", "1");
            if (List.of("POST", "PUT", "PATCH").contains(route.method())) {
                assertProblem(api.handle(FakeCall.of(route.method(), path, " ".repeat(1001))), 413, path);
                FakeCall call = FakeCall.of(route.method(), path, "{}");
                assertProblem(api.handle(call.with(call.headers().with("Content-Type", "image/png"))), 415, path);
            }
        }
    }

    @Test
    void finds_nothing_beside_the_routes() {
        for (String path : paths) {
            assertProblem(api.handle(FakeCall.of("GET", path + "/", "")), 404, path);
            assertProblem(api.handle(FakeCall.of("GET", "/" + path, "")), 404, path);
        }
    }

    @Test
    void refuses_parameters_that_nobody_knows_or_that_stand_there_twice() {
        assertProblem(api.handle(FakeCall.of("GET", "/api/v1/devices?limt=3", "")), 400, "unknown");
        assertProblem(api.handle(FakeCall.of("GET", "/api/v1/devices?limit=3&limit=4", "")), 400, "twice");
        assertProblem(api.handle(FakeCall.of("DELETE", "/api/v1/devices/1?force=1", "")), 400, "known here: none");
        assertThat(api.handle(FakeCall.of("GET", "/healthz?probe=1", "")).status()).isEqualTo(200);
    }

    private Set<String> methods(String path) {
        return resources.routes().stream().filter(route -> route.match(path).isPresent()).map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertProblem(HttpAnswer answer, int status, String what) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.headers().first("Content-Type")).as(what).contains("application/problem+json");
        assertThat(((HttpAnswer.Whole) answer).body().utf8()).contains("\"status\":" + status);
    }
}
