package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm2.ServerUri;
import dev.grove.dm2.client.Dm2Memory.PendingExec;
import dev.grove.dm2.client.Dm2Memory.Source;
import dev.grove.dm2.client.Dm2Memory.Subscription;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device keeps beside its tree. */
class Dm2MemoryTest {

    private static final Dm2Memory MEMORY = Dm2Memory.NONE
            .with(new Subscription("a", "urn:m:1//?nv=x", new ServerUri("https://a/[DevID]"), "77"))
            .withDefault("urn:m:2", new Source("b", new ServerUri("https://b/"))).withExec("c-1",
                    new PendingExec("a", "urn:m:1/i/Run", ""));

    @Test
    void is_the_same_after_writing_and_reading() throws Malformed {
        assertThat(Dm2MemoryCodec.decode(Dm2MemoryCodec.encode(MEMORY))).isEqualTo(MEMORY);
        assertThat(Dm2MemoryCodec.decode(Dm2MemoryCodec.encode(Dm2Memory.NONE))).isEqualTo(Dm2Memory.NONE);
    }

    @Test
    void does_not_read_what_it_has_not_written() {
        for (String text : List.of("", "[]", "{}", "{\"subscriptions\":[[1]],\"defaults\":{},\"execs\":{}}",
                "{\"subscriptions\":[[\"a\",\"b\",\" \",\"c\"]],\"defaults\":{},\"execs\":{}}")) {
            assertThatThrownBy(() -> Dm2MemoryCodec.decode(Bytes.utf8(text))).as(text).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void forgets_all_of_a_server() {
        assertThat(MEMORY.withoutServer("a").withoutServer("b")).isEqualTo(Dm2Memory.NONE);
    }

    @Test
    void forgets_the_oldest_of_too_many_execs() {
        Dm2Memory memory = MEMORY;
        for (int i = 0; i < Dm2Memory.MOST; i++) {
            memory = memory.withExec("x" + i, new PendingExec("a", "s", ""));
        }
        assertThat(memory.execs()).hasSize(Dm2Memory.MOST).doesNotContainKey("c-1").containsKey("x0");
    }
}
