package dev.grove.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code Accept} says ([RFC 2616 §14.1]). */
class MediaRangesTest {

    @Test
    void everything_is_taken_where_nothing_is_said() {
        assertThat(MediaRanges.of(null).accepts("application/dmmo+json")).isTrue();
        assertThat(MediaRanges.of(" ").accepts("text/plain")).isTrue();
    }

    @Test
    void the_most_specific_range_decides() {
        MediaRanges ranges = MediaRanges.of("text/*;q=0.3, text/html;q=0.7, text/html;level=1, text/html;level=2;q=0.4,"
                + " */*;q=0.5");

        assertThat(ranges.qualityOf("text/html;level=1")).isEqualTo(1000);
        assertThat(ranges.qualityOf("text/html")).isEqualTo(700);
        assertThat(ranges.qualityOf("text/plain")).isEqualTo(300);
        assertThat(ranges.qualityOf("image/jpeg")).isEqualTo(500);
        assertThat(ranges.qualityOf("text/html;level=2")).isEqualTo(400);
        assertThat(ranges.qualityOf("text/html;level=3")).isEqualTo(700);
    }

    @Test
    void a_quality_of_nothing_refuses() {
        MediaRanges ranges = MediaRanges.of("application/dmmo+json;q=0, */*");

        assertThat(ranges.accepts("application/dmmo+json")).isFalse();
        assertThat(ranges.accepts("text/plain")).isTrue();
    }

    @Test
    void the_best_is_the_one_that_is_taken_most_gladly_then_the_first() {
        List<String> offered = List.of("application/dmmo+json", "text/plain", "application/xml");

        assertThat(MediaRanges.of("text/plain, application/xml;q=0.9").best(offered)).contains("text/plain");
        assertThat(MediaRanges.of("*/*").best(offered)).contains("application/dmmo+json");
        assertThat(MediaRanges.of("image/png").best(offered)).isEmpty();
    }

    @Test
    void letters_count_in_either_case_and_a_lone_star_is_everything() {
        assertThat(MediaRanges.of("Application/DMMO+json").accepts("application/dmmo+json; charset=utf-8")).isTrue();
        assertThat(MediaRanges.of("text/html, *; q=.2").qualityOf("application/dmmo+json")).isEqualTo(200);
    }

    @Test
    void what_is_no_range_matches_nothing() {
        assertThat(MediaRanges.of("json").accepts("application/json")).isFalse();
        assertThat(MediaRanges.of("/, */json, a/").ranges()).isEmpty();
        assertThat(MediaRanges.of("text/plain;q=often").qualityOf("text/plain")).isEqualTo(1000);
        assertThat(MediaRanges.of("text/plain;q=7").qualityOf("text/plain")).isEqualTo(1000);
    }

    @Test
    void is_written_as_it_is_read() {
        assertThat(MediaRanges.of("text/*;q=0.3,  a/b;level=1").toString()).isEqualTo("text/*;q=0.3, a/b;level=1");
    }
}
