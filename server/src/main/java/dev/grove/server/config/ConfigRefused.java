package dev.grove.server.config;

/** The settings are not ones to start with; the message says which and why, in one line. */
public final class ConfigRefused extends RuntimeException {

    public ConfigRefused(String message) {
        super(message, null, false, false);
    }
}
