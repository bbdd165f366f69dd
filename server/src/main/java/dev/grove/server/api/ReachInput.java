package dev.grove.server.api;

import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Reach.Format;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.server.wake.WakeDesk;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a device can be reached. What only the server says of it is left alone. */
final class ReachInput {

    private static final Pattern BEARER = Pattern.compile("[a-z0-9-]{1,32}");
    private static final int MAX_LINES = 16;
    private static final int MAX_ADDRESS = 4000;
    private static final int MAX_SERVER_ID = 255;
    private static final int MAX_SECRET = 1000;

    private ReachInput() {}

    /** @param before what was known, whose credential stays if none is given */
    static Reach of(Input document, Reach before, WakeDesk desk) throws Invalid {
        document.objectOf(Set.of("bearers", "format", "version", "serverId", "credential", "hasCredential"));
        Optional<Input> bearers = document.field("bearers");
        Optional<Input> format = document.field("format");
        Optional<Input> version = document.field("version");
        Optional<Input> serverId = document.field("serverId");
        Optional<Input> credential = document.field("credential");
        return new Reach(bearers.isPresent() ? lines(bearers.get(), desk) : List.of(),
                format.isPresent() ? format(format.get()) : Format.AUTO,
                version.isPresent() ? version.get().number(10, 12) : Reach.NONE.version(),
                serverId.isPresent() ? text(serverId.get(), MAX_SERVER_ID) : null,
                credential.isPresent() ? credential(credential.get()) : before.credential());
    }

    /** What a document about a device says of it; empty if nothing. */
    static Optional<Reach> within(Input document, Reach before, WakeDesk desk) throws Invalid {
        Optional<Input> reach = document.field("reach");
        return reach.isPresent() ? Optional.of(of(reach.get(), before, desk)) : Optional.empty();
    }

    private static List<Line> lines(Input given, WakeDesk desk) throws Invalid {
        List<Line> lines = new ArrayList<>();
        List<Input> items = given.items();
        if (items.size() > MAX_LINES) {
            throw given.invalid("has more than " + MAX_LINES + " bearers");
        }
        for (Input item : items) {
            item.objectOf(Set.of("bearer", "address", "ended", "available"));
            Input bearer = item.required("bearer");
            Input address = item.required("address");
            if (!BEARER.matcher(bearer.text()).matches()) {
                throw bearer.invalid("is the name of a bearer: lower-case letters, digits and dashes");
            }
            if (lines.stream().anyMatch(line -> isNamed(line, bearer))) {
                throw bearer.invalid("stands there twice");
            }
            Line line = new Line(bearer.text(), nonEmpty(address));
            Optional<String> objection = desk.objection(line.bearer(), line.address());
            if (objection.isPresent()) {
                throw address.invalid(objection.get());
            }
            lines.add(line);
        }
        return lines;
    }

    private static boolean isNamed(Line line, Input bearer) {
        return bearer.value() instanceof Json.Str(String name) && line.bearer().equals(name);
    }

    private static String nonEmpty(Input given) throws Invalid {
        String text = text(given, MAX_ADDRESS);
        if (text == null || text.isBlank()) {
            throw given.invalid("is empty");
        }
        return text;
    }

    private static @Nullable String text(Input given, int most) throws Invalid {
        if (given.isNull()) {
            return null;
        }
        String text = given.text();
        if (text.length() > most) {
            throw given.invalid("is longer than " + most + " characters");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw given.invalid("holds control characters");
        }
        return text.isEmpty() ? null : text;
    }

    private static Format format(Input given) throws Invalid {
        String name = given.text();
        for (Format format : Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw given.invalid("no such format; known: auto, dm12, dm13, dm20");
    }

    private static @Nullable Credential credential(Input given) throws Invalid {
        if (given.isNull()) {
            return null;
        }
        given.objectOf(Set.of("secret", "secretBase64", "authData", "authDataBase64"));
        Bytes secret = octets(given, "secret");
        if (secret.isEmpty()) {
            throw given.required("secret").invalid("is empty: anybody could notify the device");
        }
        return new Credential(secret, octets(given, "authData"));
    }

    private static Bytes octets(Input given, String name) throws Invalid {
        Optional<Input> text = given.field(name);
        Optional<Input> base64 = given.field(name + "Base64");
        if (text.isPresent() && base64.isPresent()) {
            throw base64.get().invalid("stands beside " + name + ": only one of the two can be");
        }
        Bytes octets = base64.isPresent() ? base64.get().base64()
                : text.isPresent() ? Bytes.utf8(text.get().text()) : Bytes.EMPTY;
        if (octets.length() > MAX_SECRET) {
            throw given.invalid(name + " has more than " + MAX_SECRET + " octets");
        }
        return octets;
    }
}
