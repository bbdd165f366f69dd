package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.dm1.client.ClientState.Proof;
import dev.grove.dm1.exchange.Challenger;
import dev.grove.dm1.exchange.Challenger.Offer;
import dev.grove.dm1.exchange.Challenger.Policy;
import dev.grove.dm1.exchange.Challenger.Verdict;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server may give commands ([DMPRO 1.3 §9]). A server that asks for nothing is not challenged, since it
 * would have nothing to repeat; but one that offers wrong credentials and has answered alerts must prove itself.
 */
final class ServerProof {

    private final Draft draft;
    private final ClientContext context;
    private @Nullable Verdict verdict;

    ServerProof(Draft draft) {
        this.draft = draft;
        this.context = draft.context;
    }

    /** Judges a message; {@code wantsSomething} tells whether it has commands. */
    void judge(Packet packet, SyncHdr header, boolean wantsSomething) {
        Secret secret = context.account().server();
        if (secret == null || context.transportVouches()) {
            trust(draft.proof.challenger().proved(), null);
            return;
        }
        Offer offer = new Offer(header.cred(), packet.headers().first(SyncmlHmac.HEADER).orElse(null), packet.body());
        boolean isJudged = wantsSomething || offer.cred() != null || offer.hmac() != null;
        if (!isJudged) {
            return;
        }
        ClientSettings settings = draft.settings;
        Verdict judged = draft.proof.challenger().judge(offer, secret, new Policy(context.account().serverSchemes(),
                settings.maxAttempts(), settings.sha256Name(), settings.acceptDefaultNonce(), false), context.luck());
        verdict = judged;
        if (judged.isAccepted()) {
            trust(judged.next(), judged.scheme());
        } else {
            Proof known = draft.proof;
            draft.proof = new Proof(known.prover(), judged.next(), known.clientNonce(), known.isServerTrusted());
            draft.facts.add(new ClientFact.ServerRefused(judged.status(), judged.reason()));
        }
    }

    /** From now on what the server says may be stored, the nonces that it has given too. */
    private void trust(Challenger challenger, @Nullable Scheme scheme) {
        Proof known = draft.proof;
        if (!known.isServerTrusted()) {
            draft.facts.add(new ClientFact.ServerAuthenticated(scheme));
        }
        if (known.clientNonce() != null) {
            draft.facts.add(new ClientFact.ClientNonceReceived(known.clientNonce()));
        }
        draft.proof = new Proof(known.prover(), challenger, null, true);
    }

    /** The answer leaves, and with it the server's next nonce. */
    void announce() {
        if (verdict != null && verdict.issued() != null) {
            draft.facts.add(new ClientFact.ServerNonceIssued(verdict.issued()));
        }
    }

    boolean isRefused() {
        return verdict != null && !verdict.isAccepted();
    }

    boolean isOver() {
        return verdict != null && verdict.isOver();
    }

    String reason() {
        return verdict == null ? "" : verdict.reason();
    }

    /** Of the server's header. */
    StatusCode status() {
        return verdict == null ? StatusCode.OK : verdict.status();
    }

    @Nullable
    Meta challenge() {
        return verdict == null ? null : verdict.chal();
    }
}
