package dev.grove.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.Events.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Listeners that go and come back, and such that do not keep up. */
class EventStreamTest {

    private final EventStream events = new EventStream(Duration.ofSeconds(60), "r1");

    @Test
    void who_comes_back_hears_what_was_told_meanwhile() throws IOException {
        tell(5);
        assertThat(heard("r1-3", "id: r1-5\n")).doesNotContain("r1-3\n", "event: lost").contains("id: r1-4\n");
        assertThat(heard("r1-0", "id: r1-5\n")).contains("id: r1-1\n").doesNotContain("event: lost");
    }

    @Test
    void who_has_heard_everything_or_nothing_before_waits_for_news() throws IOException {
        tell(5);
        assertThat(heard("r1-5", ": listening")).doesNotContain("id:");
        assertThat(heard("", ": listening")).doesNotContain("id:");
    }

    @Test
    void learns_what_is_lost_for_ever() throws IOException {
        tell(1005);
        assertThat(heard("r1-2", "id: r1-1005\n")).contains("event: lost\ndata: {\"events\":3}", "id: r1-6\n")
                .doesNotContain("id: r1-5\n");
        for (String other : new String[] {"r0-7", "r1-9999", "7", "r1-x"}) {
            assertThat(heard(other, "event: lost\n")).doesNotContain("id:");
        }
    }

    @Test
    void a_listener_that_does_not_read_holds_up_nobody() throws IOException, InterruptedException {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch listens = new CountDownLatch(1);
        Heard slow = new Heard("id: r1-1000\n") {
            @Override
            public void write(byte[] bytes) {
                listens.countDown();
                await(reads);
                super.write(bytes);
            }
        };
        Thread listener = Thread.startVirtualThread(() -> listen(slow, ""));
        listens.await();
        tell(1500);
        reads.countDown();
        listener.join();
        assertThat(slow.text).contains("event: lost\ndata: {\"events\":500}", "id: r1-1000\n");
    }

    private void tell(int count) {
        for (int i = 0; i < count; i++) {
            events.tell(new Event.DeviceAdded("d"));
        }
    }

    private String heard(String lastId, String until) throws IOException {
        Heard heard = new Heard(until);
        listen(heard, lastId);
        return heard.text.toString();
    }

    private void listen(Heard heard, String lastId) {
        try {
            events.writeTo(heard, lastId, event -> true);
        } catch (IOException gone) {
            assertThat(gone).hasMessage("gone");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes away when it has heard what it waited for. */
    private static class Heard extends OutputStream {
        final StringBuilder text = new StringBuilder();
        private final String until;

        Heard(String until) {
            this.until = until;
        }

        @Override
        public void write(int b) {
            text.append((char) b);
        }

        @Override
        public void write(byte[] bytes) {
            text.append(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() throws IOException {
            if (text.indexOf(until) >= 0) {
                throw new IOException("gone");
            }
        }
    }
}
