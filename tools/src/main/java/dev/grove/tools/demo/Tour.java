package dev.grove.tools.demo;

import dev.grove.client.SessionReport;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.store.StorageException;
import dev.grove.tools.demo.Chapter.Verdict;
import dev.grove.tools.json.JsonView;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Goes through the programme with every device, tells what happens, and compares it with what was to happen. */
final class Tour {

    private final ApiClient api;
    private final List<Visitor> visitors;
    private final NoticePage notice;
    private final PrintWriter out;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    private int surprises;
    private long lastJob;

    Tour(ApiClient api, List<Visitor> visitors, NoticePage notice, PrintWriter out) {
        this.api = api;
        this.visitors = List.copyOf(visitors);
        this.notice = notice;
        this.out = out;
    }

    /** Runs the whole programme. Returns how many things went otherwise than it says. */
    int run() throws StorageException, InterruptedException {
        int chapters = Programme.chaptersOf(visitors.getFirst().guest(), notice).size();
        for (int i = 0; i < chapters; i++) {
            for (Visitor visitor : visitors) {
                Chapter chapter = Programme.chaptersOf(visitor.guest(), notice).get(i);
                if (visitor.equals(visitors.getFirst())) {
                    say("");
                    say((i + 1) + "/" + chapters + "  " + chapter.title());
                }
                tell(visitor, chapter.title(), visit(visitor, chapter));
            }
        }
        return surprises;
    }

    /** The number of the job that was given last. */
    long lastJob() {
        return lastJob;
    }

    private void tell(Visitor visitor, String title, Verdict verdict) {
        rows.computeIfAbsent(title, key -> new ArrayList<>())
                .add(verdict.answer() + (verdict.isGood() ? "" : " (!)"));
        String name = String.format("  %-4s %-8s", verdict.isGood() ? "ok" : "!!", visitor.guest().name());
        say(name + verdict.answer());
        verdict.complaints().forEach(complaint -> say("       " + complaint.strip()));
        surprises += verdict.complaints().size();
    }

    private Verdict visit(Visitor visitor, Chapter chapter) throws StorageException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        String answer = "";
        if (chapter.operations().isEmpty()) {
            if (chapter.alert().isExpected()) {
                visitor.raiseAlert();
                call(visitor, chapter.session(), complaints);
            }
        } else {
            String device = visitor.guest().id();
            JsonView given = api.addJob(device, json -> json.array("operations",
                    list -> chapter.operations().forEach(asked -> list.element(asked.member()))));
            if (Chapter.isRefused(given)) {
                return chapter.judge(given);
            }
            String job = given.at("id").text();
            lastJob = Long.parseLong(job);
            call(visitor, chapter.session(), complaints);
            // On DM 2.0, what ends later has its outcome then.
            String told = visitor.guest().isDm2() && chapter.alert().isExpected()
                    ? " " + alert(visitor, chapter, complaints)
                    : "";
            Verdict verdict = chapter.judge(api.job(device, job));
            answer = verdict.answer() + told;
            complaints.addAll(verdict.complaints());
        }
        if (chapter.alert().isExpected() && !answer.contains("alert")) {
            answer = (answer + " " + alert(visitor, chapter, complaints)).strip();
        }
        Verdict sequel = chapter.sequel().play(api, visitor);
        answer = (answer + " " + sequel.answer()).strip();
        complaints.addAll(sequel.complaints());
        return new Verdict(answer, complaints);
    }

    private static void call(Visitor visitor, Result expected, List<String> complaints) throws StorageException {
        SessionReport report = visitor.call();
        if (report.result() != expected) {
            complaints.add("the session ended with " + report.result() + " instead of " + expected + " "
                    + report.remark());
        }
    }

    /** What the device had to tell of its own accord, after the work that was started is done. */
    private String alert(Visitor visitor, Chapter chapter, List<String> complaints)
            throws StorageException, InterruptedException {
        if (!chapter.operations().isEmpty()) {
            visitor.finishWork();
            call(visitor, Result.COMPLETED, complaints);
        }
        List<JsonView> alerts = api.alerts(visitor.guest().id());
        if (alerts.stream().anyMatch(chapter.alert()::is)) {
            return "alert: " + chapter.alert().data();
        }
        complaints.add("no alert of type " + chapter.alert().type() + ", correlator \"" + chapter.alert().correlator()
                + "\", data " + chapter.alert().data() + " came");
        return "no alert";
    }

    /** What each device answered, chapter by chapter. */
    String table() {
        Table table = new Table();
        List<String> head = new ArrayList<>(List.of(""));
        visitors.forEach(visitor -> head.add(visitor.guest().name()));
        table.row(head);
        rows.forEach((title, answers) -> {
            List<String> row = new ArrayList<>(List.of(title));
            row.addAll(answers);
            table.row(row);
        });
        return table.toString();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
