package dev.grove.dm1.command;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.syncml.Item;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.StatusCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user's answer as it goes to the server: a status, and the text or the chosen numbers as items
 * ([DMPRO 1.3 §10.2]).
 *
 * @param effect what the answer does to the commands after it
 */
public record UserAnswer(StatusCode status, List<Item> items, Effect effect) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
    private static final Pattern DATE = Pattern.compile("(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{4}");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9pwsPWS]+");
    private static final Pattern OCTET = Pattern.compile("[0-9]{1,3}");

    /** What an answer does to the commands that stand after the alert. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /** "No": those in the same Sequence are bypassed, an Atomic around it fails ([DMPRO 1.3 §10.2.2]). */
        REJECTED,
        /** The user cancels, or never answers: nothing more of this message is done ([DMPRO 1.3 §10.2]). */
        STOPPED
    }

    public UserAnswer {
        items = List.copyOf(items);
    }

    /** Translates an answer. One that breaks a rule of {@link #problem} is never sent: the alert has failed. */
    public static UserAnswer of(Interaction asked, Answer answer) {
        if (problem(asked, answer).isPresent()) {
            return plain(StatusCode.COMMAND_FAILED);
        }
        return switch (answer) {
            case Answer.Shown _,Answer.Yes _ -> plain(StatusCode.OK);
            case Answer.No _ -> new UserAnswer(StatusCode.NOT_MODIFIED, List.of(), Effect.REJECTED);
            case Answer.Text(String text) -> new UserAnswer(StatusCode.OK, List.of(Item.of(text)), Effect.NONE);
            case Answer.Choices(List<Integer> numbers) -> new UserAnswer(StatusCode.OK,
                    numbers.stream().map(number -> Item.of(number.toString())).toList(), Effect.NONE);
            case Answer.Cancelled _ -> stopped(asked, StatusCode.OPERATION_CANCELLED);
            case Answer.TimedOut _ ->
                asked instanceof Display ? plain(StatusCode.OK) : stopped(asked, StatusCode.REQUEST_TIMEOUT);
            case Answer.Undisplayable _ -> plain(StatusCode.REQUESTED_RANGE_NOT_SATISFIABLE);
            case Answer.Unsupported _ -> plain(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        };
    }

    private static UserAnswer plain(StatusCode status) {
        return new UserAnswer(status, List.of(), Effect.NONE);
    }

    /** Cancelling a mere display stops nothing: there was nothing to decide. */
    private static UserAnswer stopped(Interaction asked, StatusCode status) {
        return new UserAnswer(status, List.of(), asked instanceof Display ? Effect.NONE : Effect.STOPPED);
    }

    /** What is wrong with an answer, in words for the user; empty if it will pass. */
    public static Optional<String> problem(Interaction asked, Answer answer) {
        return Optional.ofNullable(switch (answer) {
            case Answer.Shown _ -> asked instanceof Display ? null : "this asks for an answer";
            case Answer.Yes _,Answer.No _ -> asked instanceof Confirm ? null : "this is no yes-or-no question";
            case Answer.Text(String text) ->
                asked instanceof Input input ? problemOfText(input, text) : "this asks for no text";
            case Answer.Choices(List<Integer> numbers) ->
                asked instanceof Choose choose ? problemOfChoices(choose, numbers) : "this asks for no choice";
            case Answer.Cancelled _,Answer.TimedOut _,Answer.Undisplayable _,Answer.Unsupported _ -> null;
        });
    }

    private static @Nullable String problemOfText(Input input, String text) {
        Integer longest = input.options().maxLength();
        if (longest != null && text.codePointCount(0, text.length()) > longest) {
            return "at most " + longest + " characters";
        }
        String type = input.options().inputType();
        return switch (type == null ? "A" : type) {
            case "N" -> NUMBER.matcher(text).matches() ? null : "a number, such as -1.23";
            case "D" -> DATE.matcher(text).matches() ? null : "a date as DDMMYYYY";
            case "T" -> TIME.matcher(text).matches() ? null : "a time as hhmmss";
            case "P" -> PHONE.matcher(text).matches() ? null : "a telephone number";
            case "I" -> isAddress(text) ? null : "an IP address, such as 192.0.2.1";
            default -> null;
        };
    }

    private static boolean isAddress(String text) {
        String[] octets = text.split("\\.", -1);
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return octets.length == 4;
    }

    private static @Nullable String problemOfChoices(Choose choose, List<Integer> numbers) {
        if (!choose.multiple() && numbers.size() != 1) {
            return "exactly one choice";
        }
        if (numbers.stream().distinct().count() != numbers.size()) {
            return "each choice once";
        }
        for (int number : numbers) {
            if (number < 1 || number > choose.choices().size()) {
                return "numbers from 1 to " + choose.choices().size();
            }
        }
        return null;
    }
}
