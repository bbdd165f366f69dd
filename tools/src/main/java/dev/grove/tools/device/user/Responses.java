package dev.grove.tools.device.user;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person types, as an answer. */
final class Responses {

    private Responses() {}

    /** Empty if the text cannot be an answer to this kind of question. */
    static Optional<Answer> of(Interaction interaction, String text) {
        return switch (interaction) {
            case Display _ -> Optional.of(new Answer.Shown());
            case Confirm _ -> yesOrNo(text);
            case Input _ -> Optional.of(new Answer.Text(text));
            case Choose _ -> numbers(text).map(Answer.Choices::new);
        };
    }

    /** The response that the server proposes ([DMPRO 1.3 §10.3.3]); empty if it proposes none. */
    static Optional<Answer> ofDefault(Interaction interaction) {
        String proposed = interaction.options().defaultResponse();
        if (proposed == null) {
            return Optional.empty();
        }
        return switch (interaction) {
            case Display _ -> Optional.of(new Answer.Shown());
            case Confirm _ -> Optional.of(proposed.strip().equals("1") ? new Answer.Yes() : new Answer.No());
            case Input _ -> Optional.of(new Answer.Text(proposed));
            case Choose _ -> numbers(proposed.replace('-', ' ')).map(Answer.Choices::new);
        };
    }

    private static Optional<Answer> yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "y", "1" -> Optional.of(new Answer.Yes());
            case "no", "n", "0" -> Optional.of(new Answer.No());
            default -> Optional.empty();
        };
    }

    private static Optional<List<Integer>> numbers(String text) {
        List<String> words = Stream.of(text.strip().split("[ ,]+", -1)).filter(word -> !word.isEmpty()).toList();
        boolean isGood = words.stream().allMatch(word -> word.matches("[0-9]{1,6}"));
        return isGood ? Optional.of(words.stream().map(Integer::valueOf).toList()) : Optional.empty();
    }
}
