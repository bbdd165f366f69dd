package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.everyOperation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.engine.KnownObject;
import dev.grove.engine.Ticket;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does with what DM 2.0 has beside its sessions. */
abstract class ServiceStoreContract {

    Store store;

    abstract Store open();

    /** Whether it forgets what is over when it is told to; otherwise that fades by itself. */
    boolean forgetsWhenTold() {
        return true;
    }

    /** Whether it finds devices by a part of their names. */
    boolean searches() {
        return true;
    }

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void keeps_tickets_until_they_are_closed_and_a_while_longer() {
        Ticket page = new Ticket("p", Ticket.Purpose.PAGE, "7", "1.0", "", NOW.plusSeconds(60));
        Ticket subscription = new Ticket("s", Ticket.Purpose.SUBSCRIPTION, "8", "0", "urn:x:y:1.0/i/", null);
        write(r -> r.devices().add(device("a")));
        write(r -> {
            r.tickets().put(Held.of("a", page));
            r.tickets().put(Held.of("a", subscription));
            r.tickets().put(Held.of("b", new Ticket("o", Ticket.Purpose.UPLOAD, "9", "0", "", NOW)));
            return r;
        });
        assertThat(find(r -> r.tickets().find("p"))).contains(Held.of("a", page));
        assertThat(find(r -> r.tickets().find("P"))).isEmpty();
        assertThat(list(r -> r.tickets().overdue(NOW, 9))).extracting(Held::deviceId).containsExactly("b");
        Held used = Held.of("a", page).used("d".repeat(64),
                new Outcome(StatusCode.OK, List.of(new Outcome.Result("", Value.text("ja"))), "why"));
        write(r -> {
            r.tickets().put(used);
            return r;
        });
        assertThat(find(r -> r.tickets().find("p"))).contains(used);
        assertThat(list(r -> r.tickets().live("a"))).hasSize(2);
        write(r -> {
            r.tickets().put(used.closed(NOW));
            return r;
        });
        assertThat(find(r -> r.tickets().find("p"))).contains(used.closed(NOW));
        assertThat(list(r -> r.tickets().live("a"))).containsExactly(Held.of("a", subscription));
        assertThat(list(r -> r.tickets().overdue(NOW.plusSeconds(90), 9))).hasSize(1);
        if (forgetsWhenTold()) {
            forgetsClosedTickets();
        }
        write(r -> r.devices().remove("a"));
        assertThat(find(r -> r.tickets().find("s"))).isEmpty();
    }

    private void forgetsClosedTickets() {
        int tooEarly = write(r -> r.tickets().prune(NOW, 9));
        int pruned = write(r -> r.tickets().prune(NOW.plusMillis(1), 9));
        assertThat(tooEarly).isZero();
        assertThat(pruned).isOne();
    }

    @Test
    void keeps_the_objects_of_a_device_and_their_validators() {
        KnownObject one = new KnownObject("urn:x:y:1.0", "http://v.example/y.ddf", List.of("a", "b"));
        KnownObject none = new KnownObject("urn:a:b:1.0", null, List.of());
        write(r -> r.devices().add(device("d")));
        write(r -> {
            r.objects().tell("d", List.of(one));
            r.objects().tell("d", List.of(one, none));
            r.objects().put("d", new Validator("urn:x:y:1.0", "a", "1"));
            r.objects().put("d", new Validator("urn:x:y:1.0", "a", "2"));
            return r;
        });
        assertThat(list(r -> r.objects().list("d"))).containsExactly(none, one);
        assertThat(list(r -> r.objects().list("e"))).isEmpty();
        Validator known = new Validator("urn:x:y:1.0", "a", "2");
        assertThat(find(r -> r.objects().validator("d", "urn:x:y:1.0", "a"))).contains(known);
        assertThat(find(r -> r.objects().validator("d", "urn:x:y:1.0", ""))).contains(known);
        assertThat(find(r -> r.objects().validator("d", "urn:x:y:1.0", "b"))).isEmpty();
        write(r -> {
            r.objects().put("d", new Validator("urn:x:y:1.0", "b", "3"));
            return r;
        });
        assertThat(find(r -> r.objects().validator("d", "urn:x:y:1.0", ""))).isEmpty();
        write(r -> r.devices().remove("d"));
        assertThat(list(r -> r.objects().list("d"))).isEmpty();
    }

    @Test
    void tells_jobs_that_only_wait_for_outcomes_apart() {
        Job job = write(r -> r.jobs().add(Job.of("d", everyOperation(), Terms.USUAL, NOW)));
        Job waiting = job;
        for (int i = 0; i < job.operations().size(); i++) {
            waiting = waiting.moved(i, i == 0 ? Job.Progress.WAITING : Job.Progress.ANSWERED, "", NOW);
        }
        Job last = waiting;
        write(r -> {
            r.jobs().put(last);
            return r;
        });
        assertThat(list(r -> r.jobs().live("d", NOW, 9))).isEmpty();
        assertThat(list(r -> r.jobs().waiting("d", 9))).extracting(Job::number).containsExactly(job.number());
        assertThat(last.state()).isEqualTo(Job.State.SENT);
    }

    final <T> T read(Function<Records, T> work) {
        return store.read(work);
    }

    final <T> T write(Function<Records, T> work) {
        return store.write(work);
    }

    final <T> Optional<T> find(Function<Records, Optional<T>> work) {
        return read(work);
    }

    final <T> List<T> list(Function<Records, List<T>> work) {
        return read(work);
    }
}
