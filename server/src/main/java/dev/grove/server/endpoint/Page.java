package dev.grove.server.endpoint;

import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The pages that users of devices see: plain HTML that works without scripts and with a screen reader. */
final class Page {

    private static final String STYLE = "body{font:1.1rem/1.5 sans-serif;max-width:34rem;margin:2rem auto}"
            + "h1{font-size:1.4rem}button{font:inherit;padding:.5rem 1.2rem;margin:1rem .5rem 0 0}"
            + "input[type=text],input[type=password],input[type=number],input[type=tel]{font:inherit;width:100%;"
            + "padding:.4rem;box-sizing:border-box}label{display:block;margin:.4rem 0}.error{color:#a00}";

    private Page() {}

    /** A page that asks nothing. */
    static String notice(String title, String text) {
        return document(title, "<h1>" + escaped(title) + "</h1>\n<p>" + escaped(text) + "</p>\n");
    }

    /** @param problem what was wrong with the last answer; empty if there was none */
    static String of(Interaction asked, String problem) {
        String error = problem.isEmpty() ? ""
                : "<p class=\"error\" role=\"alert\">Please answer otherwise: " + escaped(problem) + ".</p>\n";
        return document("A message from your device's management", error
                + "<form method=\"post\" autocomplete=\"off\">\n" + fields(asked) + "</form>\n");
    }

    private static String fields(Interaction asked) {
        UiOptions options = asked.options();
        return switch (asked) {
            case Display(String text, var _) -> question(text) + button(PageForm.OK, "OK", true);
            case Confirm(String text, var _) -> {
                boolean isNo = "0".equals(options.defaultResponse());
                yield question(text) + button(PageForm.YES, "Yes", !isNo) + button(PageForm.NO, "No", isNo)
                        + button(PageForm.CANCEL, "Cancel", false);
            }
            case Input(String text, var _) -> "<h1><label for=\"text\">" + lines(text) + "</label></h1>\n"
                    + input(options) + button(PageForm.OK, "Send", false) + button(PageForm.CANCEL, "Cancel", false);
            case Choose choose -> choices(choose) + button(PageForm.OK, "Send", false)
                    + button(PageForm.CANCEL, "Cancel", false);
        };
    }

    private static String question(String text) {
        return "<h1>" + lines(text) + "</h1>\n";
    }

    private static String input(UiOptions options) {
        String kind = options.inputType() == null ? "A" : options.inputType();
        boolean isPassword = "P".equals(options.echoType());
        String type = isPassword ? "password" : kind.equals("P") ? "tel" : "text";
        String mode = kind.equals("N") ? " inputmode=\"decimal\"" : "";
        Integer longest = options.maxLength();
        String limit = longest == null ? "" : " maxlength=\"" + longest + "\"";
        String given = options.defaultResponse() == null ? "" : " value=\"" + escaped(options.defaultResponse()) + "\"";
        return "<input id=\"text\" name=\"" + PageForm.TEXT + "\" type=\"" + type + "\"" + mode + limit + given
                + " autofocus>\n" + hint(kind);
    }

    private static String hint(String kind) {
        String hint = switch (kind) {
            case "N" -> "A number, such as -1.23.";
            case "D" -> "A date as DDMMYYYY.";
            case "T" -> "A time as hhmmss.";
            case "P" -> "A telephone number.";
            case "I" -> "An IP address, such as 192.0.2.1.";
            default -> "";
        };
        return hint.isEmpty() ? "" : "<p>" + hint + "</p>\n";
    }

    private static String choices(Choose choose) {
        Set<String> chosen = choose.options().defaultResponse() == null ? Set.of()
                : Set.copyOf(Arrays.asList(choose.options().defaultResponse().split("-", -1)));
        StringBuilder html = new StringBuilder("<fieldset>\n<legend><h1>").append(lines(choose.text()))
                .append("</h1></legend>\n");
        List<String> choices = choose.choices();
        for (int i = 0; i < choices.size(); i++) {
            String number = Integer.toString(i + 1);
            html.append("<label><input type=\"").append(choose.multiple() ? "checkbox" : "radio").append("\" name=\"")
                    .append(PageForm.CHOICE).append("\" value=\"").append(number).append('"')
                    .append(chosen.contains(number) ? " checked" : "").append("> ").append(escaped(choices.get(i)))
                    .append("</label>\n");
        }
        return html.append("</fieldset>\n").toString();
    }

    private static String button(String value, String text, boolean isFirst) {
        return "<button name=\"" + PageForm.BUTTON + "\" value=\"" + value + "\"" + (isFirst ? " autofocus" : "") + ">"
                + text + "</button>\n";
    }

    private static String document(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(title)
                + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<main>\n" + body
                + "</main>\n</body>\n</html>\n";
    }

    private static String lines(String text) {
        return Arrays.stream(escaped(text).split("\r?\n", -1)).collect(Collectors.joining("<br>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
