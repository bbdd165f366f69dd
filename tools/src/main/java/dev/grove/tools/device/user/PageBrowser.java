package dev.grove.tools.device.user;

import dev.grove.client.dm2.Browser;
import dev.grove.dm2.client.Event.Browsing;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows the pages of SHOW: prints the address, and opens it in this machine's browser if that is wanted. */
public final class PageBrowser implements Browser {

    private final Consumer<String> screen;
    private final boolean opens;

    /** @param opens whether the machine's browser is started; otherwise somebody reads the address */
    public PageBrowser(Consumer<String> screen, boolean opens) {
        this.screen = screen;
        this.opens = opens;
    }

    @Override
    public Browsing open(URI page) {
        screen.accept("shows the page " + page);
        if (!opens) {
            return Browsing.STARTED;
        }
        try {
            new ProcessBuilder(command(page)).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return Browsing.STARTED;
        } catch (IOException none) {
            screen.accept("the browser does not start: " + none.getMessage());
            return Browsing.FAILED;
        }
    }

    /** The address is one argument of a program, never part of a line that a shell reads. */
    private static List<String> command(URI page) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
        }
        return List.of(system.contains("mac") ? "open" : "xdg-open", page.toString());
    }
}
