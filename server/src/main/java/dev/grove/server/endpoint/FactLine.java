package dev.grove.server.endpoint;

import dev.grove.engine.Fact;
import dev.grove.engine.KnownObject;
import dev.grove.tree.Outcome;
import java.util.stream.Collectors;

/** Facts as lines for people, in traces and logs. No line holds a value, a nonce or a secret. */
final class FactLine {

    private FactLine() {}

    static String of(Fact fact) {
        return switch (fact) {
            case Fact.Opened() -> "session opened";
            case Fact.Began(String profile, boolean isCalled) ->
                "management phase began, " + profile + (isCalled ? ", the server had called" : "");
            case Fact.Authenticated(var scheme) -> "authenticated by " + (scheme == null ? "the transport" : scheme);
            case Fact.AuthenticationRefused(var status, String reason) ->
                "not authenticated (" + status + "): " + reason;
            case Fact.Learned(var values) -> "learned "
                    + values.stream().map(Outcome.Result::uri).collect(Collectors.joining(", "));
            case Fact.Sent(String job, int index) -> "job " + job + ": operation " + index + " sent";
            case Fact.Answered(String job, String path, Outcome outcome) ->
                "job " + job + ": operation " + path + " answered " + outcome.status();
            case Fact.Unsendable(String job, int index, var status, String reason) ->
                "job " + job + ": operation " + index + " cannot be sent (" + status + "): " + reason;
            case Fact.Unanswered(String job, int index) -> "job " + job + ": operation " + index + " left unanswered";
            case Fact.AlertRaised raised -> "alert " + raised.code().code() + " " + raised.type();
            case Fact.AlertsAnnounced(var types) -> "alerts announced: " + String.join(", ", types);
            case Fact.ReplyUnreadable(String remark) -> "the device could not read the last answer: " + remark;
            case Fact.Noted(String remark) -> "noted: " + remark;
            case Fact.ClientNonceIssued _ -> "a nonce was issued to the device";
            case Fact.ServerNonceReceived _ -> "a nonce was received for the server";
            case Fact.ServerSchemeLearned(var scheme) -> "the device wants " + scheme + " of the server";
            case Fact.Accepted(String job, String path, var _) ->
                "job " + job + ": operation " + path + " taken on by the device; the outcome comes later";
            case Fact.TicketIssued(var ticket) -> "job " + ticket.jobId() + ": an address was given out for operation "
                    + ticket.path() + ", " + ticket.purpose();
            case Fact.TicketClosed _ -> "an address was closed";
            case Fact.Unsubscribed(String node) -> "no more is told of " + node;
            case Fact.ObjectsTold(var objects) -> "objects: "
                    + objects.stream().map(KnownObject::moid).collect(Collectors.joining(", "));
            case Fact.ValidatorLearned(String moid, String instance, var _) ->
                "what was read of " + moid + "/" + instance + " has a validator";
            case Fact.Ended(var reason, String remark) -> "session ended, " + reason
                    + (remark.isEmpty() ? "" : ": " + remark);
        };
    }
}
