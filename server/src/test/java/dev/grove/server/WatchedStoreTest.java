package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WatchedStoreTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(WatchedStore.class);

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Moody disk = new Moody(new MemoryStore());
    private final WatchedStore store = new WatchedStore(disk, nanos::get);

    @BeforeEach
    void listen() {
        told.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(told);
        LOG.setLevel(null);
    }

    @Test
    void works_until_a_write_fails_and_again_when_one_succeeds() {
        assertThat(store.isWorking()).isTrue();
        disk.isFull = true;
        assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
        assertThat(store.isWorking()).isFalse();
        assertThat(figure("working")).isZero();
        assertThatThrownBy(store::probe).isInstanceOf(Store.Failure.class);
        assertThat(figure("refused.units")).isEqualTo(2);
        disk.isFull = false;
        store.probe();
        assertThat(store.isWorking()).isTrue();
        assertThat(figure("working")).isEqualTo(1);
    }

    @Test
    void does_not_work_while_it_takes_probes_and_little_else_for_some_seconds() {
        for (int i = 0; i < 10; i++) {
            disk.isFull = true;
            assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
            disk.isFull = false;
            write();
            write();
            pass(Duration.ofSeconds(1));
        }
        assertThatThrownBy(store::probe).isInstanceOf(Store.Failure.class).hasMessage("no room");
        assertThat(store.isWorking()).isFalse();
        for (int i = 0; i < 16; i++) {
            write();
        }
        store.probe();
        assertThat(store.isWorking()).isTrue();
    }

    @Test
    void takes_the_word_of_a_probe_when_the_failures_are_long_past() {
        disk.isFull = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
            pass(Duration.ofSeconds(1));
        }
        disk.isFull = false;
        assertThatThrownBy(store::probe).isInstanceOf(Store.Failure.class);
        pass(Duration.ofSeconds(9));
        store.probe();
        assertThat(store.isWorking()).isTrue();
    }

    @Test
    void cannot_say_any_more_after_a_while_in_which_nobody_tried() {
        disk.isFull = true;
        assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
        pass(Duration.ofSeconds(9));
        assertThat(store.isWorking()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(store.isWorking()).isTrue();
    }

    @Test
    void tells_of_a_thousand_failures_in_a_few_lines() {
        disk.isFull = true;
        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(100));
            assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
        }
        assertThat(told.list).hasSize(2);
        assertThat(told.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("no room");
        assertThat(told.list.getLast().getThrowableProxy()).isNull();
        disk.isFull = false;
        write();
        assertThat(told.list).as("a success among failures is no end").hasSize(2);
        pass(Duration.ofSeconds(10));
        write();
        write();
        assertThat(told.list).hasSize(3);
        assertThat(told.list.getLast().getFormattedMessage()).isEqualTo("the store works again");
        disk.isFull = true;
        assertThatThrownBy(this::write).isInstanceOf(Store.Failure.class);
        assertThat(told.list).as("new trouble is told at once, with its cause").hasSize(4);
        assertThat(told.list.getLast().getThrowableProxy()).isNotNull();
    }

    private void write() {
        store.write(records -> 1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private double figure(String name) {
        List<Store.Figure> all = store.figures();
        return all.stream().filter(figure -> figure.name().equals(name)).findFirst().orElseThrow().value()
                .getAsDouble();
    }

    /** A store on a disk that may be full. */
    private static final class Moody implements Store {

        private final Store store;
        private boolean isFull;

        Moody(Store store) {
            this.store = store;
        }

        @Override
        public <T> T read(Function<Records, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T write(Function<Records, T> work) {
            probe();
            return store.write(work);
        }

        @Override
        public void probe() {
            if (isFull) {
                throw new Failure("no room", new IllegalStateException());
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
