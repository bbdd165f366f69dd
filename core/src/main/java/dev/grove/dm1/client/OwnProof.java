package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.client.ClientState.Peer;
import dev.grove.dm1.client.ClientState.Proof;
import dev.grove.dm1.exchange.Prover;
import dev.grove.syncml.Command.Status;
import dev.grove.tree.StatusCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server's Status on our header means for the device's credentials ([DMPRO 1.3 §9.1]). */
final class OwnProof {

    /** What is to be done. */
    sealed interface Effect {

        /** The message was accepted. */
        record GoOn() implements Effect {}

        /**
         * The message was not accepted and is to be sent again, with credentials.
         *
         * @param remark a Status 406 on the challenge, if its scheme is not one of ours
         */
        record Again(List<Status> remark) implements Effect {}

        /** The session is over. */
        record Over(Reason reason, String remark) implements Effect {}
    }

    private final Draft draft;
    private final ClientAccount account;

    OwnProof(Draft draft) {
        this.draft = draft;
        this.account = draft.context.account();
    }

    /** Takes in the Status on our header; a server that gives none is taken to have accepted it. */
    Effect take(List<Status> statuses) {
        Optional<Status> found = statuses.stream().filter(Status::isOfHeader).findFirst();
        if (found.isEmpty()) {
            setUp();
            return new Effect.GoOn();
        }
        Status status = found.get();
        StatusCode code = status.code();
        if (code.equals(StatusCode.INVALID_CREDENTIALS) || code.equals(StatusCode.MISSING_CREDENTIALS)) {
            return challenged(status);
        }
        if (code.code() >= 300) {
            return refused(code);
        }
        accepted(status);
        return new Effect.GoOn();
    }

    private static Effect refused(StatusCode code) {
        boolean isVersion = code.equals(StatusCode.DTD_VERSION_NOT_SUPPORTED)
                || code.equals(StatusCode.PROTOCOL_VERSION_NOT_SUPPORTED);
        return new Effect.Over(isVersion ? Reason.VERSION_REFUSED : Reason.REFUSED,
                "the server answered our header with " + code + ", " + code.text());
    }

    private void accepted(Status status) {
        Prover prover = draft.proof.prover();
        if (prover != null) {
            Prover.Answer answer = prover.answered(status, draft.settings.sha256Name());
            if (!draft.peer.isSetUp()) {
                draft.facts.add(new ClientFact.Accepted(prover.scheme()));
            }
            note(answer);
        }
        setUp();
    }

    private void setUp() {
        Peer known = draft.peer;
        draft.peer = new Peer(known.msgId(), known.reply(), known.maxMsgSizeBytes(), known.maxObjSizeBytes(), true,
                known.isPackageClosed());
    }

    /** A nonce counts at once for what is sent next; it is stored only when the server has proved itself. */
    private void note(Prover.Answer answer) {
        Proof known = draft.proof;
        draft.proof = new Proof(answer.next(), known.challenger(),
                answer.nextNonce() == null ? known.clientNonce() : answer.nextNonce(), known.isServerTrusted());
    }

    // ---- challenges

    private Effect challenged(Status status) {
        Secret secret = account.client();
        if (secret == null) {
            return new Effect.Over(Reason.NOT_AUTHENTICATED, "the server wants credentials, and there are none");
        }
        Scheme preferred = account.clientSchemes().getFirst();
        Prover prover = draft.proof.prover();
        boolean isFirst = prover == null;
        if (isFirst && status.chal() == null) {
            begin(Prover.start(preferred));
            return new Effect.Again(List.of());
        }
        Prover asked = prover == null ? Prover.start(preferred) : prover;
        Prover.Answer answer = asked.answered(status, draft.settings.sha256Name());
        boolean isForeign = answer.isSchemeUnknown() || !account.permits(answer.next().scheme());
        if (isForeign && isFirst) {
            begin(new Prover(preferred, null, false, 1));
            return new Effect.Again(List.of(unsupported(status)));
        }
        boolean isHopeless = isForeign || answer.effect() == Prover.Effect.GIVE_UP || isSameAgain(prover, answer);
        if (isHopeless) {
            return new Effect.Over(Reason.NOT_AUTHENTICATED, "the server does not accept our credentials ("
                    + status.code() + ", " + (isForeign ? schemeOf(status) : answer.next().scheme().wireName()) + ")");
        }
        note(answer);
        return new Effect.Again(List.of());
    }

    private void begin(Prover prover) {
        Proof known = draft.proof;
        draft.proof = new Proof(prover, known.challenger(), known.clientNonce(), known.isServerTrusted());
    }

    /**
     * A password that was refused in a scheme without nonces will be refused again; a server that challenges every
     * first message gets it a second time, not a third.
     */
    private static boolean isSameAgain(@Nullable Prover before, Prover.Answer answer) {
        return before != null && before.refusals() > 0 && before.scheme() == Scheme.BASIC
                && answer.next().scheme() == Scheme.BASIC;
    }

    private static String schemeOf(Status status) {
        return status.chal() == null || status.chal().type() == null ? "no scheme" : status.chal().type();
    }

    /** "The scheme of your challenge is not one of mine" ([REPPRO 1.2 §7]). */
    private Status unsupported(Status challenge) {
        return new Status("", draft.peer.msgId(), challenge.cmdId(), "Status", List.of(), List.of(), null, null,
                StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, null, List.of());
    }
}
