package dev.grove.client;

import dev.grove.client.SessionReport.Result;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Errand;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.client.transport.TransportException;
import dev.grove.dm2.client.Dm2ClientSession;
import dev.grove.dm2.client.Dm2ClientState;
import dev.grove.dm2.client.Dm2Fact;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.dm2.client.Event;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.client.Step;
import dev.grove.dm2.device.Dm2Context;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of DM 2.0: step, store, do what is wished, and again. Nothing is tried twice; a session that fails is
 * over, and the next is the scheduler's business ([DM 2.0 §5.6]).
 */
final class Dm2SessionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Dm2SessionRunner.class);
    private static final String RETRY_AFTER = "Retry-After";

    private final DeviceSetup setup;
    private final Dm2Desk desk;
    private final Dm2Account account;
    private final BooleanSupplier isStopping;
    private final Errand errand;
    private final Instant begun;
    private int messages;
    private @Nullable Duration pause;

    Dm2SessionRunner(DeviceSetup setup, Dm2Desk desk, Dm2Account account, BooleanSupplier isStopping) {
        this.setup = setup;
        this.desk = desk;
        this.account = account;
        this.isStopping = isStopping;
        this.errand = new Errand(desk.dm2(), account, setup.settings().deviceId());
        this.begun = setup.clock().instant();
    }

    /** @param number the device's own count, for people */
    SessionReport run(Dm2Trigger trigger, String number) {
        setup.listener().started(serverId(), trigger);
        SessionReport report;
        try {
            report = converse(trigger, number);
        } catch (StorageException disk) {
            LOG.error("Session with {}: what the server wanted cannot be stored", serverId(), disk);
            report = report(number, Result.NO_STORAGE, String.valueOf(disk.getMessage()));
        } catch (RuntimeException ours) {
            LOG.error("Session with {}: the device is at fault", serverId(), ours);
            report = report(number, Result.FAULT, ours.toString());
        }
        setup.listener().ended(report);
        return report;
    }

    private SessionReport converse(Dm2Trigger trigger, String number) throws StorageException {
        Step step = taken(trigger, context -> Dm2ClientSession.begin(trigger, desk.device().tree(), desk.memory(),
                context));
        while (!(step.wish() instanceof Wish.Finished)) {
            Event event = run(step.wish());
            Dm2ClientState state = step.next();
            step = taken(trigger, context -> {
                Dm2ClientState now = state.withTree(desk.device().tree()).withMemory(desk.memory());
                return isStopping.getAsBoolean() ? Dm2ClientSession.abort(now, "the device stops", context)
                        : Dm2ClientSession.proceed(now, event, context);
            });
        }
        Dm2Fact.Ended end = ended(step);
        return report(number, Result.of(end.reason()), end.remark());
    }

    private interface Engine {
        Step step(Dm2Context context);
    }

    private Step taken(Dm2Trigger trigger, Engine engine) throws StorageException {
        return desk.device().alone(() -> {
            desk.device().origins().enter(serverId());
            Step step = engine.step(desk.context(account.access(), trigger.url()));
            desk.commit(step, serverId());
            step.facts().forEach(fact -> setup.listener().learned(serverId(), fact));
            return step;
        });
    }

    private Event run(Wish wish) {
        setup.listener().running(serverId(), wish);
        if (wish instanceof Wish.Send send) {
            messages++;
            setup.listener().sending(serverId(), send.packet());
        }
        Event event;
        try {
            event = errand.run(wish);
        } catch (TransportException failed) {
            if (failed.kind() == Kind.INTERRUPTED && isStopping.getAsBoolean()) {
                // The interrupt has ended the wait, and is answered by the end of the session.
                Thread.interrupted();
            }
            pause = failed.retryAfter().orElse(null);
            event = new Event.Failed(String.valueOf(failed.getMessage()));
        }
        if (wish instanceof Wish.Send && event instanceof Event.Answered answered) {
            setup.listener().received(serverId(), answered.packet());
            pause = answered.packet().headers().first(RETRY_AFTER).map(String::strip)
                    .filter(text -> text.matches("[0-9]{1,9}")).map(Long::parseLong).map(Duration::ofSeconds)
                    .orElse(null);
        }
        setup.listener().ran(serverId(), event);
        return event;
    }

    private static Dm2Fact.Ended ended(Step step) {
        for (Dm2Fact fact : step.facts()) {
            if (fact instanceof Dm2Fact.Ended end) {
                return end;
            }
        }
        throw new IllegalStateException("a session ended without a reason");
    }

    private String serverId() {
        return account.serverId();
    }

    private SessionReport report(String number, Result result, String remark) {
        return new SessionReport(serverId(), number, result, remark, messages,
                Duration.between(begun, setup.clock().instant()), pause);
    }
}
