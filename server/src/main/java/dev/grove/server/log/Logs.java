package dev.grove.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.grove.server.config.Config;
import dev.grove.server.config.Config.LogFormat;
import org.slf4j.LoggerFactory;

/** Sets up logging for a process: everything goes to standard error, in one of two forms. */
public final class Logs {

    private Logs() {}

    /** Replaces whatever was set up before. */
    public static void set(Config.Log log) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the log is kept by another library than the one that is shipped");
        }
        context.reset();
        EncoderBase<ILoggingEvent> lines = log.format() == LogFormat.JSON ? new JsonLines() : new TextLines();
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(lines);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(log.level().name()));
        root.addAppender(console);
        // Its chatter at start and stop says nothing to who runs the server.
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    }
}
