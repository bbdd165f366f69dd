package dev.grove.tools.demo;

import dev.grove.client.notify.Reception;
import dev.grove.client.store.StorageException;
import dev.grove.notify.NotificationVerdict;
import dev.grove.notify.SeenNotifications.RepetitionId;
import dev.grove.tools.demo.Chapter.Verdict;
import dev.grove.tools.json.JsonView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The device sleeps, and there is something to do for it: the server wakes it by a push over UDP, and it begins the
 * session that is asked for, by the id that stands in the notification ([DMNOTI 1.2 §6.2.10], [DM 2.0 §5.2.2]).
 */
record Woken() implements Sequel {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String ANSWERED = "answered";

    @Override
    public Verdict play(ApiClient api, Visitor visitor) throws StorageException, InterruptedException {
        String device = visitor.guest().id();
        List<String> complaints = new ArrayList<>();
        JsonView job = api.addJob(device, json -> json.array("operations",
                list -> list.element(Asked.get("./DevInfo/Man", 200, new Expected.SomeText()).member())));
        JsonView wake = api.wake(device);
        Optional<Reception> heard = visitor.hear(PATIENCE);
        if (heard.isEmpty()) {
            return new Verdict("nothing", List.of("the device heard nothing"));
        }
        visitor.wakeUp();
        complain(wake, heard.get(), visitor, complaints);
        String state = awaitAnswer(api, device, wake.at("id").text());
        if (!state.equals(ANSWERED)) {
            complaints.add("the wake is " + state);
        }
        String done = api.job(device, job.at("id").text()).at("state").text();
        if (!done.equals("done")) {
            complaints.add("the job that waited is " + done);
        }
        return new Verdict(state, complaints);
    }

    private static void complain(JsonView wake, Reception heard, Visitor visitor, List<String> complaints) {
        String wanted = wake.at("notificationId").text();
        Optional<Integer> told = heard instanceof Reception.Accepted(String _, NotificationVerdict.Accepted verdict)
                ? verdict.repetitionId().map(RepetitionId::number) : Optional.empty();
        if (told.isEmpty() || !told.get().toString().equals(wanted)) {
            complaints.add("expected a notification with the id " + wanted + ", the device made of it: " + heard);
        }
        if (!visitor.lastAsked().equals(wanted)) {
            complaints.add("expected a session for notification " + wanted + ", got one for " + visitor.lastAsked());
        }
    }

    /** The server notes a moment after the session that it was the one it had asked for. */
    private static String awaitAnswer(ApiClient api, String device, String wake) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String state = api.wakeState(device, wake);
        while (!state.equals(ANSWERED) && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            state = api.wakeState(device, wake);
        }
        return state;
    }
}
