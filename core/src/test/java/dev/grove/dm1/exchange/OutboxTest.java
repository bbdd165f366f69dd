package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    private static final SyncHdr HEADER = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location("IMEI:1"),
            new Location("http://example.org/dm"), null, false, null, Meta.NONE);
    private static final Get GET = new Get("", Meta.NONE, List.of(Item.at("./DevInfo/Man", Meta.NONE, null)));

    @Test
    void numbers_commands_in_document_order_containers_before_what_they_hold() {
        Outbox outbox = new Outbox(HEADER, Encoding.XML, Profile.NO_LIMIT);
        outbox.put(GET);
        Atomic atomic = (Atomic) outbox.put(new Atomic("", Meta.NONE, List.of(GET, GET)));
        assertThat(atomic.cmdId()).isEqualTo("2");
        assertThat(atomic.commands()).extracting(Command::cmdId).containsExactly("3", "4");
        assertThat(outbox.put(GET).cmdId()).isEqualTo("5");
    }

    @ParameterizedTest
    @EnumSource
    void a_message_is_never_longer_than_the_limit_and_what_does_not_fit_takes_no_number(Encoding encoding)
            throws Malformed {
        for (int limit = 200; limit < 900; limit += 7) {
            Outbox outbox = new Outbox(HEADER, encoding, limit);
            int added = 0;
            while (outbox.offer(GET).isPresent()) {
                added++;
            }
            assertThat(outbox.fits(GET)).isFalse();
            assertThat(outbox.count()).isEqualTo(added);
            assertThat(outbox.offer(new Alert("", AlertCode.NEXT_MESSAGE, null, List.of())).map(Command::cmdId))
                    .satisfiesAnyOf(id -> assertThat(id).isEmpty(),
                            id -> assertThat(id).contains(Integer.toString(outbox.count())));
            int count = outbox.count();
            Bytes body = outbox.close(true);
            if (added > 0) {
                assertThat(body.length()).isLessThanOrEqualTo(limit);
            }
            assertThat(SyncmlCodec.decode(body, encoding, Limits.DEFAULT).body()).hasSize(count);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cuts_a_text_so_that_its_parts_fill_the_messages_and_make_the_whole(Encoding encoding) throws Malformed {
        String text = "Grün & <gelb> \uD83C\uDF33 ".repeat(200);
        Replace carrier = replace("chr");
        List<Item> parts = cut(carrier, Data.of(text), encoding, 700);
        assertThat(parts.size()).isGreaterThan(5);
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            Item part = parts.get(i);
            assertThat(part.moreData()).as("MoreData").isEqualTo(i < parts.size() - 1);
            assertThat(part.meta().size()).as("Size")
                    .isEqualTo(i == 0 ? (Long) (long) Bytes.utf8(text).length() : null);
            assertThat(part.meta().format()).isEqualTo("chr");
            assertThat(part.target()).isEqualTo(new Location("./A/B"));
            whole.append(part.data() == null ? "" : part.data().text());
        }
        assertThat(whole.toString()).isEqualTo(text);
    }

    @Test
    void cuts_opaque_bytes_in_wbxml() throws Malformed {
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        List<Item> parts = cut(replace("bin"), new Data.Opaque(Bytes.copyOf(bytes)), Encoding.WBXML, 600);
        Bytes whole = Bytes.EMPTY;
        for (Item part : parts) {
            whole = whole.plus(part.data() == null ? Bytes.EMPTY : part.data().bytes());
        }
        assertThat(whole).isEqualTo(Bytes.copyOf(bytes));
    }

    @Test
    void does_not_cut_what_fits_and_keeps_its_size_for_a_progress_bar() {
        Outbox outbox = new Outbox(HEADER, Encoding.XML, 2000);
        Item item = Item.at("./A/B", Meta.of("chr", null).withSize(5L), null);
        Outbox.Part part = outbox.offerPart(new Replace("", Meta.NONE, List.of(item)), Data.of("Hello"), 0)
                .orElseThrow();
        assertThat(part.isLast()).isTrue();
        Item sent = ((Replace) part.command()).items().getFirst();
        assertThat(sent.moreData()).isFalse();
        assertThat(sent.meta().size()).isEqualTo(5);
    }

    @Test
    void nothing_is_put_where_not_even_one_character_fits() {
        Outbox outbox = new Outbox(HEADER, Encoding.XML, 400);
        assertThat(outbox.offerPart(replace("chr"), Data.of("x".repeat(1000)), 0)).isEmpty();
        assertThat(outbox.count()).isZero();
    }

    private static List<Item> cut(Replace carrier, Data whole, Encoding encoding, int limit) throws Malformed {
        List<Item> parts = new ArrayList<>();
        int next = 0;
        for (boolean isLast = false; !isLast;) {
            Outbox outbox = new Outbox(HEADER, encoding, limit);
            Optional<Outbox.Part> part = outbox.offerPart(carrier, whole, next);
            assertThat(part).isPresent();
            next = part.orElseThrow().next();
            isLast = part.orElseThrow().isLast();
            Bytes body = outbox.close(isLast);
            assertThat(body.length()).isLessThanOrEqualTo(limit);
            if (!isLast) {
                assertThat(body.length()).as("the message is well filled").isGreaterThan(limit - 24);
            }
            Message message = SyncmlCodec.decode(body, encoding, Limits.DEFAULT);
            parts.add(((Replace) message.body().getFirst()).items().getFirst());
        }
        return parts;
    }

    private static Replace replace(String format) {
        return new Replace("", Meta.NONE, List.of(Item.at("./A/B", Meta.of(format, "text/plain"), null)));
    }
}
