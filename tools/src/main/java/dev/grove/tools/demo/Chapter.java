package dev.grove.tools.demo;

import dev.grove.client.SessionReport.Result;
import dev.grove.tools.demo.Asked.Placed;
import dev.grove.tools.json.JsonView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of the tour: a job for one device, and what is to come of it.
 *
 * @param title the same for every device
 * @param state how the job ends, such as {@code done}, or {@link #REFUSED}
 * @param session how the session of the job ends
 * @param alert what an alert has to say after the job; see {@link ExpectedAlert#NONE}
 * @param sequel what comes then
 */
record Chapter(String title, List<Asked> operations, String state, Result session, ExpectedAlert alert,
        Sequel sequel) {

    /** Instead of a state: the server does not take the job. */
    static final String REFUSED = "refused";

    /**
     * An alert that the server is to hear of.
     *
     * @param type empty if none is expected
     * @param correlator empty if it has none
     */
    record ExpectedAlert(String type, String correlator, String data) {

        static final ExpectedAlert NONE = new ExpectedAlert("", "", "");

        boolean isExpected() {
            return !type.isEmpty();
        }

        boolean is(JsonView alert) {
            return alert.at("type").text().equals(type) && alert.at("correlator").text().equals(correlator)
                    && alert.at("data").text().equals(data);
        }
    }

    Chapter {
        operations = List.copyOf(operations);
    }

    static Chapter of(String title, Asked... operations) {
        return new Chapter(title, List.of(operations), "done", Result.COMPLETED, ExpectedAlert.NONE, Sequel.NONE);
    }

    Chapter ending(String other) {
        return new Chapter(title, operations, other, session, alert, sequel);
    }

    Chapter endingSession(Result other) {
        return new Chapter(title, operations, state, other, alert, sequel);
    }

    Chapter alerting(String type, String correlator, String data) {
        return new Chapter(title, operations, state, session, new ExpectedAlert(type, correlator, data),
                sequel);
    }

    Chapter followedBy(Sequel other) {
        return new Chapter(title, operations, state, session, alert, other);
    }

    /**
     * How a chapter went with one device.
     *
     * @param answer the statuses, as they stand in the table
     * @param complaints what is not as the tour says; empty if all is
     */
    record Verdict(String answer, List<String> complaints) {

        /** Nothing to tell, and nothing to complain of. */
        static final Verdict GOOD = new Verdict("", List.of());

        Verdict {
            complaints = List.copyOf(complaints);
        }

        boolean isGood() {
            return complaints.isEmpty();
        }
    }

    /** Whether what the HTTP API told of a job is why it does not take it. */
    static boolean isRefused(JsonView job) {
        return job.has("errors");
    }

    /** Compares a job, or its refusal, as the HTTP API tells of it, with what was expected. */
    Verdict judge(JsonView job) {
        Map<String, JsonView> outcomes = new HashMap<>();
        job.at(isRefused(job) ? "errors" : "outcomes").items()
                .forEach(outcome -> outcomes.put(outcome.at("operation").text(), outcome));
        List<String> complaints = new ArrayList<>();
        String ended = isRefused(job) ? REFUSED : job.at("state").text();
        if (!ended.equals(state)) {
            complaints.add("the job is " + ended + ", expected " + state + " "
                    + job.at(isRefused(job) ? "detail" : "reason").text());
        }
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            List<String> statuses = new ArrayList<>();
            for (Placed placed : operations.get(i).placed(Integer.toString(i))) {
                JsonView outcome = outcomes.getOrDefault(placed.path(), JsonView.NOTHING);
                statuses.add(outcome.at("status").text());
                judge(placed, outcome, complaints);
            }
            answers.add(statuses.size() == 1
                    ? statuses.getFirst()
                    : statuses.getFirst() + " (" + String.join(" ", statuses.subList(1, statuses.size())) + ")");
        }
        return new Verdict(String.join(" ", answers), complaints);
    }

    private static void judge(Placed placed, JsonView outcome, List<String> complaints) {
        String status = outcome.at("status").text();
        if (!status.equals(Integer.toString(placed.asked().status()))) {
            complaints.add("operation " + placed.path() + ": expected " + placed.asked().status() + ", got "
                    + (status.isEmpty() ? "no answer" : status) + " " + outcome.at("text").text() + " "
                    + outcome.at("detail").text());
        } else {
            placed.asked().result().complaint(outcome.at("results").items())
                    .ifPresent(complaint -> complaints.add("operation " + placed.path() + ": " + complaint));
        }
    }
}
