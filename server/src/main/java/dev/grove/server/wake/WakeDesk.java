package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.End;
import dev.grove.server.fleet.Wake.Outcome;
import dev.grove.server.wake.ReceiptBook.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where somebody asks that a device be woken, and where it is noted that it called. Sessions know nothing of this: they
 * are heard of as everybody else hears of them, and looked up when it matters.
 */
public final class WakeDesk implements Receipts, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeDesk.class);
    /** Of so many devices it is known here that they are to be woken; of more it is looked up later. */
    private static final int MAX_WATCHED = 200_000;
    private static final int MAX_HEARD = 50_000;
    private static final int WRITERS = 4;
    private static final int LOOKS_AT = 5;
    private static final int IDS = 0xFFFF;

    /** What became of a wish. */
    public sealed interface Answer {
        /**
         * The device is to be woken.
         *
         * @param isNew whether it was not, before
         */
        record Accepted(Wake wake, boolean isNew) implements Answer {}

        /** Nobody knows the device. */
        record UnknownDevice() implements Answer {}

        /** There is no way to it. */
        record Unreachable(String reason) implements Answer {}
    }

    /** What stands around the desk. */
    public record World(Store store, Events events, Clock clock, RandomGenerator luck, Tally tally) {}

    private final World world;
    private final Store store;
    private final WakeRules rules;
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private final ReceiptBook receipts = new ReceiptBook(this);
    private final ThreadPoolExecutor writers = new ThreadPoolExecutor(WRITERS, WRITERS, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_HEARD), Thread.ofVirtual().name("wake-answers").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private volatile Bells bells = new Bells(List.of(), System::nanoTime);

    public WakeDesk(World world, WakeRules rules) {
        this.world = world;
        this.store = world.store();
        this.rules = rules;
    }

    /** Opens the desk: from now on these bearers are there. */
    public void open(List<Doorbell> doorbells) {
        open(doorbells, System::nanoTime);
    }

    /** @param nanos the clock that only counts, by which bearers are paced */
    void open(List<Doorbell> doorbells, LongSupplier nanos) {
        bells = new Bells(doorbells, nanos);
    }

    Bells bells() {
        return bells;
    }

    World world() {
        return world;
    }

    /** By which devices are woken here. */
    public WakeRules rules() {
        return rules;
    }

    /** Why an address is none for a bearer of this server; empty if it is, or if there is no such bearer here. */
    public Optional<String> objection(String bearer, String address) {
        Bells.Bell bell = bells.all().get(bearer);
        return bell == null ? Optional.empty() : bell.doorbell().objection(address);
    }

    /** Whether this server has the bearer. */
    public boolean has(String bearer) {
        return bells.all().containsKey(bearer);
    }

    /** How long the next notification would wait for its turn, by bearer. */
    public Map<String, Duration> delays() {
        Map<String, Duration> delays = new LinkedHashMap<>();
        bells.all().forEach((name, bell) -> delays.put(name, bell.pace().delay()));
        return delays;
    }

    // ---- asking

    /** Why the device cannot be woken; empty if it can. */
    public Optional<String> objection(String deviceId) {
        return store.read(records -> records.devices().find(deviceId).flatMap(device -> objection(records, device)));
    }

    private Optional<String> objection(Records records, Device device) {
        return bells.objection(addressee(records, device));
    }

    /** Has a device woken. One that already is to be woken is woken once: whoever asks again joins. */
    public Answer ask(String deviceId, Wake.Asked asked) {
        return askAll(List.of(deviceId), asked).getFirst();
    }

    /** Has many devices woken, as one unit of work; an answer for each, in their order. */
    public List<Answer> askAll(List<String> deviceIds, Wake.Asked asked) {
        Instant now = now();
        List<Made> made = store.write(records -> deviceIds.stream().map(id -> made(records, id, asked, now)).toList());
        made.forEach(this::noted);
        return made.stream().map(Made::answer).toList();
    }

    /** @param over the wake before this one, if it was found to be over */
    private record Made(Answer answer, Optional<Wake> over) {
        Made(Answer answer) {
            this(answer, Optional.empty());
        }
    }

    private Made made(Records records, String deviceId, Wake.Asked asked, Instant now) {
        Optional<Device> device = records.devices().find(deviceId);
        if (device.isEmpty()) {
            return new Made(new Answer.UnknownDevice());
        }
        Optional<String> objection = objection(records, device.get());
        if (objection.isPresent()) {
            return new Made(new Answer.Unreachable(objection.get()));
        }
        Optional<Wake> open = records.wakes().open(deviceId);
        Optional<Wake> over = open.flatMap(wake -> end(records, wake, now).map(wake::ended));
        if (open.isPresent() && over.isEmpty()) {
            return new Made(new Answer.Accepted(joined(records, open.get(), now), false));
        }
        over.ifPresent(records.wakes()::put);
        return new Made(new Answer.Accepted(
                records.wakes().add(Wake.of(deviceId, asked, nextId(records, deviceId), now)), true), over);
    }

    private void noted(Made made) {
        made.over().ifPresent(this::isOver);
        if (made.answer() instanceof Answer.Accepted(Wake wake, boolean isNew)) {
            watch(wake);
            if (isNew) {
                tell(wake);
            }
        }
    }

    /** Whoever joins after a long silence need not wait for the next attempt. */
    private Wake joined(Records records, Wake open, Instant now) {
        Instant due = open.dueAt();
        Instant soon = now.plus(rules.firstRetry());
        Wake.Sent sent = open.sent();
        // what lies ahead was sent by a clock that has been put back since
        boolean wasLongAgo = sent == null || sent.at().isAfter(now)
                || sent.at().plus(rules.firstRetry()).isBefore(now);
        if (due == null || !due.isAfter(soon) || !wasLongAgo) {
            return open;
        }
        Wake hurried = open.due(now);
        records.wakes().put(hurried);
        return hurried;
    }

    /** By how many lines a device can be woken now. */
    int ways(Records records, String deviceId) {
        return records.devices().find(deviceId).map(device -> bells.to(addressee(records, device)).size()).orElse(0);
    }

    private Notifications.Addressee addressee(Records records, Device device) {
        return new Notifications.Addressee(device, reach(records, device.id()), true);
    }

    /** The ways to a device: those that somebody has said, and what it has told itself. */
    public Reach reach(Records records, String deviceId) {
        Reach known = records.wakes().reach(deviceId);
        return has("wns") ? ChannelUris.fresh(records, deviceId, known) : known;
    }

    /** The one behind that of the newest wake; 0 is none. */
    private int nextId(Records records, String deviceId) {
        return records.wakes().list(deviceId, new Slice(0, 1, true)).stream().findFirst()
                .map(newest -> newest.notificationId() % IDS + 1).orElseGet(() -> world.luck().nextInt(1, IDS + 1));
    }

    /** A wake of a device as it is now, even if nobody has told yet that the device called. */
    public Optional<Wake> look(String deviceId, long number) {
        Instant now = now();
        record Seen(Wake wake, Optional<End> end) {}
        Optional<Seen> seen = store.read(records -> records.wakes().find(deviceId, number)
                .map(wake -> new Seen(wake, wake.isOpen() ? end(records, wake, now) : Optional.empty())));
        return seen.map(s -> s.end().isEmpty() ? s.wake() : over(s.wake(), s.end().get()));
    }

    /** The wake at its end: at this one, unless somebody else has just noted another. */
    private Wake over(Wake open, End how) {
        return end(WakeKey.of(open), how)
                .or(() -> store.read(records -> records.wakes().find(open.deviceId(), open.number()))).orElse(open);
    }

    /** Takes a wake back; what is on its way is not called back. One that is over stays as it is. */
    public Optional<Wake> cancel(String deviceId, long number) {
        Optional<Wake> found = look(deviceId, number);
        return found.map(wake -> wake.isOpen() ? over(wake, new End(now(), Outcome.CANCELLED, null)) : wake);
    }

    // ---- what becomes of it

    /** How a wake has ended that is still open in the records; empty if it has not. */
    Optional<End> end(Records records, Wake wake, Instant now) {
        for (SessionRecord session : records.sessions().list(wake.deviceId(), new Slice(0, LOOKS_AT, true))) {
            Optional<End> answer = wake.answer(session);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return wake.expiresAt().isAfter(now) ? Optional.empty()
                : Optional.of(new End(wake.expiresAt(), Outcome.EXPIRED, null));
    }

    /** A part of the fleet has changed, here or at another node; returns at once. */
    public void heard(Event event) {
        if (event instanceof Event.SessionChanged(SessionRecord session)) {
            if (session.tally().isAuthenticated() && watched.contains(session.deviceId())) {
                writers.execute(() -> answered(session));
            }
        } else if (event instanceof Event.DeviceRemoved(String device)) {
            watched.remove(device);
        } else if (event instanceof Event.WakeChanged(String device, String _, Wake.State state, Long _)
                && isOver(state)) {
            watched.remove(device);
        }
    }

    private static boolean isOver(Wake.State state) {
        return switch (state) {
            case WAITING, SENT, DELIVERED -> false;
            case ANSWERED, EXPIRED, CANCELLED -> true;
        };
    }

    private void answered(SessionRecord session) {
        try {
            Optional<Wake> open = store.read(records -> records.wakes().open(session.deviceId()));
            if (open.isPresent()) {
                open.get().answer(session).ifPresent(how -> end(WakeKey.of(open.get()), how));
            } else {
                watched.remove(session.deviceId());
            }
        } catch (RuntimeException failure) {
            LOG.warn("an answer was not noted now, and will be at the next attempt", failure);
        }
    }

    /** Ends a wake that is open; empty if it was over already. */
    Optional<Wake> end(WakeKey key, End how) {
        Optional<Wake> ended = change(key, wake -> wake.ended(how));
        ended.ifPresent(this::isOver);
        return ended;
    }

    private void isOver(Wake ended) {
        watched.remove(ended.deviceId());
        world.tally().ended(ended);
        tell(ended);
    }

    /** Changes a wake that is open; empty if it is over. */
    Optional<Wake> change(WakeKey key, UnaryOperator<Wake> change) {
        return change(key, (_, wake) -> change.apply(wake));
    }

    /** Notes what has happened to a wake, which may be over: devices call before a bearer has said that it rang. */
    Optional<Wake> note(WakeKey key, UnaryOperator<Wake> happened) {
        return store.write(records -> records.wakes().find(key.deviceId(), key.number()).map(wake -> {
            Wake noted = happened.apply(wake);
            Wake next = wake.isOpen() ? noted : noted.due(null);
            records.wakes().put(next);
            return next;
        }));
    }

    /** The same, by what else is known. */
    Optional<Wake> change(WakeKey key, BiFunction<Records, Wake, Wake> change) {
        return store.write(records -> records.wakes().find(key.deviceId(), key.number()).filter(Wake::isOpen)
                .map(wake -> {
                    Wake next = change.apply(records, wake);
                    records.wakes().put(next);
                    return next;
                }));
    }

    /** Nothing is sent there any more. */
    boolean endLine(String deviceId, Reach.Line line, String why) {
        return store.write(records -> {
            Reach reach = reach(records, deviceId);
            boolean isStillThat = reach.line(line.bearer()).filter(line::equals).isPresent();
            if (isStillThat) {
                records.wakes().putReach(deviceId,
                        reach.with(new Reach.Line(line.bearer(), line.address(), why.isEmpty() ? "ended" : why)));
            }
            return isStillThat;
        });
    }

    void watch(Wake wake) {
        if (wake.isOpen() && watched.size() < MAX_WATCHED) {
            watched.add(wake.deviceId());
        }
    }

    /** Of how many devices it is known here that they are to be woken. */
    int watching() {
        return watched.size();
    }

    void tell(Wake wake) {
        world.events().tell(Event.WakeChanged.of(wake));
    }

    @Override
    public void told(String bearer, String text, boolean isDelivered, String words) {
        receipts.told(new Receipt(bearer, text), new ReceiptBook.Told(isDelivered, words));
    }

    /** What bearers have told, and will. */
    ReceiptBook receipts() {
        return receipts;
    }

    Instant now() {
        return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        writers.shutdown();
    }
}
