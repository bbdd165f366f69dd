package dev.grove.server.http;

/**
 * Answers calls, many at once. An exception is a fault of ours: the caller gets 500 and no details, the log gets them
 * all.
 */
@FunctionalInterface
public interface HttpHandler {
    HttpAnswer handle(HttpCall call);
}
