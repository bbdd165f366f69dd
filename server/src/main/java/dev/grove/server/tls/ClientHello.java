package dev.grove.server.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the first message of a TLS client offers ([RFC 5246 §7.4.1.2]), read without taking it from the buffer. It may
 * be cut into records anywhere.
 *
 * @param version as it stands in the message: 0x0301 for TLS 1.0 up to 0x0303 for TLS 1.2 and all later ones
 * @param cipherSuites by their numbers
 */
record ClientHello(int version, Set<Integer> cipherSuites) {

    /** What may come before the cipher suites is short; who sends more than this has something else in mind. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 2 + 32;

    ClientHello {
        cipherSuites = Set.copyOf(cipherSuites);
    }

    boolean offersAny(int[] wanted) {
        return Arrays.stream(wanted).anyMatch(cipherSuites::contains);
    }

    /** How far it was understood. */
    sealed interface Reading {

        /** There it is. */
        record Whole(ClientHello hello) implements Reading {}

        /** So far so good, but more bytes are needed. */
        record More() implements Reading {}

        /** Something else: the library that gets it will say what is wrong. */
        record Other() implements Reading {}
    }

    static Reading read(ByteBuffer received) {
        Messages messages = new Messages(received.duplicate());
        Optional<ClientHello> hello = messages.hello();
        if (hello.isPresent()) {
            return new Reading.Whole(hello.get());
        }
        boolean isHopeless = messages.isOther || received.remaining() > MAX_BYTES;
        return isHopeless ? new Reading.Other() : new Reading.More();
    }

    /** The content of handshake records, one byte after the other; -1 where no more has come, or something else. */
    private static final class Messages {

        private final ByteBuffer in;
        private int leftInRecord;
        private boolean isOther;

        Messages(ByteBuffer in) {
            this.in = in;
        }

        Optional<ClientHello> hello() {
            int type = next();
            isOther |= type >= 0 && type != CLIENT_HELLO;
            skip(MESSAGE_HEADER - 1);
            int version = number(2);
            skip(VERSION_AND_RANDOM - 2);
            skip(next());
            int suites = number(2) / 2;
            Set<Integer> offered = new HashSet<>();
            for (int i = 0; i < suites; i++) {
                int suite = number(2);
                if (suite < 0) {
                    return Optional.empty();
                }
                offered.add(suite);
            }
            return offered.isEmpty() || isOther ? Optional.empty() : Optional.of(new ClientHello(version, offered));
        }

        private void skip(int count) {
            for (int i = 0; i < count; i++) {
                next();
            }
        }

        private int number(int bytes) {
            int number = 0;
            for (int i = 0; i < bytes; i++) {
                int next = next();
                if (next < 0) {
                    return -1;
                }
                number = number << 8 | next;
            }
            return number;
        }

        private int next() {
            while (leftInRecord == 0 && !isOther) {
                if (in.hasRemaining() && in.get(in.position()) != HANDSHAKE) {
                    isOther = true;
                } else if (in.remaining() < RECORD_HEADER) {
                    return -1;
                } else {
                    in.position(in.position() + 3);
                    leftInRecord = in.getShort() & 0xFFFF;
                }
            }
            if (isOther || !in.hasRemaining()) {
                return -1;
            }
            leftInRecord--;
            return in.get() & 0xFF;
        }
    }
}
