package dev.grove.syncml;

import java.util.List;

/**
 * One SyncML document ([REPPRO 1.2 §6], [DMPRO 1.3 §8]).
 *
 * @param header the {@code SyncHdr}
 * @param body the commands in document order
 * @param isFinal whether this is the last message of its package
 */
public record Message(SyncHdr header, List<Command> body, boolean isFinal) {

    public Message {
        body = List.copyOf(body);
    }
}
