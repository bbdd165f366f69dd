package dev.grove.dm1.exchange;

import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one side has come in proving itself to the other ([DMPRO 1.3 §9]); a value that lives as long as the session.
 * The device uses it for its own credentials, and the server for those that it shows the device.
 *
 * <p>A nonce that came in a challenge counts at once for what is sent next. Whether it also replaces the stored one
 * ({@link Answer#nextNonce}) is for the caller to decide: not before the peer has proved itself.
 *
 * @param scheme in use
 * @param nonce received in this session, in place of the stored one; absent if none was
 * @param isAccepted whether the peer wants no more credentials in this session (Status 212)
 * @param refusals how often the peer was not satisfied
 */
public record Prover(Scheme scheme, @Nullable Bytes nonce, boolean isAccepted, int refusals) {

    /** What the peer's Status on a {@code SyncHdr} means for the credentials in it. */
    public enum Effect {
        /** Goes on: accepted, or not about credentials. */
        GO_ON,
        /** Refused with a challenge that can be met: what the message asked was not done and is to be sent again. */
        AGAIN,
        /** Refused too often, or with a challenge that cannot be met. */
        GIVE_UP
    }

    /**
     * The next state, and what the peer told.
     *
     * @param nextNonce from {@code Chal}; for the next message, or the next session after 212
     * @param isSchemeUnknown whether the challenge names a scheme that Grove does not speak: worth a Status 406
     */
    public record Answer(Prover next, Effect effect, @Nullable Bytes nextNonce, boolean isSchemeUnknown) {}

    /** How often a challenge is met before the peer is given up. */
    public static final int MAX_REFUSALS = 2;

    /** Begins with the stored nonce. */
    public static Prover start(Scheme scheme) {
        return new Prover(scheme, null, false, 0);
    }

    /** Begins with the nonce 0x00000000, for resynchronisation ([DMNOTI 1.2 §5.1]). */
    public static Prover startOver(Scheme scheme) {
        return new Prover(scheme, Nonce.DEFAULT, false, 0);
    }

    /** The {@code Cred} of the next message; empty if none is due, or if the proof is a {@link #hmac}. */
    public Optional<Cred> cred(Secret secret, String sha256Name) {
        if (isAccepted || scheme == Scheme.MAC) {
            return Optional.empty();
        }
        return Optional.of(new Cred(Meta.of("b64", scheme.wireName(sha256Name)),
                Credentials.data(scheme, current(secret))));
    }

    /** The value of {@code x-syncml-hmac} for the next message, whose bytes are given; empty if none is due. */
    public Optional<String> hmac(Secret secret, Bytes body) {
        if (isAccepted || scheme != Scheme.MAC) {
            return Optional.empty();
        }
        return Optional.of(Credentials.hmac(Digest.MD5, current(secret), body).print());
    }

    private Secret current(Secret secret) {
        return nonce == null ? secret : secret.withNonce(nonce);
    }

    /** Takes in the peer's Status on our {@code SyncHdr}. */
    public Answer answered(Status status, String sha256Name) {
        Bytes nextNonce = nextNonce(status.chal());
        StatusCode code = status.code();
        if (code.equals(StatusCode.INVALID_CREDENTIALS) || code.equals(StatusCode.MISSING_CREDENTIALS)) {
            return refused(status, nextNonce, sha256Name);
        }
        if (!code.isSuccess()) {
            return new Answer(this, Effect.GO_ON, null, false);
        }
        boolean forSession = isAccepted
                || (code.equals(StatusCode.AUTHENTICATION_ACCEPTED) && scheme != Scheme.MAC);
        Prover next = new Prover(scheme, nextNonce == null ? nonce : nextNonce, forSession, refusals);
        return new Answer(next, Effect.GO_ON, nextNonce, false);
    }

    private Answer refused(Status status, @Nullable Bytes nextNonce, String sha256Name) {
        Meta chal = status.chal();
        String type = chal == null ? null : chal.type();
        Optional<Scheme> asked = type == null ? Optional.of(scheme) : Scheme.of(type, sha256Name);
        if (asked.isEmpty()) {
            return new Answer(this, Effect.GIVE_UP, null, true);
        }
        Prover next = new Prover(asked.get(), nextNonce == null ? nonce : nextNonce, false, refusals + 1);
        boolean isHopeless = chal == null || refusals >= MAX_REFUSALS;
        return new Answer(next, isHopeless ? Effect.GIVE_UP : Effect.AGAIN, nextNonce, false);
    }

    private static @Nullable Bytes nextNonce(@Nullable Meta chal) {
        String base64 = chal == null ? null : chal.nextNonce();
        if (base64 == null) {
            return null;
        }
        try {
            return Bytes.base64(base64);
        } catch (IllegalArgumentException notBase64) {
            return Bytes.utf8(base64);
        }
    }
}
