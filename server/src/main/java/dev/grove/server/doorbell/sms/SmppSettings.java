package dev.grove.server.doorbell.sms;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a message centre and what to tell it.
 *
 * @param tls what connections are secured with; absent: nothing
 * @param bind how many connections there are, and for what
 * @param source in whose name messages are sent
 * @param nationals the numbering of devices' numbers without a plus; those with one are international (1, 1)
 * @param wantsReceipts whether the centre is asked to tell what became of each message
 */
public record SmppSettings(Centre centre, @Nullable SSLContext tls, Bind bind, Source source, Numbering nationals,
        boolean wantsReceipts, Times times, Flow flow) {

    /**
     * The message centre.
     *
     * @param systemId by which this server is known there
     * @param systemType as the operator says; usually empty
     */
    public record Centre(String host, int port, String systemId, String password, String systemType) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Centre[" + host + ":" + port + ", " + systemId + "]";
        }
    }

    /** Which connections are held ([SMPP 3.4 §2.2]). */
    public enum Bind {
        /** One for both directions. */
        TRANSCEIVER,
        /** One to send and one to be told what became of it. */
        TRANSMITTER_AND_RECEIVER
    }

    /** @param address may be empty: the centre puts in its own */
    public record Source(String address, Numbering numbering) {}

    /**
     * Type of number and numbering plan ([SMPP 3.4 §5.2.5, §5.2.6]).
     *
     * @param type 0 unknown, 1 international, 2 national, 3 network specific, 4 subscriber, 5 alphanumeric, 6 short
     * @param plan 0 unknown, 1 that of telephones, and others as the operator says
     */
    public record Numbering(int type, int plan) {
        static final Numbering INTERNATIONAL = new Numbering(1, 1);

        /** @throws IllegalArgumentException if one of the two is none of SMPP's */
        public static Numbering known(int type, int plan) {
            TypeOfNumber.valueOf((byte) type);
            NumberingPlanIndicator.valueOf((byte) plan);
            return new Numbering(type, plan);
        }
    }

    /**
     * @param answer how long an answer is waited for, the connection's own included
     * @param enquiry after which silence the centre is asked whether it is there
     * @param firstPause before the first new attempt to connect; each later one is twice as long
     * @param longestPause between two attempts
     */
    public record Times(Duration answer, Duration enquiry, Duration firstPause, Duration longestPause) {}

    /**
     * @param window messages that may be unanswered at once
     * @param perSecond messages a second; 0: as many as there are
     */
    public record Flow(int window, int perSecond) {}
}
