package dev.grove.tools.simulate;

/** Odd habits of single devices, as every fleet has them. */
enum Quirk {
    /** None. */
    PLAIN,
    /** Takes and sends messages of 4 KiB at most. */
    SMALL_MESSAGES,
    /** Keeps nothing between two sessions, its nonce among other things. */
    FORGETFUL,
    /** Media types in capitals, and with a charset. */
    WORDY_MEDIA_TYPE;

    private static final int CYCLE = 32;

    /** Of 32 devices, four take short messages, two are wordy and one is forgetful; which does not depend on breeds. */
    static Quirk of(int number) {
        return switch (Integer.remainderUnsigned((number * 0x9E3779B1) >>> 8, CYCLE)) {
            case 0, 8, 16, 24 -> SMALL_MESSAGES;
            case 5, 21 -> WORDY_MEDIA_TYPE;
            case 13 -> FORGETFUL;
            default -> PLAIN;
        };
    }
}
