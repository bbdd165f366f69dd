package dev.grove.dm2;

import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes over the wire in a session: packages 1, 2 and 3 ([DM 2.0 §5.2]). */
public sealed interface Dm2Package {

    /**
     * Package 1: the device begins a session.
     *
     * @param objects what it has of the objects that this server may see ({@code MOS}); absent if nobody asked
     * @param alerts one of them says why the session begins
     */
    record Initiation(@Nullable List<SupportedObject> objects, List<Dm2Alert> alerts) implements Dm2Package {

        /** The media type of package 1. */
        public static final String MEDIA_TYPE = "application/vnd.oma.dm.initiation+json";

        public Initiation {
            objects = objects == null ? null : List.copyOf(objects);
            alerts = List.copyOf(alerts);
        }
    }

    /** Package 2: what the server wants. */
    record Request(List<Dm2Command> commands) implements Dm2Package {

        /** The media type of package 2. */
        public static final String MEDIA_TYPE = "application/vnd.oma.dm.request+json";

        public Request {
            commands = List.copyOf(commands);
        }

        /** Whether the session is over with this package, and no answer is to come. */
        public boolean isLast() {
            return commands.stream().anyMatch(command -> command instanceof Dm2Command.End);
        }
    }

    /**
     * Package 3: what came of it.
     *
     * @param statuses one a command, in the order of the commands
     * @param data what was read, by the place of the command in package 2, from 0 ([DM 2.0 F]); none: the package goes
     *     without multipart
     */
    record Response(List<CommandStatus> statuses, List<Dm2Alert> alerts, Map<Integer, Packet> data)
            implements
                Dm2Package {

        /** The media type of package 3. */
        public static final String MEDIA_TYPE = "application/vnd.oma.dm.response+json";

        public Response {
            statuses = List.copyOf(statuses);
            alerts = List.copyOf(alerts);
            data = Collections.unmodifiableMap(new TreeMap<>(data));
        }
    }

    /**
     * A management object that the device has.
     *
     * @param ddf the address of its description; absent if the device names none
     * @param moid absent if the device names none, which the schema allows
     * @param instances the names of its instances (MIID)
     */
    record SupportedObject(@Nullable String ddf, @Nullable String moid, List<String> instances) {
        public SupportedObject {
            instances = List.copyOf(instances);
        }
    }

    /**
     * What came of one command.
     *
     * @param uris where the data of an HGET came to be; none otherwise
     */
    record CommandStatus(StatusCode code, List<String> uris) {
        public CommandStatus {
            uris = List.copyOf(uris);
        }

        public static CommandStatus of(StatusCode code) {
            return new CommandStatus(code, List.of());
        }
    }
}
