package dev.grove.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter out = new StringWriter();

    @Test
    void writes_plain_lines_where_nobody_watches() {
        ProgressLine progress = new ProgressLine(new PrintWriter(out), false);
        progress.say("one");
        progress.say("two");
        progress.end();
        assertThat(out.toString().lines()).containsExactly("one", "two");
    }

    @Test
    void writes_over_its_line_on_a_terminal_and_leaves_it_empty() {
        ProgressLine progress = new ProgressLine(new PrintWriter(out), true);
        progress.say("one");
        progress.say("two");
        progress.end();
        assertThat(out.toString()).doesNotContain("\n").endsWith("\r\u001B[2K").contains("one …").contains("two …");
    }
}
