package dev.grove.server.store.page;

import dev.grove.wire.Bytes;
import java.time.Duration;

/**
 * A row of a page.
 *
 * @param value a form with its version in front
 * @param body what is large or changes apart from the value; empty if there is none
 * @param life how long the value is kept; zero: until it is removed
 * @param bodyLife the same of the body
 */
public record Row(Bytes value, Bytes body, Duration life, Duration bodyLife) {

    /** A row that stays until it is removed. */
    static Row of(Bytes value) {
        return of(value, Bytes.EMPTY);
    }

    static Row of(Bytes value, Bytes body) {
        return new Row(value, body, Duration.ZERO, Duration.ZERO);
    }

    /** This row, which vanishes after {@code kept}; at once, as far as can be, if that is zero. */
    Row fading(Duration kept) {
        Duration left = kept.isZero() ? Duration.ofSeconds(1) : kept;
        return new Row(value, body, left, left);
    }

    /** This row, whose body vanishes after {@code kept}. */
    Row fadingBody(Duration kept) {
        return new Row(value, body, life, kept);
    }
}
