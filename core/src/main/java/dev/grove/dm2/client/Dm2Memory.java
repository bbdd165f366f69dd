package dev.grove.dm2.client;

import dev.grove.dm2.ServerUri;
import dev.grove.tree.ClientUri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a DM 2.0 device keeps beside its tree, across sessions and restarts.
 *
 * @param subscriptions at most {@link #MOST}
 * @param defaults by MOID, where an object that is missing is fetched from ([DM 2.0 §5.3.10]); at most {@link #MOST}
 * @param execs by correlator, what was executed and has not told its end yet; the oldest go when there are too many
 */
public record Dm2Memory(List<Subscription> subscriptions, Map<String, Source> defaults,
        Map<String, PendingExec> execs) {

    /** A server that wants more than this of the device's memory is refused (503). */
    public static final int MOST = 1000;

    public static final Dm2Memory NONE = new Dm2Memory(List.of(), Map.of(), Map.of());

    /**
     * A server wants to be told of changes ([DM 2.0 §5.3.11]).
     *
     * @param node as it stood in the command; the same text ends the subscription
     * @param told what the server knows: the validator of what it was told last, or of what was there at the beginning
     */
    public record Subscription(String serverId, String node, ServerUri to, String told) {

        ClientUri target() {
            return ClientUri.parse(node);
        }

        Subscription telling(String validator) {
            return new Subscription(serverId, node, to, validator);
        }

        boolean isSame(Subscription other) {
            return serverId.equals(other.serverId) && node.equals(other.node);
        }
    }

    /** Who has named an address for an object, and the address. */
    public record Source(String serverId, ServerUri from) {}

    /**
     * Something that was executed and tells its end later ([DM 2.0 §5.4.1]).
     *
     * @param source the node as a ClientURI, by which the server knows the alert again
     * @param reportTo where the session that tells it begins; empty: at the account's address
     */
    public record PendingExec(String serverId, String source, String reportTo) {}

    public Dm2Memory {
        subscriptions = List.copyOf(subscriptions);
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        execs = Collections.unmodifiableMap(new LinkedHashMap<>(execs));
    }

    // ---- subscriptions

    Optional<Subscription> subscription(String serverId, String node) {
        return subscriptions.stream().filter(s -> s.serverId().equals(serverId) && s.node().equals(node)).findFirst();
    }

    /** This and one more, in the place of one of the same server for the same node. */
    public Dm2Memory with(Subscription added) {
        List<Subscription> changed = new ArrayList<>(subscriptions);
        changed.removeIf(added::isSame);
        changed.add(added);
        return new Dm2Memory(changed, defaults, execs);
    }

    /** This, with another state of a subscription, if there still is such a one. */
    public Dm2Memory replacing(Subscription changed) {
        return new Dm2Memory(subscriptions.stream().map(s -> s.isSame(changed) ? changed : s).toList(), defaults,
                execs);
    }

    Dm2Memory without(Subscription gone) {
        return new Dm2Memory(subscriptions.stream().filter(s -> !s.isSame(gone)).toList(), defaults, execs);
    }

    // ---- defaults

    Dm2Memory withDefault(String moid, Source source) {
        Map<String, Source> changed = new LinkedHashMap<>(defaults);
        changed.put(moid, source);
        return new Dm2Memory(subscriptions, changed, execs);
    }

    // ---- execs

    Dm2Memory withExec(String correlator, PendingExec exec) {
        Map<String, PendingExec> changed = new LinkedHashMap<>(execs);
        changed.put(correlator, exec);
        while (changed.size() > MOST) {
            changed.remove(changed.keySet().iterator().next());
        }
        return new Dm2Memory(subscriptions, defaults, changed);
    }

    /** This, without an EXEC whose end was told. */
    public Dm2Memory withoutExec(String correlator) {
        Map<String, PendingExec> changed = new LinkedHashMap<>(execs);
        changed.remove(correlator);
        return new Dm2Memory(subscriptions, defaults, changed);
    }

    /** This, without anything of a server that the device knows no more. */
    public Dm2Memory withoutServer(String serverId) {
        Map<String, Source> sources = new LinkedHashMap<>(defaults);
        sources.values().removeIf(source -> source.serverId().equals(serverId));
        Map<String, PendingExec> left = new LinkedHashMap<>(execs);
        left.values().removeIf(exec -> exec.serverId().equals(serverId));
        return new Dm2Memory(subscriptions.stream().filter(s -> !s.serverId().equals(serverId)).toList(), sources,
                left);
    }
}
