package dev.grove.server.admission;

import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;

/** Counts who is inside. While the server drains, who is turned away is asked to call on another connection. */
public final class Turnstile implements HttpHandler {

    private final HttpHandler inner;
    private final Admission admission;

    public Turnstile(HttpHandler inner, Admission admission) {
        this.inner = inner;
        this.admission = admission;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        admission.entered();
        try {
            HttpAnswer answer = inner.handle(call);
            return answer instanceof HttpAnswer.Whole(int status, var headers, var body) && status == 503
                    && admission.isDraining()
                            ? new HttpAnswer.Whole(status, headers.with("Connection", "close"), body)
                            : answer;
        } finally {
            admission.left();
        }
    }
}
