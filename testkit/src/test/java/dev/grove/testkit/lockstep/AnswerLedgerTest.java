package dev.grove.testkit.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import org.junit.jupiter.api.Test;

class AnswerLedgerTest {

    private final AnswerLedger ledger = new AnswerLedger();

    private static MessageDraft draft(int msgId) {
        return new MessageDraft(new SyncHdr("1.2", "DM/1.2", "1", Integer.toString(msgId), new Location("a"),
                new Location("b"), null, false, null, Meta.NONE), Encoding.XML);
    }

    @Test
    void is_content_with_an_answer_for_each_command() {
        Message asked = draft(1).get("./A", "./B").exec("./C", null).message();

        assertThat(ledger.asks(asked)).isEmpty();
        assertThat(ledger.open()).containsExactly("1/0 SyncHdr", "1/1 Get", "1/2 Exec");
        assertThat(ledger.answers(draft(1).answers(asked, 200).results("1", "1", MessageDraft.report("./A", "x"))
                .message())).isEmpty();
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void finds_what_has_no_answer() {
        ledger.asks(draft(1).get("./A").message());
        ledger.answers(draft(1).status("1", "0", "SyncHdr", 200).message());

        assertThat(ledger.open()).containsExactly("1/1 Get");
    }

    @Test
    void finds_a_second_answer_even_in_a_later_message() {
        Message asked = draft(1).get("./A").message();
        ledger.asks(asked);
        ledger.answers(draft(1).answers(asked, 200).message());

        assertThat(ledger.answers(draft(2).answers(asked, 200).message())).hasSize(2).last().asString()
                .contains("1/1 Get").contains("before");
    }

    @Test
    void finds_answers_to_nothing() {
        ledger.asks(draft(1).message());

        assertThat(ledger.answers(draft(1).status("1", "0", "SyncHdr", 200).status("1", "9", "Get", 200)
                .results("7", "1", MessageDraft.report("./A", "x")).message())).hasSize(2);
    }

    @Test
    void finds_results_before_their_status_and_a_body_that_does_not_begin_with_that_of_the_header() {
        Message asked = draft(1).get("./A").message();
        ledger.asks(asked);

        assertThat(ledger.answers(draft(1).results("1", "1", MessageDraft.report("./A", "x"))
                .answers(asked, 200).message())).hasSize(2);
    }

    @Test
    void finds_ids_that_are_absent_zero_or_there_twice() {
        Message asked = draft(1).get("./A").message();
        Message twice = draft(2).command(asked.body().getFirst()).command(asked.body().getFirst()).message();

        assertThat(ledger.asks(asked)).isEmpty();
        assertThat(ledger.asks(twice)).hasSize(1);
    }
}
