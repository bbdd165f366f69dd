package dev.grove.tools.demo;

import dev.grove.client.dm2.Browser;
import dev.grove.dm2.client.Event.Browsing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A browser with a user who reads the pages of the tour, and answers those that ask at once. */
final class ScriptedBrowser implements Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public Browsing open(URI page) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> shown = http.send(HttpRequest.newBuilder(page).timeout(PATIENCE).build(),
                    BodyHandlers.ofString());
            if (shown.statusCode() != 200) {
                return Browsing.FAILED;
            }
            if (!shown.body().contains("<form")) {
                return Browsing.STARTED;
            }
            http.send(HttpRequest.newBuilder(page).timeout(PATIENCE)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(answer(shown.body()))).build(), BodyHandlers.discarding());
            return Browsing.STARTED;
        } catch (IOException unreachable) {
            return Browsing.FAILED;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Browsing.FAILED;
        }
    }

    /** The answers of {@link Programme#USER}, by what the page asks for. */
    private static String answer(String page) {
        if (page.contains("type=\"checkbox\"")) {
            return "choice=1&choice=3&answer=ok";
        }
        if (page.contains("type=\"radio\"")) {
            return "choice=2&answer=ok";
        }
        if (page.contains("name=\"text\"")) {
            return "text=Grove&answer=ok";
        }
        return page.contains("value=\"yes\"") ? "answer=yes" : "answer=ok";
    }
}
