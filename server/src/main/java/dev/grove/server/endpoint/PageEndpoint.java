package dev.grove.server.endpoint;

import dev.grove.auth.Digest;
import dev.grove.dm1.command.UserAnswer;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.UserInteraction;
import dev.grove.engine.Ticket.Purpose;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.RepositoryDesk.Found;
import dev.grove.server.fleet.RepositoryDesk.Taken;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tickets.State;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Outcome;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Web Server Component ([DM 2.0 §5.1.5]): one page for each user interaction, opened on the device by SHOW. The
 * address is the proof: it is given to one device only, and is good for one answer. The outcome is the one that the
 * same answer has on a device of DM 1.x.
 */
public final class PageEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PageEndpoint.class);
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final RepositoryDesk desk;
    private final Clock clock;

    public PageEndpoint(RepositoryDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public HttpAnswer.Whole handle(HttpCall call) {
        try {
            return answer(call);
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the user is told to come again: {}", failure.getMessage());
            return with(page(503, Page.notice("Not now", "Please try again in a moment.")), "Retry-After", "10");
        } catch (BodyRefused refused) {
            return page(refused.status(), Page.notice("Not understood", refused.reason()));
        }
    }

    private HttpAnswer.Whole answer(HttpCall call) throws BodyRefused {
        String id = call.path().substring(DeviceDoors.PAGES.length());
        Optional<Found> found = desk.find(id).filter(f -> f.held().ticket().purpose() == Purpose.PAGE);
        Optional<Interaction> asked = found.flatMap(Found::operation)
                .filter(operation -> operation instanceof Interaction).map(operation -> (Interaction) operation);
        if (found.isEmpty() || asked.isEmpty()) {
            return page(404, Page.notice("Nothing here", "There is no page at this address."));
        }
        boolean isOver = found.get().held().state() != State.OPEN || found.get().held().isExpired(now());
        return switch (call.method()) {
            case "GET", "HEAD" -> isOver ? over() : page(200, Page.of(asked.get(), ""));
            case "POST" -> submitted(call, id, asked.get(), isOver);
            default -> with(page(405, Page.notice("Not understood", "This page is read and answered.")), "Allow",
                    "GET, HEAD, POST");
        };
    }

    /** The question is not shown again once it is over; the answer that was given may come twice. */
    private HttpAnswer.Whole submitted(HttpCall call, String id, Interaction asked, boolean isOver)
            throws BodyRefused {
        String type = call.headers().first("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return page(415, Page.notice("Not understood", "The answer is a form."));
        }
        Bytes body = call.body(MAX_ANSWER_BYTES);
        Optional<Answer> given = PageForm.read(body.utf8()).answer(asked);
        Optional<String> problem = given.isEmpty() ? Optional.of("this asks for an answer")
                : UserAnswer.problem(asked, given.get());
        if (problem.isPresent()) {
            return isOver ? over() : page(422, Page.of(asked, problem.get()));
        }
        UserAnswer answer = UserAnswer.of(asked, given.orElseThrow());
        Outcome outcome = UserInteraction.outcome(answer.status(), answer.items());
        Taken taken = desk.take(id, new RepositoryDesk.Came(Digest.SHA256.of(body).hex(), outcome, List.of()),
                now());
        return taken == Taken.GONE ? over() : page(200, Page.notice("Thank you", "You can close this page."));
    }

    private static HttpAnswer.Whole over() {
        return page(410, Page.notice("Over", "This page has been answered, or has expired."));
    }

    /** Nothing on such a page comes from elsewhere, runs, or can be put in a frame; nobody keeps it or its address. */
    private static HttpAnswer.Whole page(int status, String html) {
        Headers headers = Headers.of("Content-Type", "text/html; charset=utf-8").with("Cache-Control", "no-store")
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                        + " frame-ancestors 'none'; base-uri 'none'")
                .with("X-Content-Type-Options", "nosniff").with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex");
        return new HttpAnswer.Whole(status, headers, Bytes.utf8(html));
    }

    private static HttpAnswer.Whole with(HttpAnswer.Whole answer, String name, String value) {
        return new HttpAnswer.Whole(answer.status(), answer.headers().with(name, value), answer.body());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
