package dev.grove.tools.device;

import dev.grove.client.DeviceListener;
import dev.grove.client.SessionReport;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.notify.Allowance;
import dev.grove.client.notify.Reception;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.client.Dm2Fact;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Step;
import dev.grove.notify.NotificationVerdict;
import dev.grove.notify.UiMode;
import dev.grove.syncml.AlertCode;
import dev.grove.wire.Packet;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person what devices do, in lines that begin with the device's name; and remembers how the last session of
 * each
 * went. For any number of devices at once.
 */
final class Progress {

    private final PrintWriter out;
    private final @Nullable Trace trace;
    private final Map<String, SessionReport> last = new ConcurrentHashMap<>();
    private final Allowance floods = new Allowance(1);
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** @param trace shows whole messages; absent if they are not wanted */
    Progress(PrintWriter out, @Nullable Trace trace) {
        this.out = out;
        this.trace = trace;
    }

    /**
     * Whether the last session of every device was good.
     *
     * @param mayBeNone whether a device need not have had one
     */
    boolean isAllWell(Iterable<String> devices, boolean mayBeNone) {
        for (String device : devices) {
            SessionReport report = last.get(device);
            if (report == null ? !mayBeNone || broken.contains(device) : !report.isOk()) {
                return false;
            }
        }
        return true;
    }

    /** The device could not go on at all. */
    void failed(String device, String why) {
        last.remove(device);
        broken.add(device);
        say(device, "failed: " + why);
    }

    synchronized void say(String device, String what) {
        out.println(device + "  " + what);
        out.flush();
    }

    /** The eyes and ears at one device. */
    DeviceListener of(String device) {
        return new Ears(device);
    }

    private final class Ears implements DeviceListener {

        private final String device;

        Ears(String device) {
            this.device = device;
        }

        @Override
        public void started(String serverId, Trigger trigger) {
            say(device, "session " + trigger.sessionId() + " with " + serverId
                    + (trigger.code().equals(AlertCode.SERVER_INITIATED) ? ", on its wish" : ""));
        }

        @Override
        public void started(String serverId, Dm2Trigger trigger) {
            String why = switch (trigger.why()) {
                case CLIENT -> trigger.url() == null ? "" : ", to tell how something ended";
                case SERVER -> ", on its wish";
                case BOOTSTRAP -> ", which it has just come to know";
            };
            say(device, "session with " + serverId + why);
        }

        @Override
        public void running(String serverId, Step.Wish wish) {
            String line = switch (wish) {
                case Step.Wish.Fetch(String url, String _) -> "fetches " + withoutQuery(url);
                case Step.Wish.Deliver(var method, String url, Packet _) -> method + " to " + withoutQuery(url);
                case Step.Wish.Send _,Step.Wish.Browse _,Step.Wish.Finished _ -> "";
            };
            if (!line.isEmpty()) {
                say(device, line);
            }
        }

        @Override
        public void learned(String serverId, Dm2Fact fact) {
            String line = line(fact);
            if (!line.isEmpty()) {
                say(device, line);
            }
        }

        @Override
        public void heard(Reception reception) {
            String line = line(reception);
            if (!line.isEmpty()) {
                say(device, line);
            }
        }

        @Override
        public void declined(String serverId, String why) {
            say(device, "does not call " + serverId + ": " + why);
        }

        @Override
        public void resumed(String serverId, Trigger trigger) {
            say(device, "session " + trigger.sessionId() + " with " + serverId + " goes on");
        }

        @Override
        public void sending(String serverId, Packet message) {
            if (trace != null) {
                say(device, "sends " + trace.of(message));
            }
        }

        @Override
        public void received(String serverId, Packet answer) {
            if (trace != null) {
                say(device, "gets " + trace.of(answer));
            }
        }

        @Override
        public void learned(String serverId, ClientFact fact) {
            String line = line(fact);
            if (!line.isEmpty()) {
                say(device, line);
            }
        }

        @Override
        public void ended(SessionReport report) {
            last.put(device, report);
            say(device, "session " + report.sessionId() + " " + words(report.result())
                    + (report.remark().isEmpty() ? "" : " (" + report.remark() + ")") + ": " + report.messages()
                    + (report.messages() == 1 ? " message, " : " messages, ") + report.took().toMillis() + " ms");
        }
    }

    /** A flood is told once a minute. */
    private String line(Reception reception) {
        return switch (reception) {
            case Reception.Accepted(String bearer, NotificationVerdict.Dm1Session session) ->
                "hears by " + bearer + ": " + session.serverId() + " asks for session "
                        + Integer.toHexString(session.sessionId()).toUpperCase(Locale.ROOT) + words(session.uiMode())
                        + (session.resynchronise() ? ", with new nonces" : "");
            case Reception.Accepted(String bearer, NotificationVerdict.Dm2Session session) ->
                "hears by " + bearer + ": " + session.serverId() + " asks for a session"
                        + (session.notificationId() == null ? "" : ", notification " + session.notificationId())
                        + (session.preferred().isEmpty() ? "" : ", by " + session.preferred());
            case Reception.Dropped(String bearer, Reception.Cause cause) ->
                cause == Reception.Cause.FLOOD && !floods.take(Instant.now()) ? ""
                        : "hears by " + bearer + " what it drops: " + cause.words();
        };
    }

    private static String words(UiMode mode) {
        return switch (mode) {
            case NOT_SPECIFIED, BACKGROUND -> "";
            case INFORMATIVE -> ", the user is told";
            case USER_INTERACTION -> ", the user is asked";
        };
    }

    /** What is worth a line; the end of a session has its own. */
    private String line(ClientFact fact) {
        return switch (fact) {
            case ClientFact.AlertAnswered(String id, var status) ->
                "alert " + id + " was answered: " + status + " " + status.text();
            case ClientFact.ServerRefused(var status, String reason) ->
                "does not believe the server yet: " + status + " " + status.text()
                        + (reason.isEmpty() ? "" : " (" + reason + ")");
            case ClientFact.Noted(String remark) -> trace == null ? "" : "note: " + remark;
            case ClientFact.Accepted(var scheme) ->
                trace == null ? "" : "is believed, by " + scheme.name().toLowerCase(Locale.ROOT);
            case ClientFact.ServerAuthenticated _,ClientFact.Ended _ -> "";
            case ClientFact.ClientNonceReceived _,ClientFact.ServerNonceIssued _ -> "";
        };
    }

    /** The query may hold a ticket. */
    private static String withoutQuery(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    private String line(Dm2Fact fact) {
        return switch (fact) {
            case Dm2Fact.Done(Dm2Command command, var status, String remark) -> trace == null && status.isSuccess() ? ""
                    : command.getClass().getSimpleName().toUpperCase(Locale.ROOT) + ": " + status + " "
                            + Dm2Status.text(status) + (remark.isEmpty() ? "" : " (" + remark + ")");
            case Dm2Fact.AlertTaken(String id) -> "alert " + id + " was taken";
            case Dm2Fact.Noted(String remark) -> trace == null ? "" : "note: " + remark;
            case Dm2Fact.ExecEnded _,Dm2Fact.Ended _ -> "";
        };
    }

    private static String words(Result result) {
        return switch (result) {
            case COMPLETED -> "completed";
            case ABORTED_BY_SERVER -> "was aborted by the server";
            case ABORTED_BY_CLIENT -> "was aborted by the device";
            case NOT_AUTHENTICATED -> "failed: the server does not believe the device";
            case SERVER_NOT_AUTHENTICATED -> "failed: the device does not believe the server";
            case VERSION_REFUSED -> "failed: no common version";
            case REFUSED -> "was refused";
            case UNINTELLIGIBLE -> "failed: the answer makes no sense";
            case NO_ANSWER -> "failed: no answer";
            case NO_STORAGE -> "failed: the device could not store";
            case FAULT -> "failed: a fault of the device";
        };
    }
}
