package dev.grove.client;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which server's Exec had which correlator, so that the asynchronous answer goes to that server. A device
 * that
 * was restarted in between has forgotten; then its first server is told.
 */
final class ExecOrigins {

    private static final int MOST = 1000;

    private final Map<String, String> servers = new LinkedHashMap<>();
    private String current = "";

    /** The server of the session that runs from now on. */
    synchronized void enter(String serverId) {
        current = serverId;
    }

    /** The server that has sent the Exec; empty if none is known. */
    synchronized Optional<String> of(@Nullable String correlator) {
        return correlator == null ? Optional.empty() : Optional.ofNullable(servers.get(correlator));
    }

    private synchronized void note(String correlator) {
        servers.put(correlator, current);
        if (servers.size() > MOST) {
            servers.remove(servers.keySet().iterator().next());
        }
    }

    /** The same mounts, each watched for Execs. */
    Mounts watching(Mounts mounts) {
        return new Mounts(mounts.list().stream()
                .map(mount -> new Mounts.Mount(mount.at(), new Watched(mount.object(), this))).toList());
    }

    private record Watched(ManagementObject object, ExecOrigins origins) implements ManagementObject {
        @Override
        public DescriptionNode describe() {
            return object.describe();
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return object.read(path);
        }

        @Override
        public StatusCode check(Change change) {
            return object.check(change);
        }

        @Override
        public StatusCode apply(Change change) {
            return object.apply(change);
        }

        @Override
        public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
            if (correlator != null) {
                origins.note(correlator);
            }
            return object.exec(path, argument, correlator);
        }
    }
}
