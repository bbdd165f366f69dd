package dev.grove.dm1.exchange;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerts 1100 to 1104 that want something of the user, and their answers, in both directions ([DMPRO 1.3 §10]).
 *
 * <p>The first item of such an alert holds the options, or nothing; the second the text; the further ones the choices,
 * which are numbered from 1 in the order in which they stand.
 */
public final class UserInteraction {

    private UserInteraction() {}

    /** What an alert turned out to be. */
    public sealed interface Reading {

        /** The user is to be asked. */
        record Asked(Interaction interaction) implements Reading {}

        /** The alert lacks something; {@code reason} names it. */
        record Refused(StatusCode status, String reason) implements Reading {}
    }

    /** Writes the alert that asks for {@code interaction}; options that its kind does not know are left out. */
    public static Alert alert(String cmdId, Interaction interaction) {
        List<Item> items = new ArrayList<>();
        String options = UiOptionString.write(interaction);
        items.add(options.isEmpty() ? Item.EMPTY : Item.of(options));
        items.add(Item.of(interaction.text()));
        if (interaction instanceof Choose choose) {
            choose.choices().forEach(choice -> items.add(Item.of(choice)));
        }
        return new Alert(cmdId, code(interaction), null, items);
    }

    private static AlertCode code(Interaction interaction) {
        return switch (interaction) {
            case Display _ -> AlertCode.DISPLAY;
            case Confirm _ -> AlertCode.CONFIRM_OR_REJECT;
            case Input _ -> AlertCode.TEXT_INPUT;
            case Choose choose -> choose.multiple() ? AlertCode.MULTIPLE_CHOICE : AlertCode.SINGLE_CHOICE;
        };
    }

    /**
     * What the device's Status on such an alert means: the user's text is one result, each number that the user chose
     * is one, in the order of the Status; results have no URI.
     */
    public static Outcome outcome(StatusCode status, List<Item> items) {
        List<Outcome.Result> results = new ArrayList<>();
        for (Item item : items) {
            if (item.data() != null) {
                results.add(new Outcome.Result("", Value.text(item.data().text())));
            }
        }
        return new Outcome(status, results, null);
    }

    /**
     * Reads an alert of the codes 1100 to 1104. Options that cannot be understood are skipped ([DMPRO 1.3 §10.3]); an
     * alert without text, or a choice without choices, is incomplete.
     *
     * @throws IllegalStateException if the alert has another code
     */
    public static Reading read(Alert alert) {
        List<Item> items = alert.items();
        if (items.size() < 2) {
            return incomplete("a user interaction has two items or more: options and text (DMPRO 10.2)");
        }
        List<String> texts = new ArrayList<>();
        for (Item item : items.subList(1, items.size())) {
            if (item.data() == null) {
                return incomplete("every item after the first has one Data (DMPRO 10.2)");
            }
            texts.add(item.data().text());
        }
        Data options = items.getFirst().data();
        return asked(alert.code(), texts, UiOptionString.read(options == null ? "" : options.text()));
    }

    private static Reading asked(AlertCode code, List<String> texts, UiOptions options) {
        String text = texts.getFirst();
        List<String> choices = texts.subList(1, texts.size());
        Interaction interaction = switch (code.code()) {
            case 1100 -> new Display(text, options);
            case 1101 -> new Confirm(text, options);
            case 1102 -> new Input(text, options);
            case 1103 -> new Choose(text, choices, false, options);
            case 1104 -> new Choose(text, choices, true, options);
            default -> throw new IllegalStateException("alert " + code.code() + " asks nothing of the user");
        };
        if (interaction instanceof Choose && choices.isEmpty()) {
            return incomplete("a choice has one choice or more (DMPRO 10.2.4)");
        }
        return new Reading.Asked(UiOptionString.meaningfulOnly(interaction));
    }

    private static Reading incomplete(String reason) {
        return new Reading.Refused(StatusCode.INCOMPLETE_COMMAND, reason);
    }

    /** The interaction with other options. */
    static Interaction with(Interaction interaction, UiOptions options) {
        return switch (interaction) {
            case Display display -> new Display(display.text(), options);
            case Confirm confirm -> new Confirm(confirm.text(), options);
            case Input input -> new Input(input.text(), options);
            case Choose choose -> new Choose(choose.text(), choose.choices(), choose.multiple(), options);
        };
    }
}
