package dev.grove.syncml;

import org.jspecify.annotations.Nullable;

/**
 * The header of a {@link Message} ([REPPRO 1.2 §6.2], [DMPRO 1.3 §8.3]). Texts are kept as they came, white space
 * around them removed.
 *
 * @param verDtd {@code 1.1} or {@code 1.2}
 * @param verProto {@code DM/1.1}, {@code DM/1.2} or {@code DM/1.3}
 * @param sessionId chosen by the client or by the notification; the same throughout a session
 * @param msgId 1 and upwards for each side
 * @param target the peer; its {@code LocName} may hold a name for people
 * @param source the sender; its {@code LocName} holds the user name of the digest schemes
 * @param respUri where the next messages go, if not where this one went
 * @param noResp not used in DM; kept when read
 * @param cred credentials of the sender
 * @param meta {@code MaxMsgSize} and {@code MaxObjSize} of the sender
 */
public record SyncHdr(String verDtd, String verProto, String sessionId, String msgId, Location target, Location source,
        @Nullable String respUri, boolean noResp, @Nullable Cred cred, Meta meta) {

    /** A {@code Target} or {@code Source}: a URI, and a name for people or for authentication. */
    public record Location(String uri, @Nullable String name) {

        public Location(String uri) {
            this(uri, null);
        }
    }

    /**
     * Credentials ([REPPRO 1.2 §6.2.4]).
     *
     * @param meta {@code Type} is the scheme, {@code Format} is {@code b64}
     * @param data as it stands on the wire
     */
    public record Cred(Meta meta, String data) {}
}
