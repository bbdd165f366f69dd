package dev.grove.dm2.client;

import dev.grove.wire.Packet;
import java.util.List;

/**
 * What a step of the engine comes to. The caller stores tree and memory of {@code next} and what the facts say, and
 * only then does what is wished for: nothing is told to a server before it is durable.
 *
 * @param wish what the world shall do; its {@link Event} leads to the next step
 */
public record Step(Dm2ClientState next, List<Dm2Fact> facts, Wish wish) {

    public Step {
        facts = List.copyOf(facts);
    }

    /** Something that only the world can do. */
    public sealed interface Wish {

        /** POST of a package to the server ([DM 2.0 §5.2]); answered by a package. */
        record Send(Packet packet, String url) implements Wish {}

        /** GET of data ([DM 2.0 §5.3.1]). */
        record Fetch(String url, String accept) implements Wish {}

        /** PUT or POST of data ([DM 2.0 §5.3.2, §5.3.3]). */
        record Deliver(Method method, String url, Packet packet) implements Wish {}

        /** A page is to be shown to the user ([DM 2.0 §5.3.7]); the answer does not wait for the user. */
        record Browse(String url) implements Wish {}

        /** Nothing any more: the session is over. */
        record Finished(Dm2Fact.Reason reason) implements Wish {}
    }

    /** How data is delivered. */
    public enum Method {
        PUT, POST
    }
}
