package dev.grove.wire;

/**
 * The peer's bytes break a rule of their format. Thrown by decoders only; answered once, at the endpoint.
 *
 * <p>Carries no part of the input: a malformed document may hold secrets.
 */
public final class Malformed extends Exception {

    private final long offset;
    private final String path;
    private final String rule;

    /**
     * @param offset byte offset (WBXML, binary) or character offset (XML) at which the rule was broken; -1 if unknown
     * @param path where in the document, such as {@code SyncML/SyncBody/Add[2]/Item}; empty if unknown
     * @param rule the rule that was broken, a sentence with the limit and the section where there is one
     */
    public Malformed(long offset, String path, String rule) {
        super((path.isEmpty() ? "" : path + ": ") + rule + (offset < 0 ? "" : " (offset " + offset + ")"));
        this.offset = offset;
        this.path = path;
        this.rule = rule;
    }

    public long offset() {
        return offset;
    }

    public String path() {
        return path;
    }

    public String rule() {
        return rule;
    }
}
