package dev.grove.server.store.layer;

import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Jobs in layers. */
record LayeredJobs(View view) implements Jobs {

    private static final Comparator<Job> IN_TURN = Comparator.<Job>comparingInt(job -> -job.terms().priority())
            .thenComparingLong(Job::number);

    @Override
    public Job add(Job job) {
        Job numbered = job.withNumber(view.numbers().nextJob(job.deviceId()));
        view.change(new Change.JobAdded(numbered));
        return numbered;
    }

    @Override
    public Optional<Job> find(String deviceId, long number) {
        return here(deviceId, number).or(() -> view.base().jobs().find(deviceId, number));
    }

    private Optional<Job> here(String deviceId, long number) {
        return view.newest(Page::jobs, deviceId, number);
    }

    private boolean isBelow(Job job) {
        return here(job.deviceId(), job.number()).isEmpty();
    }

    private boolean isAdded(String deviceId, long number) {
        return view.isNew(Page::jobs, deviceId, number);
    }

    private List<Job> ofDevice(String deviceId) {
        return view.ofDevice(Page::jobs, deviceId);
    }

    @Override
    public long newest(String deviceId) {
        long here = 0;
        for (Job job : ofDevice(deviceId)) {
            here = Math.max(here, job.number());
        }
        return here != 0 && isAdded(deviceId, here) ? here : Math.max(here, view.tables().newestJob(deviceId));
    }

    @Override
    public void put(Job job) {
        view.change(new Change.JobPut(job));
    }

    @Override
    public boolean replace(Job before, Job next) {
        Optional<Job> current = here(before.deviceId(), before.number())
                .or(() -> view.tables().job(before.deviceId(), before.number()));
        boolean isAsKnown = current.filter(before::standsAs).isPresent();
        if (isAsKnown) {
            put(next);
        }
        return isAsKnown;
    }

    /** Jobs that were there before and have changed may have been live or not: only the tables know. */
    @Override
    public int countLive(String deviceId) {
        List<Job> here = ofDevice(deviceId);
        if (here.stream().anyMatch(job -> !isAdded(deviceId, job.number()))) {
            throw new NotInMemory();
        }
        return view.base().jobs().countLive(deviceId) + (int) here.stream().filter(job -> !job.state().isOver())
                .count();
    }

    @Override
    public List<Job> live(String deviceId, Instant now, int limit) {
        List<Job> here = ofDevice(deviceId);
        List<Job> live = new ArrayList<>();
        for (Job below : view.tables().liveJobs(deviceId, now, limit + here.size())) {
            if (isToSend(below, now) && (here.isEmpty() || isBelow(below))) {
                live.add(below);
            }
        }
        for (Job job : here) {
            if (isToSend(job, now)) {
                live.add(job);
            }
        }
        live.sort(IN_TURN);
        return live.size() <= limit ? live : live.subList(0, limit);
    }

    private static boolean isToSend(Job job, Instant now) {
        if (job.state().isOver() || job.isOverdue(now)) {
            return false;
        }
        for (Job.Step step : job.steps()) {
            if (step.progress() == Progress.QUEUED || step.progress() == Progress.SENT) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Job> waiting(String deviceId, int limit) {
        List<Job> here = ofDevice(deviceId);
        Stream<Job> below = view.tables().waitingJobs(deviceId, limit + here.size()).stream()
                .filter(this::isBelow);
        return Stream.concat(below, here.stream())
                .filter(job -> !job.state().isOver() && !job.at(Progress.WAITING).isEmpty())
                .sorted(Comparator.comparingLong(Job::number)).limit(limit).toList();
    }

    @Override
    public List<Job> inFlight(String deviceId, long session) {
        List<Job> inFlight = new ArrayList<>();
        if (!view.isNew(Page::sessions, deviceId, session)) {
            view.base().jobs().inFlight(deviceId, session).stream().filter(this::isBelow)
                    .forEach(inFlight::add);
        }
        for (Job job : ofDevice(deviceId)) {
            if (job.session() == session) {
                inFlight.add(job);
            }
        }
        inFlight.sort(Comparator.comparingLong(Job::number));
        return inFlight;
    }

    @Override
    public List<Job> overdue(Instant now, int limit) {
        Stream<Job> below = view.base().jobs().overdue(now, limit).stream()
                .filter(this::isBelow);
        Stream<Job> here = view.ofAll(Page::jobs).filter(job -> !job.state().isOver() && job.session() == 0)
                .filter(job -> job.isOverdue(now));
        return Stream.concat(below, here).limit(limit).toList();
    }

    @Override
    public List<Job> list(String deviceId, Slice slice) {
        throw new NotInMemory();
    }

    @Override
    public void putResults(String deviceId, long job, Collection<Job.Result> results) {
        if (!results.isEmpty()) {
            view.change(new Change.ResultsPut(deviceId, job, List.copyOf(results)));
        }
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        Map<String, Job.Result> all = new HashMap<>();
        if (!isAdded(deviceId, job)) {
            view.base().jobs().results(deviceId, job).forEach(result -> all.put(result.path(), result));
        }
        for (Page page : view.pages(deviceId).reversed()) {
            page.results(job).forEach(result -> all.put(result.path(), result));
        }
        return all.values().stream().sorted(Comparator.comparing(Job.Result::path, OperationPath.ORDER)).toList();
    }

    /** There is something to forget only if an answer is known of what is inside the operation. */
    @Override
    public void forgetResults(String deviceId, long job, int index) {
        Set<String> gone = Set.of(Integer.toString(index));
        boolean isKnown = results(deviceId, job).stream().map(Job.Result::path)
                .anyMatch(path -> gone.contains(path) || path.startsWith(index + "."));
        if (isKnown) {
            throw new NotInMemory();
        }
    }

    @Override
    public Backlog backlog() {
        return view.base().jobs().backlog();
    }

    @Override
    public int prune(Instant end, int limit) {
        throw new NotInMemory();
    }
}
