package dev.grove.dm1.client;

import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Encoding;
import dev.grove.wire.Limits;

/**
 * Settings of the client engine that hold for all servers.
 *
 * @param deviceId the device's own name for itself, {@code Source/LocURI} of its messages
 * @param profile the variant of the protocol; a modern Windows is
 *     {@code WINDOWS.without(ABORTS_INSTEAD_OF_CHUNKING)}
 * @param encoding of the device's messages
 * @param maxMsgSizeBytes the longest message the device takes, announced in {@code SyncHdr/Meta}
 * @param maxObjSizeBytes the largest object the device takes and buffers, announced likewise
 * @param maxAttempts how often a server may offer credentials in one session before it is given up
 * @param sha256Name the {@code Type} of the SHA-256 scheme, since no public text settles it
 * @param acceptDefaultNonce whether the server may prove itself with the nonce 0x00000000, once, to resynchronise
 */
public record ClientSettings(String deviceId, Profile profile, Encoding encoding, int maxMsgSizeBytes,
        int maxObjSizeBytes, int maxAttempts, String sha256Name, boolean acceptDefaultNonce) {

    public ClientSettings {
        if (maxMsgSizeBytes < 1 || maxObjSizeBytes < 1 || maxAttempts < 1) {
            throw new IllegalArgumentException("sizes and attempts are positive");
        }
    }

    /** 64 KiB messages, 4 MiB objects, 2 attempts; no default nonce. */
    public static ClientSettings of(String deviceId, Profile profile, Encoding encoding) {
        return new ClientSettings(deviceId, profile, encoding, 64 << 10, 4 << 20, 2, "syncml:auth-SHA256", false);
    }

    /** This, taking the server's proof with the nonce 0x00000000 too. */
    public ClientSettings acceptingDefaultNonce() {
        return new ClientSettings(deviceId, profile, encoding, maxMsgSizeBytes, maxObjSizeBytes, maxAttempts,
                sha256Name, true);
    }

    /**
     * What is taken from a server before a message is malformed: twice what was announced, or what such devices are
     * known to take if they announce nothing.
     */
    Limits limits() {
        long known = profile.has(Quirk.SPARSE_META) ? profile.assumedMaxMsgSizeBytes() : maxMsgSizeBytes;
        int maxBytes = (int) Math.min(2 * Math.max(known, maxMsgSizeBytes), Integer.MAX_VALUE);
        return new Limits(maxBytes, Limits.DEFAULT.maxDepth(), Limits.DEFAULT.maxElements(), maxBytes);
    }
}
