package dev.grove.server.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody has set, by the names of the options; the rest has its default. */
public final class Settings {

    private static final Set<String> NAMES = Options.all().stream().map(Option::name).collect(Collectors.toSet());

    private final Map<String, String> given;

    private Settings(Map<String, String> given) {
        this.given = given;
    }

    /** Nothing set. */
    public static Settings none() {
        return new Settings(Map.of());
    }

    /**
     * @throws ConfigRefused if a name is none of the options
     */
    public static Settings of(Map<String, String> given) {
        given.keySet().stream().filter(name -> !NAMES.contains(name)).findFirst().ifPresent(name -> {
            throw new ConfigRefused("unknown option " + name);
        });
        return new Settings(new LinkedHashMap<>(given));
    }

    /**
     * Reads a file of lines {@code key = value}; {@code #} begins a comment.
     *
     * @throws ConfigRefused if it cannot be read, or has a key that is none of the options
     */
    public static Settings load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigRefused("cannot read the configuration file " + file + ": " + e.getMessage());
        }
        Map<String, String> given = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> given.put(name, properties.getProperty(name).strip()));
        try {
            return of(given);
        } catch (ConfigRefused refused) {
            throw new ConfigRefused(file + ": " + refused.getMessage());
        }
    }

    /** These, and where they say nothing, {@code others}. */
    public Settings over(Settings others) {
        Map<String, String> merged = new LinkedHashMap<>(others.given);
        merged.putAll(given);
        return new Settings(merged);
    }

    <T> T get(Option<T> option) {
        return option.read(given.getOrDefault(option.name(), option.defaultText()));
    }
}
