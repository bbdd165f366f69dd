package dev.grove.server.endpoint;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a user's browser sends back: the fields of a {@link Page}. */
record PageForm(List<Field> fields) {

    /** The field of the buttons. */
    static final String BUTTON = "answer";
    static final String TEXT = "text";
    static final String CHOICE = "choice";
    static final String OK = "ok";
    static final String YES = "yes";
    static final String NO = "no";
    static final String CANCEL = "cancel";

    /** A name and a value. */
    record Field(String name, String value) {}

    /** Reads {@code application/x-www-form-urlencoded}; what is broken is left out. */
    static PageForm read(String body) {
        List<Field> fields = new ArrayList<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(pair.substring(0, Math.max(0, equals)));
            Optional<String> value = decoded(pair.substring(equals + 1));
            if (equals > 0 && name.isPresent() && value.isPresent()) {
                fields.add(new Field(name.get(), value.get()));
            }
        }
        return new PageForm(fields);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** What the user made of the page; empty if nothing that it asks for. */
    Optional<Answer> answer(Interaction asked) {
        String button = first(BUTTON).orElse(OK);
        if (button.equals(CANCEL)) {
            return Optional.of(new Answer.Cancelled());
        }
        return switch (asked) {
            case Display _ -> Optional.of(new Answer.Shown());
            case Confirm _ -> switch (button) {
                case YES -> Optional.of(new Answer.Yes());
                case NO -> Optional.of(new Answer.No());
                default -> Optional.empty();
            };
            case Input _ -> first(TEXT).map(Answer.Text::new);
            case Choose _ -> choices();
        };
    }

    private Optional<Answer> choices() {
        List<Integer> numbers = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(CHOICE)) {
                if (!field.value().matches("[0-9]{1,4}")) {
                    return Optional.empty();
                }
                numbers.add(Integer.parseInt(field.value()));
            }
        }
        return Optional.of(new Answer.Choices(numbers));
    }

    private Optional<String> first(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).findFirst();
    }
}
