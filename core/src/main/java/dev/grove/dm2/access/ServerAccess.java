package dev.grove.dm2.access;

import dev.grove.tree.NodeUri;
import java.util.Set;

/**
 * A server that the device was bootstrapped for, as far as the engine must know it; without its secrets.
 *
 * @param serverId {@code SrvID}
 * @param url {@code SrvURI}: where sessions begin
 * @param at the account's node
 * @param moids identifiers of the objects that the bootstrap lets the server manage ({@code Perm/<x>/MOID}); {@code *}
 *     is all
 */
public record ServerAccess(String serverId, String url, NodeUri at, Set<String> moids) {

    public ServerAccess {
        moids = Set.copyOf(moids);
    }

    /** Whether the bootstrap names an object. */
    public boolean isFor(String moid) {
        return moids.contains(Delegation.EVERYONE) || moids.contains(moid);
    }

    /** Its name in rules of delegation. */
    public String authority() {
        return Delegation.server(serverId);
    }
}
