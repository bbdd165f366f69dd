package dev.grove.client.notify;

import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;

/** What a bearer has brought to the device: package 0, or what somebody wants to pass for it. */
public sealed interface Delivery {

    /** Who brought it, such as {@code udp}. */
    String bearer();

    /**
     * A push of connectionless WSP, not unwrapped yet ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]).
     *
     * @param pdu from its transaction identifier on; of an SMS, without the header of the user data
     */
    record Push(String bearer, Bytes pdu) implements Delivery {}

    /** A notification with its media type, as HTTP, OBEX and messaging services bring it. */
    record Plain(String bearer, Packet notification) implements Delivery {}
}
