package dev.grove.server.fleet;

import dev.grove.auth.Secret;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Packet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a device of DM 2.0 comes to know this server: an account as data that it adds to its tree ([DM 2.0 §8.5, §12.2]).
 * Holds the device's password; whoever shows it sees to who may see it.
 */
public final class BootstrapDocument {

    /** The name of this server in the accounts that it gives out. */
    public static final String SERVER_ID = "grove";

    private static final String DM_ACC = "urn:oma:mo:oma-dm-dmacc:2.0//";

    private BootstrapDocument() {}

    /**
     * Where a device is to call.
     *
     * @param url for sessions, path included
     * @param messaging where it tells its registration; absent: it need not have one
     */
    public record Place(String url, @Nullable Messaging messaging) {}

    /**
     * What a client needs that is to be woken by the messaging service of its platform ([DM 2.0 appendix E.2]).
     *
     * @param senderId by which the service knows this server
     * @param register where the client tells its registration
     * @param unregister where it tells that it is over
     */
    public record Messaging(String senderId, String register, String unregister) {}

    public static Packet of(Device device, Place place) {
        Json.Builder account = Json.object().with("SrvID", SERVER_ID).with("SrvURI", place.url()).with("Name", "Grove")
                .with("Perm", Json.object().with("All", Json.object().with("MOID", "*").build()).build());
        Secret secret = device.account().client();
        if (secret != null) {
            account.with("Auth", Json.object().with("Trsp", Json.object()
                    .with("Data", Bytes.utf8(secret.userName()).base64())
                    .with("Secret", Bytes.utf8(secret.password()).base64()).build()).build());
        }
        if (place.messaging() != null) {
            account.with("Push", Json.object().with("GCM", messaging(place.messaging(), device.id())).build());
        }
        return ObjectCodec.encode(new ObjectDocument(List.of(new ObjectDocument.Part(null, DM_ACC, null,
                Json.object().with(SERVER_ID, account.build()).build()))));
    }

    /** The parameters name the device, for clients that call so without the header of sessions. */
    private static Json messaging(Messaging messaging, String deviceId) {
        return Json.object().with("SenderID", messaging.senderId()).with("RegURI", messaging.register())
                .with("UnRegURI", messaging.unregister())
                .with("RegParams", "DevID=" + URLEncoder.encode(deviceId, StandardCharsets.UTF_8)).build();
    }
}
