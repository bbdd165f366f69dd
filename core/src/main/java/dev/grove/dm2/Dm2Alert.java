package dev.grove.dm2;

import dev.grove.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * A Generic Alert ([DM 2.0 §5.4]).
 *
 * @param type such as {@code urn:oma:at:dm:2.0:ClientInitiatedMgmt}
 * @param source the node that it is about; no ClientUri, since alerts of DM 1.x objects name places too
 * @param target a second address
 * @param mark importance level; {@code informational} is meant if absent
 * @param dataType media type of the data; present if data is
 * @param data an object for most; {@code {"DM1x": …}} holds what DM 1.x has in its Data element ([DM 2.0 §13.1])
 */
public record Dm2Alert(String type, @Nullable String source, @Nullable String target, @Nullable String mark,
        @Nullable String dataType, @Nullable Json data) {

    /** The session was asked for by a notification; the data holds its id ([DM 2.0 D]). */
    public static final String SERVER_INITIATED = "urn:oma:at:dm:2.0:ServerInitiatedMgmt";
    /** The device calls by itself. */
    public static final String CLIENT_INITIATED = "urn:oma:at:dm:2.0:ClientInitiatedMgmt";
    /** The device calls because it has just been given the account. */
    public static final String BOOTSTRAP_COMPLETE = "urn:oma:at:dm:2.0:BootstrapComplete";

    /** The field of the data that holds what DM 1.x has in its Data element ([DM 2.0 §13.1]). */
    public static final String DM1X = "DM1x";

    /** An alert of nothing but its type. */
    public static Dm2Alert of(String type) {
        return new Dm2Alert(type, null, null, null, null, null);
    }
}
