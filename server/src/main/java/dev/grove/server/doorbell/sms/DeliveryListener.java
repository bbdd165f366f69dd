package dev.grove.server.doorbell.sms;

import dev.grove.server.doorbell.sms.SmsReceipts.Told;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.bean.AbstractSmCommand;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.MessageId;
import org.jsmpp.PDUStringException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what a message centre tells of messages ([SMPP 3.4 §5.3.2, appendix B]): by parameters, or by the text that
 * everybody writes in much the same way. All else that it delivers is taken and dropped.
 */
final class DeliveryListener implements MessageReceiverListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryListener.class);
    private static final int TYPE_BITS = 0x3C;
    private static final int RECEIPT = 0x04;
    private static final Pattern ID = Pattern.compile("\\bid:\\s{0,2}([^\\s]{1,65})", Pattern.CASE_INSENSITIVE);
    private static final Pattern STATE = Pattern.compile("\\bstat:\\s{0,2}([A-Z]{1,10})", Pattern.CASE_INSENSITIVE);
    private static final Pattern ERROR = Pattern.compile("\\berr:\\s{0,2}([0-9A-Z]{1,10})", Pattern.CASE_INSENSITIVE);

    private final Consumer<Told> told;
    private final AtomicLong answered = new AtomicLong();

    DeliveryListener(Consumer<Told> told) {
        this.told = told;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm delivered) {
        receipt(delivered, delivered.getShortMessage()).ifPresent(told);
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm delivered, Session source) throws ProcessRequestException {
        receipt(delivered, new byte[0]).ifPresent(told);
        try {
            return new DataSmResult(new MessageId(Long.toString(answered.incrementAndGet())),
                    new OptionalParameter[0]);
        } catch (PDUStringException tooLong) {
            throw new ProcessRequestException("no message id", 8, tooLong);
        }
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification alert) {
        LOG.debug("the message centre tells that a device is there");
    }

    /** What is told for good; empty for anything else. */
    private static Optional<Told> receipt(AbstractSmCommand delivered, byte @Nullable [] shortMessage) {
        OptionalParameter.Receipted_message_id id = delivered
                .getOptionalParameter(OptionalParameter.Receipted_message_id.class);
        if ((delivered.getEsmClass() & TYPE_BITS) != RECEIPT && id == null) {
            LOG.debug("the message centre delivered something that is no receipt");
            return Optional.empty();
        }
        String text = new String(text(delivered, shortMessage), StandardCharsets.ISO_8859_1);
        OptionalParameter.Message_state state = delivered.getOptionalParameter(OptionalParameter.Message_state.class);
        String messageId = id == null ? found(ID, text) : id.getValueAsString();
        String word = state == null ? found(STATE, text).toUpperCase(Locale.ROOT) : word(state.getValue());
        return told(messageId, word, found(ERROR, text));
    }

    private static Optional<Told> told(String messageId, String state, String error) {
        if (messageId.isEmpty()) {
            return Optional.empty();
        }
        String words = error.isEmpty() || error.matches("0+") ? state : state + ", error " + error;
        return switch (state) {
            case "DELIVRD" -> Optional.of(new Told(messageId, true, words));
            case "EXPIRED", "DELETED", "UNDELIV", "REJECTD" -> Optional.of(new Told(messageId, false, words));
            default -> Optional.empty();
        };
    }

    /** [SMPP 3.4 §5.2.28] */
    private static String word(byte state) {
        return switch (state) {
            case 2 -> "DELIVRD";
            case 3 -> "EXPIRED";
            case 4 -> "DELETED";
            case 5 -> "UNDELIV";
            case 8 -> "REJECTD";
            default -> "";
        };
    }

    /** The text of a message, or what stands for it in a parameter, behind its tag and length. */
    private static byte[] text(AbstractSmCommand delivered, byte @Nullable [] shortMessage) {
        if (shortMessage != null && shortMessage.length > 0) {
            return shortMessage;
        }
        OptionalParameter payload = delivered.getOptionalParameter(Tag.MESSAGE_PAYLOAD);
        byte[] whole = payload == null ? new byte[0] : payload.serialize();
        return Arrays.copyOfRange(whole, Math.min(4, whole.length), whole.length);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
