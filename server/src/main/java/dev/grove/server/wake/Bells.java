package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.fleet.Reach;
import dev.grove.server.wake.Notifications.Addressee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The bearers of this server, each with its pace, and which of them reach a device. */
final class Bells {

    private final Map<String, Bell> bells = new LinkedHashMap<>();

    /** A bearer and what it can take. */
    record Bell(Doorbell doorbell, BearerPace pace) {}

    /** A way to a device. */
    record Way(Reach.Line line, Bell bell) {}

    Bells(List<Doorbell> doorbells, LongSupplier nanos) {
        for (Doorbell doorbell : doorbells) {
            bells.put(doorbell.bearer(), new Bell(doorbell, new BearerPace(doorbell.pace(), nanos)));
        }
    }

    Map<String, Bell> all() {
        return bells;
    }

    /** The ways to a device, in the order in which it prefers them. */
    List<Way> to(Addressee addressee) {
        List<Way> ways = new ArrayList<>();
        for (Reach.Line line : addressee.reach().lines()) {
            Bell bell = bells.get(line.bearer());
            if (bell != null && objection(line, bell, addressee).isEmpty()) {
                ways.add(new Way(line, bell));
            }
        }
        return ways;
    }

    /** Why there is no way to a device, in words; empty if there is one. */
    Optional<String> objection(Addressee addressee) {
        if (addressee.reach().lines().isEmpty()) {
            return Optional.of("nobody has said how the device can be reached (PUT its reach)");
        }
        List<String> reasons = new ArrayList<>();
        for (Reach.Line line : addressee.reach().lines()) {
            Optional<String> objection = objection(line, bells.get(line.bearer()), addressee);
            if (objection.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(line.bearer() + ": " + objection.get());
        }
        return Optional.of("nothing reaches the device: " + String.join("; ", reasons));
    }

    private Optional<String> objection(Reach.Line line, @Nullable Bell bell, Addressee addressee) {
        if (bell == null) {
            return Optional.of("this server has no such bearer switched on"
                    + (bells.isEmpty() ? ", nor any other" : "; it has " + String.join(", ", bells.keySet())));
        }
        if (line.ended() != null) {
            return Optional.of("the address is good for nothing any more: " + line.ended());
        }
        return bell.doorbell().takesAnything() ? Optional.empty() : addressee.objection();
    }
}
