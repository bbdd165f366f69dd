package dev.grove.tools.device.user;

import dev.grove.dm1.command.UserAnswer;
import dev.grove.dm1.command.UserInterface;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the person at the terminal ([DMPRO 1.3 §10]). An empty line takes the server's default response, {@code :cancel}
 * ends it all; who does not answer within MAXDT, or two minutes, has not answered.
 */
public final class TerminalUser implements UserInterface {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CANCEL = ":cancel";

    /** Where the lines come from. */
    public interface Keyboard {

        /**
         * The next line that is typed.
         *
         * @param hidden whether it is not to be seen on the screen
         * @return empty if nothing was typed in time, or nothing ever will be
         */
        Optional<String> line(Duration patience, boolean hidden) throws InterruptedException;
    }

    private final PrintWriter screen;
    private final Keyboard keyboard;

    public TerminalUser(PrintWriter screen, Keyboard keyboard) {
        this.screen = screen;
        this.keyboard = keyboard;
    }

    @Override
    public Answer ask(Interaction interaction) {
        show(interaction);
        if (interaction instanceof Display) {
            return new Answer.Shown();
        }
        Duration maximum = interaction.options().maxDisplay();
        long end = System.nanoTime() + (maximum == null ? PATIENCE : maximum).toNanos();
        try {
            while (true) {
                Optional<String> line = keyboard.line(Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                        isHidden(interaction));
                if (line.isEmpty()) {
                    say("(no answer in time)");
                    return new Answer.TimedOut();
                }
                Optional<Answer> answer = answer(interaction, line.get());
                if (answer.isPresent()) {
                    return answer.get();
                }
                prompt(interaction);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.Cancelled();
        }
    }

    private static boolean isHidden(Interaction interaction) {
        return "P".equals(interaction.options().echoType());
    }

    private void show(Interaction interaction) {
        say("");
        say("The server " + (interaction instanceof Display ? "says" : "asks") + ": " + interaction.text());
        if (interaction instanceof Choose choose) {
            List<String> choices = choose.choices();
            for (int i = 0; i < choices.size(); i++) {
                say("  " + (i + 1) + "  " + choices.get(i));
            }
        }
        if (!(interaction instanceof Display)) {
            prompt(interaction);
        }
    }

    private void prompt(Interaction interaction) {
        String wanted = switch (interaction) {
            case Display _ -> "";
            case Confirm _ -> "yes or no";
            case Input _ -> "your answer";
            case Choose choose -> choose.multiple() ? "numbers, with blanks between them" : "a number";
        };
        String proposed = Responses.ofDefault(interaction).isEmpty() || isHidden(interaction) ? ""
                : " (just Enter: " + interaction.options().defaultResponse() + ")";
        screen.print(wanted + proposed + ", or " + CANCEL + " > ");
        screen.flush();
    }

    /** Empty if it will not do; then the person has been told why. */
    private Optional<Answer> answer(Interaction interaction, String line) {
        if (line.strip().equals(CANCEL)) {
            return Optional.of(new Answer.Cancelled());
        }
        Optional<Answer> proposed = line.isEmpty() ? Responses.ofDefault(interaction) : Optional.empty();
        Optional<Answer> answer = proposed.or(() -> Responses.of(interaction, line));
        Optional<String> problem = answer.isEmpty() ? Optional.of("that is no answer to this")
                : UserAnswer.problem(interaction, answer.get());
        if (problem.isPresent()) {
            say("Wanted: " + problem.get());
            return Optional.empty();
        }
        return answer;
    }

    @Override
    public void progress(NodeUri target, long receivedBytes, long totalBytes) {
        screen.print("\r" + target + ": " + receivedBytes + " of " + totalBytes + " bytes"
                + (receivedBytes >= totalBytes ? System.lineSeparator() : ""));
        screen.flush();
    }

    private void say(String line) {
        screen.println(line);
        screen.flush();
    }
}
