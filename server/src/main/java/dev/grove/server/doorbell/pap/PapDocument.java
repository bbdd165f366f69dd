package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.Words;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The documents of the Push Access Protocol that are written and read here ([WAP-247-PAP §9]). */
final class PapDocument {

    /** Far beyond what a gateway says; a document that needs more is none. */
    private static final Limits LIMITS = new Limits(64 << 10, 16, 200, 64 << 10);
    private static final int MAX_ID = 200;
    private static final String PROLOG = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE pap PUBLIC "-//WAPFORUM//DTD PAP 1.0//EN" "http://www.wapforum.org/DTD/pap_1.0.dtd">
            """;

    private PapDocument() {}

    /** What a gateway says. */
    sealed interface Said {
        /** Of a push that it was given. */
        record Response(String pushId, int code, String words) implements Said {}

        /** That it did not understand. */
        record BadMessage(int code, String words) implements Said {}

        /**
         * What became of a push.
         *
         * @param state its word, such as {@code delivered}
         * @param address as it stood in the push
         */
        record Outcome(String pushId, String address, String state, String words) implements Said {}
    }

    /** A push, without what is pushed. */
    record Push(String id, String address, Instant goodUntil, @Nullable String reports, PapSettings.Quality quality) {}

    static Bytes write(Push push) {
        StringBuilder out = new StringBuilder(PROLOG).append("<pap>\n<push-message");
        attribute(out, "push-id", push.id());
        attribute(out, "deliver-before-timestamp", push.goodUntil().truncatedTo(ChronoUnit.SECONDS).toString());
        if (push.reports() != null) {
            attribute(out, "ppg-notify-requested-to", push.reports());
        }
        out.append(">\n<address");
        attribute(out, "address-value", push.address());
        out.append("/>\n<quality-of-service");
        attribute(out, "delivery-method", push.quality().delivery().word());
        if (!push.quality().network().isEmpty()) {
            attribute(out, "network", push.quality().network());
            attribute(out, "network-required", "true");
        }
        if (!push.quality().bearer().isEmpty()) {
            attribute(out, "bearer", push.quality().bearer());
            attribute(out, "bearer-required", "true");
        }
        return Bytes.utf8(out.append("/>\n</push-message>\n</pap>\n").toString());
    }

    /** The answer to an outcome. */
    static Bytes acknowledge(Said.Outcome outcome) {
        StringBuilder out = new StringBuilder(PROLOG).append("<pap>\n<resultnotification-response");
        attribute(out, "push-id", outcome.pushId());
        attribute(out, "code", "1000");
        attribute(out, "desc", "OK");
        out.append(">\n<address");
        attribute(out, "address-value", outcome.address());
        return Bytes.utf8(out.append("/>\n</resultnotification-response>\n</pap>\n").toString());
    }

    /** The answer to what was not understood. */
    static Bytes refuse() {
        StringBuilder out = new StringBuilder(PROLOG).append("<pap>\n<badmessage-response");
        attribute(out, "code", "2000");
        attribute(out, "desc", "Not understood");
        attribute(out, "bad-message-fragment", "");
        return Bytes.utf8(out.append("/>\n</pap>\n").toString());
    }

    private static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"")
                .append(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"))
                .append('"');
    }

    /**
     * Reads what a gateway says; a document type is not loaded and nothing of it believed.
     *
     * @throws Malformed if it is none of the three
     */
    static Said read(Bytes document) throws Malformed {
        Tokens in = Tokens.ofXml(document, LIMITS);
        enter(in);
        if (!in.name().equals("pap")) {
            throw in.malformed("the root element is pap (WAP-247-PAP 9)");
        }
        enter(in);
        return switch (in.name()) {
            case "push-response" -> response(in);
            case "badmessage-response" -> new Said.BadMessage(code(in), words(in));
            case "resultnotification-message" -> outcome(in);
            default -> throw in.malformed("a gateway sends push-response, badmessage-response or"
                    + " resultnotification-message (WAP-247-PAP 9)");
        };
    }

    private static void enter(Tokens in) throws Malformed {
        if (in.nextTag() == Tokens.END) {
            throw in.malformed("an element is missing (WAP-247-PAP 9)");
        }
    }

    private static Said response(Tokens in) throws Malformed {
        String pushId = id(in, "push-id");
        while (in.nextTag() != Tokens.END) {
            if (in.name().equals("response-result")) {
                return new Said.Response(pushId, code(in), words(in));
            }
            in.skip();
        }
        throw in.malformed("push-response has a response-result (WAP-247-PAP 9.3)");
    }

    private static Said outcome(Tokens in) throws Malformed {
        String pushId = id(in, "push-id");
        String state = id(in, "message-state");
        String words = words(in);
        while (in.nextTag() != Tokens.END) {
            if (in.name().equals("address")) {
                return new Said.Outcome(pushId, id(in, "address-value"), state, words);
            }
            in.skip();
        }
        return new Said.Outcome(pushId, "", state, words);
    }

    private static int code(Tokens in) throws Malformed {
        String code = id(in, "code");
        if (!code.matches("[0-9]{4}")) {
            throw in.malformed("a code has four digits (WAP-247-PAP 9.13)");
        }
        return Integer.parseInt(code);
    }

    private static String id(Tokens in, String name) throws Malformed {
        String value = in.attribute(name);
        if (value == null || value.length() > MAX_ID) {
            throw in.malformed("the attribute " + name + " is there and has " + MAX_ID + " characters at most");
        }
        return value.strip();
    }

    private static String words(Tokens in) {
        String words = in.attribute("desc");
        return words == null ? "" : Words.of(words.strip());
    }
}
