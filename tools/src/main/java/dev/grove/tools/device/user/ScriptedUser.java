package dev.grove.tools.device.user;

import dev.grove.dm1.command.UserInterface;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user whose answers stand in a script, a line each: {@code KIND: ANSWER}.
 *
 * <pre>{@code
 * # comments and empty lines are skipped
 * confirm: yes
 * confirm: no
 * input: CNN
 * choose: 2
 * choose: 2 3
 * display: shown
 * *: cancel
 * }</pre>
 *
 * <p>The kinds are {@code display}, {@code confirm}, {@code input}, {@code choose} and {@code *} for all. A question
 * takes the first line of its kind that has not been used; when all have been, the last one again. Instead of an answer
 * there may be {@code cancel}, {@code timeout}, {@code default} (the server's default response), {@code unsupported} or
 * {@code undisplayable}; a text that would be taken for one of them stands in quotes. Without any line of its kind, a
 * display is shown and everything else is unsupported.
 */
public final class ScriptedUser implements UserInterface {

    private static final Pattern LINE = Pattern.compile("(display|confirm|input|choose|\\*)\\s*:\\s*(.*)");

    private final List<Line> lines;
    private final Consumer<String> told;

    private static final class Line {
        final String kind;
        final String answer;
        boolean isUsed;

        Line(String kind, String answer) {
            this.kind = kind;
            this.answer = answer;
        }
    }

    private ScriptedUser(List<Line> lines, Consumer<String> told) {
        this.lines = lines;
        this.told = told;
    }

    /**
     * Reads a script.
     *
     * @param told gets a line for each question and its answer
     * @throws IllegalArgumentException with the number of the line that is none
     */
    public static ScriptedUser read(String script, Consumer<String> told) {
        List<Line> lines = new ArrayList<>();
        List<String> texts = script.lines().toList();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                throw new IllegalArgumentException("line " + (i + 1)
                        + ": a line is KIND: ANSWER, with the kind display, confirm, input, choose or *");
            }
            lines.add(new Line(line.group(1), line.group(2)));
        }
        return new ScriptedUser(lines, told);
    }

    /** For several sessions at once, which take their answers from the same lines. */
    @Override
    public synchronized Answer ask(Interaction interaction) {
        String kind = kind(interaction);
        Line found = null;
        for (Line line : lines) {
            if (line.kind.equals(kind) || line.kind.equals("*")) {
                found = line;
                if (!line.isUsed) {
                    break;
                }
            }
        }
        Answer answer = found == null ? unscripted(interaction) : answer(interaction, found.answer);
        if (found != null) {
            found.isUsed = true;
        }
        told.accept(kind + " \"" + interaction.text() + "\" is answered: "
                + (found == null ? answer.getClass().getSimpleName() : found.answer));
        return answer;
    }

    private static Answer unscripted(Interaction interaction) {
        return interaction instanceof Display ? new Answer.Shown() : new Answer.Unsupported();
    }

    static String kind(Interaction interaction) {
        return switch (interaction) {
            case Display _ -> "display";
            case Confirm _ -> "confirm";
            case Input _ -> "input";
            case Choose _ -> "choose";
        };
    }

    private static Answer answer(Interaction interaction, String text) {
        return switch (text) {
            case "cancel" -> new Answer.Cancelled();
            case "timeout" -> new Answer.TimedOut();
            case "unsupported" -> new Answer.Unsupported();
            case "undisplayable" -> new Answer.Undisplayable();
            case "default" -> Responses.ofDefault(interaction).orElseGet(Answer.TimedOut::new);
            default -> Responses.of(interaction, unquoted(text)).orElseGet(Answer.Undisplayable::new);
        };
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The kinds that have a line, for a message. */
    @Override
    public String toString() {
        return Arrays.toString(lines.stream().map(line -> line.kind).distinct().toArray());
    }
}
