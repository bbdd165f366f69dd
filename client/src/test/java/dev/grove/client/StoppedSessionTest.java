package dev.grove.client;

import static dev.grove.client.TestDevices.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.Scheduler.Poll;
import dev.grove.client.SessionReport.Result;
import dev.grove.client.TestDevices.TestClock;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.transport.Transport;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.ClientFact;
import dev.grove.tree.Mounts;
import dev.grove.tree.Value;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A device that is stopped in the midst of a session tells the server goodbye (Alert 1223, [DMPRO 1.3 §8.1.2]). */
class StoppedSessionTest {

    private final FakeServer server = new FakeServer();
    private final Alerts alerts = new Alerts();
    private final CountDownLatch isBusy = new CountDownLatch(1);
    private final List<SessionReport> ended = new CopyOnWriteArrayList<>();

    @Test
    void the_wait_for_an_answer_is_ended() throws Exception {
        server.trouble((address, packet) -> {
            isBusy.countDown();
            awaitInterrupt();
            throw new TransportException(Kind.INTERRUPTED, "stopped", null);
        });
        startAndStop(new Observer());
        assertThat(ended).extracting(SessionReport::result).containsExactly(Result.ABORTED_BY_CLIENT);
        assertThat(server.messages).hasSize(2);
        assertThat(server.alertsIn(1)).containsExactly(1223);
    }

    /** A user who thinks, for example; what was done before is still told, and no MsgID is left out. */
    @Test
    void what_was_done_when_the_interrupt_came_is_still_told() throws Exception {
        server.say(FakeServer.replace("./Settings/Name", "new"));
        startAndStop(new Observer() {
            @Override
            public void learned(String serverId, ClientFact fact) {
                thinkOnce();
            }
        });
        assertThat(ended).extracting(SessionReport::result).containsExactly(Result.ABORTED_BY_CLIENT);
        assertThat(server.messages).extracting(message -> message.header().msgId()).containsExactly("1", "2", "3");
        assertThat(server.statusesIn(1)).containsExactly(200);
        assertThat(server.alertsIn(2)).containsExactly(1223);
    }

    @Test
    void an_answer_that_has_just_come_is_not_acted_upon() throws Exception {
        server.say(FakeServer.replace("./Settings/Name", "new"));
        startAndStop(new Observer() {
            @Override
            public void received(String serverId, Packet answer) {
                thinkOnce();
            }
        });
        assertThat(ended).extracting(SessionReport::result).containsExactly(Result.ABORTED_BY_CLIENT);
        assertThat(server.messages).hasSize(2);
        assertThat(server.alertsIn(1)).containsExactly(1223);
    }

    private class Observer implements DeviceListener {
        @Override
        public void ended(SessionReport report) {
            ended.add(report);
        }
    }

    private void thinkOnce() {
        if (isBusy.getCount() > 0) {
            isBusy.countDown();
            awaitInterrupt();
        }
    }

    private void startAndStop(DeviceListener listener) throws Exception {
        Transport interruptible = (address, packet) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new TransportException(Kind.INTERRUPTED, "interrupted before it was sent", null);
            }
            return server.exchange(address, packet);
        };
        DeviceSetup setup = DeviceSetup.of(TestDevices.settings(), TestDevices.setup(Mounts.NONE),
                new MemoryStore(TestDevices.state("one", account("one", "https://dm.example/dm"))), interruptible)
                .with(alerts).with(new TestClock(), new SplittableRandom(1)).with(listener);
        try (DeviceClient client = new DeviceClient(setup, Poll.never())) {
            client.start();
            alerts.raise("one", ClientAlert.generic("a", null,
                    new Told("./Work", "dev.grove.test", null, Value.text("done"))));
            assertThat(isBusy.await(10, TimeUnit.SECONDS)).isTrue();
            client.stop(Duration.ofMillis(20));
        }
    }

    /** The flag stays set, as it does in a good citizen. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
