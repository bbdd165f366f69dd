package dev.grove.notify;

import java.util.Arrays;

/** What the server recommends to show to the user before the session ([DMNOTI 1.2 §6.2.7]). */
public enum UiMode {
    NOT_SPECIFIED(0), BACKGROUND(1), INFORMATIVE(2),
    /** The user is asked whether the session may take place. */
    USER_INTERACTION(3);

    private final int code;

    UiMode(int code) {
        this.code = code;
    }

    /** The two bits of it. */
    public int code() {
        return code;
    }

    /** @param code 0 to 3 */
    public static UiMode of(int code) {
        return Arrays.stream(values()).filter(mode -> mode.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a ui-mode has two bits: " + code));
    }
}
