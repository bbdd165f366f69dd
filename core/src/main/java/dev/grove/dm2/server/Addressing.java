package dev.grove.dm2.server;

import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.ClientUri.Condition;
import dev.grove.tree.NodeUri;
import java.util.List;
import java.util.Optional;

/** Addresses of operations as DM 2.0 has them, and which of two mean the same ([DM 2.0 §6.1]). */
final class Addressing {

    private static final String URN = "urn:";

    private final Knowledge knowledge;

    Addressing(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The same node as a ClientURI; empty if it is a place in a tree of which no object is known. */
    Optional<ClientUri> clientUri(Address target) {
        return switch (target) {
            case Address.Client(ClientUri uri) -> Optional.of(uri);
            case Address.Absolute(NodeUri node, var _) -> knowledge.clientUri(node);
            case Address.Relative relative -> Optional.of(ofRelative(relative));
        };
    }

    private static ClientUri ofRelative(Address.Relative relative) {
        List<Condition> where = relative.where().stream()
                .map(condition -> new Condition('x', condition.leaf().segments(), condition.value())).toList();
        return new ClientUri(relative.moid(), where.isEmpty() ? "" : "(x)", relative.path().segments(), where, null,
                null);
    }

    /** As the operation has it: results bear this address if it is a place in a tree. */
    static String asked(Address target) {
        return switch (target) {
            case Address.Client(ClientUri uri) -> uri.toString();
            case Address.Absolute(NodeUri node, var _) -> node.toString();
            case Address.Relative relative -> ofRelative(relative).toString();
        };
    }

    /** Whether an alert that names {@code source} may be about the node of an operation. */
    boolean isAbout(String source, Address target) {
        Optional<ClientUri> wanted = clientUri(target);
        return source.equals(asked(target)) || found(source)
                .filter(uri -> wanted.isPresent() && isSame(uri, wanted.get())).isPresent();
    }

    private Optional<ClientUri> found(String source) {
        try {
            return clientUri(Address.read(source));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean isSame(ClientUri one, ClientUri other) {
        boolean isSameObject = bare(one.moid()).equalsIgnoreCase(bare(other.moid()))
                && isSameName(one.instance(), other.instance());
        if (!isSameObject || one.path().size() != other.path().size()) {
            return false;
        }
        for (int i = 0; i < one.path().size(); i++) {
            if (!isSameName(one.path().get(i), other.path().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The examples have {@code oma:mo:} beside {@code urn:oma:mo:} ([DM 2.0 I.1]). */
    private static String bare(String moid) {
        return moid.regionMatches(true, 0, URN, 0, URN.length()) ? moid.substring(URN.length()) : moid;
    }

    private static boolean isSameName(String one, String other) {
        return one.equals(other) || isOpen(one) || isOpen(other);
    }

    private static boolean isOpen(String name) {
        return name.isEmpty() || name.equals(ClientUri.ANY) || ClientUri.isVariable(name);
    }
}
