package dev.grove.tools.device;

/** Something is wrong with the options of a command as a whole; the message is for the person who gave them. */
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unusable(String message) {
        super(message);
    }
}
