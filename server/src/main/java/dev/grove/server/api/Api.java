package dev.grove.server.api;

import dev.grove.server.fleet.Store;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administration listener: {@code /api/v1} for those who know the token; health, readiness and metrics for anybody
 * who can reach it.
 */
public final class Api implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final List<Route> routes;
    private final Bytes token;
    private final int maxBodyBytes;

    /**
     * @param token what callers prove themselves with
     * @param maxBodyBytes the longest document that is taken
     */
    public Api(Resources resources, String token, int maxBodyBytes) {
        this.routes = resources.routes();
        this.token = Bytes.utf8(token);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        try {
            return dispatch(call);
        } catch (Invalid invalid) {
            return Problem.of(invalid);
        } catch (Asked.Refusal refusal) {
            return Problem.with(Problem.of(refusal.status(), refusal.reason()), "Connection", "close");
        } catch (Store.Unsupported unsupported) {
            return Problem.of(501, unsupported.reason());
        } catch (Store.Failure failure) {
            LOG.debug("the store failed: {}", failure.getMessage());
            return Problem.with(Problem.of(503, "the store is not available"), "Retry-After", "10");
        } catch (RuntimeException fault) {
            LOG.error("{} {}: fault while answering", call.method(), call.path(), fault);
            return Problem.of(500, "internal error; the server's log has the details");
        }
    }

    private HttpAnswer dispatch(HttpCall call) throws Invalid {
        TreeSet<String> allowed = new TreeSet<>();
        boolean isHead = call.method().equals("HEAD");
        for (Route route : routes) {
            Optional<List<String>> places = route.match(call.path());
            if (places.isPresent() && route.method().equals(isHead ? "GET" : call.method())) {
                return route.isOpen() || isAuthorized(call)
                        ? route.action().answer(new Asked(call, places.get(), query(route, call), maxBodyBytes))
                        : unauthorized();
            }
            places.ifPresent(p -> allowed.addAll(route.method().equals("GET")
                    ? List.of("GET", "HEAD", "OPTIONS")
                    : List.of(route.method(), "OPTIONS")));
        }
        if (!allowed.isEmpty() && call.method().equals("OPTIONS")) {
            return Problem.with(Answers.none(), "Allow", String.join(", ", allowed));
        }
        if (!allowed.isEmpty()) {
            return Problem.with(Problem.of(405, "the methods here are " + String.join(", ", allowed)), "Allow",
                    String.join(", ", allowed));
        }
        boolean isSecret = call.path().startsWith("/api/") && !isAuthorized(call);
        return isSecret ? unauthorized() : Problem.of(404, "there is nothing at " + call.path());
    }

    private static Query query(Route route, HttpCall call) throws Invalid {
        Query query = Query.parse(call.query());
        return route.isOpen() ? query : query.only(route.parameters());
    }

    private boolean isAuthorized(HttpCall call) {
        String given = call.headers().first("Authorization").orElse("");
        return given.regionMatches(true, 0, "Bearer ", 0, 7)
                && Bytes.utf8(given.substring(7).strip()).equalsInConstantTime(token);
    }

    private static HttpAnswer unauthorized() {
        return Problem.with(
                Problem.of(401, "a bearer token is needed: Authorization: Bearer …, with the token in the file"
                        + " admin-token of the server's data folder"),
                "WWW-Authenticate", "Bearer");
    }
}
