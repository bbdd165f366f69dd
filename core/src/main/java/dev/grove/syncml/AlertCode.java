package dev.grove.syncml;

/**
 * The code of an Alert ([REPPRO 1.2 §9], [DMPRO 1.3 §8, §10]). The set is open: an unknown code is kept.
 *
 * @param code the number as it stands on the wire; -1 if the Alert has no {@code Data}
 */
public record AlertCode(int code) {

    public static final AlertCode DISPLAY = new AlertCode(1100);
    public static final AlertCode CONFIRM_OR_REJECT = new AlertCode(1101);
    public static final AlertCode TEXT_INPUT = new AlertCode(1102);
    public static final AlertCode SINGLE_CHOICE = new AlertCode(1103);
    public static final AlertCode MULTIPLE_CHOICE = new AlertCode(1104);
    public static final AlertCode SERVER_INITIATED = new AlertCode(1200);
    public static final AlertCode CLIENT_INITIATED = new AlertCode(1201);
    public static final AlertCode NEXT_MESSAGE = new AlertCode(1222);
    public static final AlertCode SESSION_ABORT = new AlertCode(1223);
    public static final AlertCode CLIENT_EVENT = new AlertCode(1224);
    public static final AlertCode NO_END_OF_DATA = new AlertCode(1225);
    public static final AlertCode GENERIC = new AlertCode(1226);

    /** An Alert without a code. */
    public static final AlertCode ABSENT = new AlertCode(-1);

    /** 1100 to 1104: the server wants something of the user. */
    public boolean isUserInteraction() {
        return code >= 1100 && code <= 1104;
    }
}
