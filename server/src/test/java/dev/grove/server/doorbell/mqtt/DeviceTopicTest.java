package dev.grove.server.doorbell.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicTest {

    private final DeviceTopic topic = new DeviceTopic("grove/{device}/notify");

    @ParameterizedTest
    @CsvSource({"IMEI:493005100592800, IMEI:493005100592800", "a/b, a%2Fb", "+, %2B", "a#, a%23", "100%, 100%25",
            "$SYS, %24SYS", "Gerät 1, Gerät 1", "{device}, {device}"})
    void no_name_leads_to_another_topic(String name, String inTopic) {
        assertThat(topic.of(name)).isEqualTo("grove/" + inTopic + "/notify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grove/notify", "{device}/{device}", "grove/+/{device}", "#{device}", "$SYS/{device}"})
    void a_template_that_makes_no_topic_is_refused(String template) {
        assertThatThrownBy(() -> new DeviceTopic(template)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + template + "'");
    }

    @Test
    void a_name_that_no_topic_can_hold_is_objected_to() {
        assertThat(topic.objection("")).isPresent();
        assertThat(topic.objection("a\nb")).isPresent();
        assertThat(topic.objection("a\ud800")).isPresent();
        assertThat(topic.objection("/".repeat(30_000))).isPresent();
        assertThat(topic.objection("dev-1")).isEmpty();
    }
}
