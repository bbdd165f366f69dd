package dev.grove.server.store.form;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Job.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How far the operations of a job are, as one line such as {@code ANSWERED 1,QUEUED 0}. */
public final class StepsText {

    private StepsText() {}

    public static String of(Job job) {
        return job.steps().stream().map(s -> s.progress() + " " + s.sends()).collect(Collectors.joining(","));
    }

    public static List<Step> read(String written) {
        return Arrays.stream(written.split(",", -1)).map(StepsText::step).toList();
    }

    private static Step step(String written) {
        int blank = written.indexOf(' ');
        return new Step(Progress.valueOf(written.substring(0, blank)), Integer.parseInt(written, blank + 1,
                written.length(), 10));
    }
}
