package dev.grove.server.fleet;

import dev.grove.auth.Secret;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Packet;
import java.util.List;

/**
 * How a device of DM 2.0 comes to know this server: an account as data that it adds to its tree ([DM 2.0 §8.5, §12.2]).
 * Holds the device's password; whoever shows it sees to who may see it.
 */
public final class BootstrapDocument {

    /** The name of this server in the accounts that it gives out. */
    public static final String SERVER_ID = "grove";

    private static final String DM_ACC = "urn:oma:mo:oma-dm-dmacc:2.0//";

    private BootstrapDocument() {}

    /** @param url where the device is to call, path included */
    public static Packet of(Device device, String url) {
        Json.Builder account = Json.object().with("SrvID", SERVER_ID).with("SrvURI", url).with("Name", "Grove")
                .with("Perm", Json.object().with("All", Json.object().with("MOID", "*").build()).build());
        Secret secret = device.account().client();
        if (secret != null) {
            account.with("Auth", Json.object().with("Trsp", Json.object()
                    .with("Data", Bytes.utf8(secret.userName()).base64())
                    .with("Secret", Bytes.utf8(secret.password()).base64()).build()).build());
        }
        return ObjectCodec.encode(new ObjectDocument(List.of(new ObjectDocument.Part(null, DM_ACC, null,
                Json.object().with(SERVER_ID, account.build()).build()))));
    }
}
