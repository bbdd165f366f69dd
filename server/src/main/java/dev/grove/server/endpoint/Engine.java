package dev.grove.server.endpoint;

import dev.grove.dm1.Dm1ServerSession;
import dev.grove.dm1.Incoming;
import dev.grove.dm1.ServerContext;
import dev.grove.dm1.SessionState;
import dev.grove.dm1.Turn;
import org.jspecify.annotations.Nullable;

/** The conversation itself: the engine of DM 1.x, or a stand-in in tests. */
@FunctionalInterface
public interface Engine {

    /** DM 1.1 to 1.3 and MS-MDM. */
    Engine DM1 = Dm1ServerSession::turn;

    /** See {@link Dm1ServerSession#turn}. */
    Turn turn(@Nullable SessionState session, Incoming in, ServerContext context);
}
