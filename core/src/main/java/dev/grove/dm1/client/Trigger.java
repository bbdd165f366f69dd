package dev.grove.dm1.client;

import dev.grove.syncml.AlertCode;
import java.util.Locale;

/**
 * Why a session begins ([DMPRO 1.3 §8.3]).
 *
 * @param code {@link AlertCode#CLIENT_INITIATED} or {@link AlertCode#SERVER_INITIATED}
 * @param sessionId as it stands in the messages
 * @param wantsDevDetail whether the notification asked for DevDetail, in DM 1.3
 * @param resynchronise whether the notification was made with the nonce 0x00000000, so that the credentials must be too
 *     ([DMNOTI 1.2 §5.1])
 */
public record Trigger(AlertCode code, String sessionId, boolean wantsDevDetail, boolean resynchronise) {

    /** The device calls by itself; the number, of 16 bits, should be another one each time. */
    public static Trigger client(int number) {
        return new Trigger(AlertCode.CLIENT_INITIATED, hexadecimal(number), false, false);
    }

    /** The device was notified, with this session id of 16 bits. */
    public static Trigger server(int number, boolean wantsDevDetail, boolean resynchronise) {
        return new Trigger(AlertCode.SERVER_INITIATED, hexadecimal(number), wantsDevDetail, resynchronise);
    }

    /** Four hexadecimal digits at most, without leading zeros: what [DMNOTI 1.2 §6.2] and Windows have in common. */
    private static String hexadecimal(int number) {
        return Integer.toHexString(number & 0xFFFF).toUpperCase(Locale.ROOT);
    }
}
