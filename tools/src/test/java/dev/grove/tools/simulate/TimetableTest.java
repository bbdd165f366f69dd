package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimetableTest {

    @Test
    void wakes_devices_in_the_order_of_their_dues() {
        Timetable table = new Timetable(3);
        table.add(1, 300);
        table.add(2, 100);
        table.add(3, 200);
        assertThat(table.firstDue()).isEqualTo(100);
        assertThat(List.of(table.take(), table.take(), table.take())).containsExactly(2, 3, 1);
        assertThat(table.firstDue()).isEqualTo(Long.MAX_VALUE);
        assertThatIllegalStateException().isThrownBy(table::take);
    }

    @Test
    void keeps_the_order_whatever_comes_and_goes() {
        long seed = 20261121;
        SplittableRandom luck = new SplittableRandom(seed);
        Timetable table = new Timetable(1);
        long[] dues = new long[5000];
        long now = 0;
        List<Integer> woken = new ArrayList<>();
        for (int device = 0; device < dues.length; device++) {
            dues[device] = now + luck.nextInt(1000);
            table.add(device, dues[device]);
            while (table.size() > luck.nextInt(2000)) {
                long due = table.firstDue();
                int first = table.take();
                assertThat(dues[first]).as("seed " + seed).isEqualTo(due);
                assertThat(table.firstDue()).as("seed " + seed).isGreaterThanOrEqualTo(due);
                woken.add(first);
                now = Math.max(now, due);
            }
        }
        while (table.size() > 0) {
            woken.add(table.take());
        }
        assertThat(woken).as("seed " + seed).hasSize(dues.length).doesNotHaveDuplicates();
    }
}
