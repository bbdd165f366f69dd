package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Remembers what it was given, and answers as it was told to; otherwise it takes everything. */
final class ScriptedDoorbell implements Doorbell {

    private final String bearer;
    private final Pace pace;
    private final boolean takesAnything;
    final List<Ring> rings = new ArrayList<>();
    final Deque<Result> answers = new ArrayDeque<>();
    /** What happens before it returns. */
    Runnable meanwhile = () -> {};

    ScriptedDoorbell(String bearer) {
        this(bearer, new Pace(0, 100), false);
    }

    ScriptedDoorbell(String bearer, Pace pace, boolean takesAnything) {
        this.bearer = bearer;
        this.pace = pace;
        this.takesAnything = takesAnything;
    }

    @Override
    public String bearer() {
        return bearer;
    }

    @Override
    public Pace pace() {
        return pace;
    }

    @Override
    public boolean takesAnything() {
        return takesAnything;
    }

    @Override
    public Optional<String> objection(String address) {
        return address.startsWith("bad") ? Optional.of("is bad") : Optional.empty();
    }

    @Override
    public Result ring(Ring ring) {
        rings.add(ring);
        meanwhile.run();
        Result next = answers.poll();
        return next == null ? new Result.Taken(null) : next;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
