package dev.grove.dm1.exchange;

import static java.util.Comparator.comparing;

import dev.grove.auth.Match;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.auth.Verifier;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One side's view of whether the other has proved itself ([DMPRO 1.3 §9], [DMSEC 1.2 §5]); a value that lives as long
 * as the session. The server uses it for the device, and the device for the server.
 *
 * <p>A nonce that was sent in a challenge is kept here and nowhere else: only a peer that has proved itself changes
 * what is stored for the next session ({@link Verdict#issued}).
 *
 * @param isProved whether no further proof is needed in this session (Status 212 was given)
 * @param asked the scheme that the peer was told to use, by a challenge or by {@code NextNonce}; absent if none
 * @param nonce the nonce given in this session, which counts in place of the stored one; absent if none was
 * @param choice which of the accepted schemes the peer is challenged with, from 0
 * @param offers how often the peer offered wrong credentials
 * @param refusals how often the peer was refused, for wrong or missing credentials
 */
public record Challenger(boolean isProved, @Nullable Scheme asked, @Nullable Bytes nonce, int choice, int offers,
        int refusals) {

    /** Nothing has been proved. */
    public static final Challenger START = new Challenger(false, null, null, 0, 0, 0);

    /**
     * What is asked of the peer.
     *
     * @param schemes those that are accepted, the preferred one first; never empty. A peer is challenged with Basic
     *     only if nothing else is accepted or known to it: that would be to ask for its password
     * @param maxAttempts how many wrong credentials a session survives
     * @param sha256Name the {@code Type} of the SHA-256 scheme
     * @param acceptDefaultNonce whether the nonce 0x00000000 passes before any challenge of this session
     * @param perMessage whether the digest schemes prove each message rather than the session; MAC always does
     */
    public record Policy(List<Scheme> schemes, int maxAttempts, String sha256Name, boolean acceptDefaultNonce,
            boolean perMessage) {
        public Policy {
            schemes = List.copyOf(schemes);
        }
    }

    /**
     * What a message brings as a proof.
     *
     * @param cred of its header, if any
     * @param hmac the value of the header field {@code x-syncml-hmac}, if any
     * @param body the message as it was transferred
     */
    public record Offer(@Nullable Cred cred, @Nullable String hmac, Bytes body) {}

    /**
     * What came of it.
     *
     * @param next the state after this message
     * @param status of the peer's {@code SyncHdr}: 212, 200, 401 or 407
     * @param chal goes into that Status; absent if there is nothing to ask or to tell
     * @param scheme that was accepted; absent if the message was not, or needed no proof
     * @param startsOver whether it was made with the nonce 0x00000000: the peer resynchronises ([DMNOTI 1.2 §5.1])
     * @param issued the nonce that the peer is to start its next session with; to be stored
     * @param isOver whether the session is to end here
     * @param reason why the message was refused, for people; empty if it was not
     */
    public record Verdict(Challenger next, StatusCode status, @Nullable Meta chal, @Nullable Scheme scheme,
            boolean startsOver, @Nullable Bytes issued, boolean isOver, String reason) {

        /** Whether the message may be acted on. */
        public boolean isAccepted() {
            return status.isSuccess();
        }
    }

    /** The transport vouches for the peer; no proof is asked for in this session. */
    public Challenger proved() {
        return new Challenger(true, null, nonce, choice, offers, refusals);
    }

    /** The peer does not know the scheme of the last challenge (Status 406 on it): the next challenge names another. */
    public Challenger withoutLastScheme() {
        return new Challenger(isProved, asked, nonce, choice + 1, offers, refusals);
    }

    /** Judges a message. Luck is needed for nonces and must be hard to predict. */
    public Verdict judge(Offer offer, Secret secret, Policy policy, RandomGenerator luck) {
        if (isProved) {
            return new Verdict(this, StatusCode.OK, null, null, false, null, false, "");
        }
        if (asked == Scheme.MAC && offer.hmac() == null) {
            return overAtOnce(offer, policy, luck);
        }
        if (offer.cred() == null && offer.hmac() == null) {
            return refused(StatusCode.MISSING_CREDENTIALS, "no credentials", policy, luck);
        }
        Optional<Scheme> offered = schemeOf(offer, policy);
        if (offered.isEmpty() || !policy.schemes().contains(offered.get())) {
            return refused(StatusCode.INVALID_CREDENTIALS, "credentials of a scheme that is not accepted", policy,
                    luck);
        }
        Match match = match(offered.get(), offer, secret, policy);
        if (match == Match.NONE) {
            return refused(StatusCode.INVALID_CREDENTIALS, "wrong credentials (" + offered.get().wireName() + ")",
                    demand(offered.get().hasNonce() ? offered.get() : askedFor(policy), luck), policy);
        }
        return accepted(offered.get(), match == Match.DEFAULT_NONCE, policy, luck);
    }

    /** Whoever was told to use MAC and does not loses the session, even with valid credentials ([DMSEC 1.2 §5.3]). */
    private Verdict overAtOnce(Offer offer, Policy policy, RandomGenerator luck) {
        StatusCode status = offer.cred() == null ? StatusCode.MISSING_CREDENTIALS : StatusCode.INVALID_CREDENTIALS;
        Verdict verdict = refused(status, "no x-syncml-hmac, though syncml:auth-MAC is in force", policy, luck);
        return new Verdict(verdict.next(), status, verdict.chal(), null, false, null, true, verdict.reason());
    }

    private static Optional<Scheme> schemeOf(Offer offer, Policy policy) {
        if (offer.hmac() != null) {
            return Optional.of(Scheme.MAC);
        }
        Cred cred = offer.cred();
        String type = cred == null ? null : cred.meta().type();
        return type == null ? Optional.empty() : Scheme.of(type, policy.sha256Name());
    }

    private Match match(Scheme scheme, Offer offer, Secret secret, Policy policy) {
        Secret current = nonce == null ? secret : secret.withNonce(nonce);
        boolean isResync = policy.acceptDefaultNonce() && nonce == null;
        Verifier verifier = new Verifier(current, isResync ? Set.of(Match.DEFAULT_NONCE) : Set.of());
        if (scheme != Scheme.MAC) {
            Cred cred = offer.cred();
            return cred == null ? Match.NONE : verifier.check(scheme, cred.data());
        }
        try {
            String hmac = offer.hmac();
            return hmac == null ? Match.NONE : verifier.check(SyncmlHmac.parse(hmac), offer.body());
        } catch (Malformed notAnHmac) {
            return Match.NONE;
        }
    }

    private Verdict accepted(Scheme scheme, boolean startsOver, Policy policy, RandomGenerator luck) {
        Bytes issued = scheme.hasNonce() ? Nonce.fresh(luck) : null;
        Meta chal = issued == null ? null : chal(scheme, issued, policy);
        boolean everyMessage = scheme == Scheme.MAC || (policy.perMessage() && scheme.hasNonce());
        Challenger next = everyMessage
                ? new Challenger(false, scheme, issued, choice, offers, refusals)
                : new Challenger(true, null, issued, choice, offers, refusals);
        StatusCode status = everyMessage ? StatusCode.OK : StatusCode.AUTHENTICATION_ACCEPTED;
        return new Verdict(next, status, chal, scheme, startsOver, issued, false, "");
    }

    private Verdict refused(StatusCode status, String reason, Policy policy, RandomGenerator luck) {
        return refused(status, reason, demand(askedFor(policy), luck), policy);
    }

    /** What a peer is asked for that has shown no preference of its own. */
    private Scheme askedFor(Policy policy) {
        List<Scheme> passwordLast = policy.schemes().stream().sorted(comparing(scheme -> !scheme.hasNonce())).toList();
        return passwordLast.get(choice % passwordLast.size());
    }

    /** What the next proof is to be made with: the scheme that the peer has offered, or else one that it may use. */
    private record Demand(Scheme scheme, @Nullable Bytes nonce) {}

    private static Demand demand(Scheme scheme, RandomGenerator luck) {
        return new Demand(scheme, scheme.hasNonce() ? Nonce.fresh(luck) : null);
    }

    private Verdict refused(StatusCode status, String reason, Demand demand, Policy policy) {
        boolean isOffer = !status.equals(StatusCode.MISSING_CREDENTIALS);
        int offersNow = offers + (isOffer ? 1 : 0);
        boolean isOver = offersNow >= policy.maxAttempts() || refusals >= policy.maxAttempts();
        Challenger next = new Challenger(false, demand.scheme(), demand.nonce(), choice, offersNow, refusals + 1);
        return new Verdict(next, status, chal(demand.scheme(), demand.nonce(), policy), null, false, null, isOver,
                reason);
    }

    private static Meta chal(Scheme scheme, @Nullable Bytes nonce, Policy policy) {
        return new Meta("b64", scheme.wireName(policy.sha256Name()), null, null,
                nonce == null ? null : nonce.base64(), null, null, List.of());
    }
}
