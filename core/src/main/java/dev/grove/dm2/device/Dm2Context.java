package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.access.ServerAccess;
import dev.grove.dm2.access.ServerUriPolicy;
import dev.grove.tree.edit.TreeEditor;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a step needs of the world; it may change from step to step.
 *
 * @param server the one that the session is with
 * @param servers all that the device knows, this one among them
 * @param editor does what is done to the tree; rights are not its business, so its rules are without access control
 * @param values what the device puts into ServerURIs, by name ([DM 2.0 §6.2]); the others become {@code -1}
 * @param policy which of them it follows
 * @param alerts what waits to be told to this server, in order
 */
public record Dm2Context(Dm2ClientSettings settings, ServerAccess server, List<ServerAccess> servers,
        TreeEditor editor, Map<String, String> values, ServerUriPolicy policy, List<PendingAlert> alerts,
        Instant now) {

    /**
     * Something to be told.
     *
     * @param id the caller's name for it
     */
    public record PendingAlert(String id, Dm2Alert alert) {}

    public Dm2Context {
        servers = List.copyOf(servers);
        values = Map.copyOf(values);
        alerts = List.copyOf(alerts);
    }

    /** Whether the device has the mechanism of [DM 2.0 §10]. */
    public boolean hasAccessControl() {
        return settings.access() != null;
    }
}
