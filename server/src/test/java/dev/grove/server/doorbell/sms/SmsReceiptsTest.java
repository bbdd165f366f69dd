package dev.grove.server.doorbell.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Receipts;
import dev.grove.server.doorbell.Rings;
import dev.grove.server.doorbell.Rings.Receipt;
import dev.grove.server.doorbell.sms.SmsReceipts.Told;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Receipts of a centre that repeats itself, is quick, or comes when nobody can note them. */
class SmsReceiptsTest {

    private final Rings.Inbox inbox = new Rings.Inbox();
    private final SmsReceipts receipts = new SmsReceipts(inbox, 1000);

    @Test
    void what_is_told_twice_is_not_told_of_another_message() throws InterruptedException {
        receipts.expect(List.of("10"));
        receipts.expect(List.of("16"));
        receipts.told(new Told("16", true, "DELIVRD"));
        assertThat(inbox.next()).isEqualTo(new Receipt("sms", "16", true, "DELIVRD"));
        receipts.told(new Told("16", true, "DELIVRD"));
        assertThat(inbox.isEmpty()).as("16 is 10 in hexadecimal").isTrue();
        receipts.told(new Told("10", false, "EXPIRED"));
        assertThat(inbox.next()).isEqualTo(new Receipt("sms", "10", false, "EXPIRED"));
    }

    @Test
    void what_was_told_before_anybody_waited_is_found_in_another_base_too() {
        receipts.told(new Told("171", true, "DELIVRD"));
        assertThat(receipts.expect(List.of("AB"))).isEqualTo(new Result.Delivered());
        receipts.told(new Told("172", false, "UNDELIV"));
        assertThat(receipts.expect(List.of("ac"))).isEqualTo(new Result.Failed("UNDELIV", null));
        assertThat(receipts.waiting()).isZero();
    }

    @Test
    void what_could_not_be_noted_counts_when_it_is_told_again() throws InterruptedException {
        AtomicBoolean isDown = new AtomicBoolean(true);
        Receipts careful = (bearer, receipt, isDelivered, words) -> {
            if (isDown.get()) {
                throw new IllegalStateException("the store is down");
            }
            inbox.told(bearer, receipt, isDelivered, words);
        };
        SmsReceipts known = new SmsReceipts(careful, 1000);
        known.expect(List.of("a", "b"));
        known.told(new Told("a", true, "DELIVRD"));
        assertThatThrownBy(() -> known.told(new Told("b", true, "DELIVRD"))).isInstanceOf(IllegalStateException.class);
        isDown.set(false);
        known.told(new Told("b", true, "DELIVRD"));
        assertThat(inbox.next()).isEqualTo(new Receipt("sms", "a", true, "DELIVRD"));
        assertThat(known.waiting()).isZero();
    }
}
