package dev.grove.server.api;

/** What was sent is not what is understood here; says where in the document, and which rule it breaks. */
final class Invalid extends Exception {

    private final int status;
    private final String pointer;

    private Invalid(int status, String pointer, String rule) {
        super(rule, null, false, false);
        this.status = status;
        this.pointer = pointer;
    }

    /** No JSON at all, or a parameter that makes no sense. */
    static Invalid malformed(String rule) {
        return new Invalid(400, "", rule);
    }

    /** A value that is not allowed where it stands. */
    static Invalid at(String pointer, String rule) {
        return new Invalid(422, pointer, rule);
    }

    int status() {
        return status;
    }

    /** Where in the document ([RFC 6901]), such as {@code /operations/0/get/uri}; empty for the whole. */
    String pointer() {
        return pointer;
    }

    String rule() {
        return String.valueOf(getMessage());
    }
}
