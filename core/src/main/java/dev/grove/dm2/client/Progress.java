package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.client.Dm2ClientState.Pending;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a command has come. */
sealed interface Progress {

    /**
     * It is done.
     *
     * @param data what a GET has read; absent for nothing
     * @param remark for people; empty if there is nothing to say
     */
    record Done(CommandStatus status, @Nullable Packet data, String remark) implements Progress {}

    /** It waits for the world. */
    record Waits(Pending pending, Step.Wish wish) implements Progress {}

    static Progress done(StatusCode status) {
        return done(status, "");
    }

    static Progress done(StatusCode status, String remark) {
        return new Done(CommandStatus.of(status), null, remark);
    }

    static Progress done(Outcome outcome) {
        return done(outcome.status(), Objects.requireNonNullElse(outcome.detail(), ""));
    }

    static Progress stored(Outcome outcome, List<String> uris) {
        return new Done(new CommandStatus(outcome.status(), uris), null,
                Objects.requireNonNullElse(outcome.detail(), ""));
    }

    static Progress read(Packet data) {
        return new Done(CommandStatus.of(StatusCode.OK), data, "");
    }
}
