package dev.grove.server.api;

import dev.grove.server.fleet.Wake;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.wake.WakeDesk;
import dev.grove.server.wake.WakeDesk.Answer;
import dev.grove.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has many devices woken by one request. Each is judged by itself: what is wrong with one keeps no other asleep. The
 * wishes become durable some hundreds at a time; a list that was cut short by a failure is sent again as it was, for
 * whoever asks again joins.
 */
final class WakeBatch {

    /** Most devices in one request. */
    static final int MOST = 10_000;

    private static final int IN_ONE_UNIT = 250;
    private static final String DEVICES = "devices";

    private final WakeDesk desk;

    WakeBatch(WakeDesk desk) {
        this.desk = desk;
    }

    List<Route> routes(String root) {
        return List.of(Route.of("POST", root + "/wakes:batch", this::wake));
    }

    /** One of the list: its id, or why it is none. */
    private record Entry(@Nullable String device, @Nullable Invalid invalid) {

        static Entry of(Input given) {
            try {
                return new Entry(given.text(), null);
            } catch (Invalid invalid) {
                return new Entry(null, invalid);
            }
        }
    }

    private HttpAnswer wake(Asked asked) throws Invalid {
        Set<String> known = new HashSet<>(WakeResources.WISH);
        known.add(DEVICES);
        Input document = asked.document().objectOf(known);
        Wake.Asked wish = WakeResources.wish(document, desk.rules().patience());
        Input devices = document.required(DEVICES);
        List<Entry> entries = devices.items().stream().map(Entry::of).toList();
        if (entries.size() > MOST) {
            throw devices.invalid("has more than " + MOST + " devices; send several lists");
        }
        Iterator<Answer> answers = asked(entries, wish).iterator();
        List<Json> lines = new ArrayList<>();
        int woken = 0;
        for (Entry entry : entries) {
            if (entry.device() == null) {
                lines.add(line(entry));
                continue;
            }
            Answer answer = answers.next();
            woken += answer instanceof Answer.Accepted ? 1 : 0;
            lines.add(line(entry.device(), answer));
        }
        return Answers.json(200, Json.object().with("woken", woken).with("refused", lines.size() - woken)
                .with("items", Json.list(lines)).build());
    }

    /** An answer for each that is an id, in their order. */
    private List<Answer> asked(List<Entry> entries, Wake.Asked wish) {
        List<String> ids = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.device() != null) {
                ids.add(entry.device());
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IN_ONE_UNIT) {
            answers.addAll(desk.askAll(ids.subList(from, Math.min(from + IN_ONE_UNIT, ids.size())), wish));
        }
        return answers;
    }

    private static Json line(String device, Answer answer) {
        Json.Builder line = Json.object().with("device", device);
        return switch (answer) {
            case Answer.Accepted(Wake wake, boolean _) -> line.with("status", 202).with("wake", wake.id()).build();
            case Answer.UnknownDevice() -> line.with("status", 404).with("detail", "no device has this id").build();
            case Answer.Unreachable(String reason) -> line.with("status", 409).with("detail", reason).build();
        };
    }

    private static Json line(Entry entry) {
        Invalid invalid = entry.invalid();
        return Json.object().with("status", 422).with("pointer", invalid == null ? null : invalid.pointer())
                .with("detail", invalid == null ? null : invalid.rule()).build();
    }
}
