package dev.grove.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {

    @Test
    void a_line_for_people_has_the_named_values_behind_the_message() {
        assertThat(line(new TextLines(), event("session ended", null)))
                .isEqualTo("2026-11-21T12:00:00.001Z INFO  session ended device=\"IMEI 1\" messages=3 level=x\n");
    }

    @Test
    void nothing_that_a_peer_sent_begins_a_line_of_its_own() {
        String line = line(new TextLines(), event("bad\nERROR all is lost\u001b[2J", null));
        assertThat(line).contains("bad\\u000aERROR all is lost\\u001b[2J").hasLineCount(1);
    }

    @Test
    void a_line_for_programs_is_one_json_object() {
        assertThat(line(new JsonLines(), event("a \"b\"\n", null))).isEqualTo("{\"time\":\"2026-11-21T12:00:00.001Z\","
                + "\"level\":\"INFO\",\"logger\":\"test\",\"message\":\"a \\\"b\\\"\\n\",\"device\":\"IMEI 1\","
                + "\"messages\":3,\"level_\":\"x\"}\n");
    }

    @Test
    void a_failure_brings_its_stack_trace() {
        Exception failure = new IllegalStateException("boom");
        assertThat(line(new TextLines(), event("failed", failure))).contains("IllegalStateException: boom", "\tat ");
        assertThat(line(new JsonLines(), event("failed", failure))).contains("\"exception\":\"java.lang.Illegal")
                .hasLineCount(1);
    }

    private static String line(EncoderBase<ILoggingEvent> lines, ILoggingEvent event) {
        lines.start();
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }

    private static ILoggingEvent event(String message, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent("test", new LoggerContext().getLogger("test"), Level.INFO, message,
                failure, null);
        event.setInstant(Instant.parse("2026-11-21T12:00:00.001Z"));
        event.addKeyValuePair(new KeyValuePair("device", "IMEI 1"));
        event.addKeyValuePair(new KeyValuePair("messages", 3));
        event.addKeyValuePair(new KeyValuePair("level", "x"));
        return event;
    }
}
