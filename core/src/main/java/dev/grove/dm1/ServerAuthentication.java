package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.engine.Fact.Reason;
import dev.grove.dm1.exchange.Challenger.Offer;
import dev.grove.dm1.exchange.Challenger.Policy;
import dev.grove.dm1.exchange.Challenger.Verdict;
import dev.grove.dm1.exchange.Prover;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the device is, and whether it believes who the server is ([DMPRO 1.3 §9]). */
final class ServerAuthentication {

    private static final String GENERIC_ALERT_HEADER = "MDM-GenericAlert";

    private final ServerTurn turn;

    ServerAuthentication(ServerTurn turn) {
        this.turn = turn;
    }

    /**
     * Judges the device. If it is not believed, the turn holds all there is to say: Statuses and a challenge.
     *
     * @return whether the message may be acted on
     */
    boolean admits() {
        heedUnknownScheme();
        Secret secret = turn.context.account().client();
        boolean isVouchedFor = turn.context.account().deviceId().equals(turn.in.transportIdentity());
        if (secret == null && !isVouchedFor) {
            refuse(StatusCode.FORBIDDEN, "the device has no credentials here, and the transport vouches for nobody");
            turn.end(Reason.NOT_AUTHENTICATED, "no way to authenticate the device");
            return false;
        }
        Offer offer = offer();
        boolean isAsked = secret != null && !(isVouchedFor && offer.cred() == null && offer.hmac() == null);
        Verdict verdict = isAsked && secret != null
                ? turn.challenger.judge(offer, secret, policy(), turn.context.luck())
                : null;
        if (verdict == null || (isVouchedFor && !verdict.isAccepted())) {
            turn.challenger = turn.challenger.proved();
            begin(null);
            return true;
        }
        return admits(verdict);
    }

    private boolean admits(Verdict verdict) {
        turn.challenger = verdict.next();
        turn.headerStatus = verdict.status();
        turn.chal = verdict.chal();
        if (!verdict.isAccepted()) {
            refuse(verdict.status(), verdict.reason());
            if (verdict.isOver()) {
                new Answers(turn).giveUp();
                turn.end(Reason.NOT_AUTHENTICATED, verdict.reason());
            }
            return false;
        }
        Prover prover = turn.prover;
        if (verdict.startsOver() && prover != null) {
            // a device that has lost its nonce for the server too believes no other ([DMNOTI 1.2 §5.1], step 5)
            turn.prover = Prover.startOver(prover.scheme());
        }
        begin(verdict.scheme());
        Bytes issued = verdict.issued();
        if (issued != null) {
            turn.facts.add(new Fact.ClientNonceIssued(issued));
        }
        return true;
    }

    private Offer offer() {
        Cred cred = turn.in.message().header().cred();
        String hmac = turn.in.packet().headers().first(SyncmlHmac.HEADER).orElse(null);
        return new Offer(cred, hmac, turn.in.packet().body());
    }

    private Policy policy() {
        ServerSettings settings = turn.context.settings();
        List<Scheme> schemes = turn.context.account().clientSchemes();
        return new Policy(schemes.isEmpty() ? List.of(Scheme.MD5) : schemes, settings.maxAttempts(),
                settings.sha256Name(), settings.acceptDefaultNonce(), settings.credentialsPerMessage());
    }

    /** A Status 406 on our Status: the device does not know the scheme it was challenged with ([REPPRO 1.2 §6]). */
    private void heedUnknownScheme() {
        for (Command command : turn.body()) {
            boolean isUnknown = command instanceof Status status && status.cmd().equals("Status")
                    && status.code().equals(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
            if (isUnknown && !turn.hasBegun) {
                turn.note("the device does not know the scheme it was challenged with");
                turn.challenger = turn.challenger.withoutLastScheme();
                return;
            }
        }
    }

    /** Only Statuses, one for each command ([DMPRO 1.3 §9.1]). */
    private void refuse(StatusCode status, String reason) {
        turn.headerStatus = status;
        turn.facts.add(new Fact.AuthenticationRefused(status, reason));
        for (Command command : turn.body()) {
            if (!(command instanceof Status) && !(command instanceof Results)) {
                turn.answer(command, status);
            }
        }
    }

    private void begin(@Nullable Scheme scheme) {
        if (turn.hasBegun) {
            return;
        }
        turn.facts.add(new Fact.Authenticated(scheme));
        if (turn.isOrphan()) {
            return;
        }
        turn.hasBegun = true;
        boolean isServerInitiated = false;
        for (Command command : turn.body()) {
            isServerInitiated |= command instanceof Alert alert && alert.code().code() == 1200;
        }
        turn.facts.add(new Fact.Began(turn.profile.name(), isServerInitiated));
        turn.in.packet().headers().first(GENERIC_ALERT_HEADER)
                .ifPresent(value -> turn.facts.add(new Fact.AlertsAnnounced(alertTypes(value))));
    }

    /** The header is written {@code <type1><type2>} ([MS-MDM §2.1]). */
    private static List<String> alertTypes(String header) {
        List<String> types = new ArrayList<>();
        for (String part : header.split("[<>]", 65)) {
            if (!part.isBlank() && types.size() < 32) {
                types.add(part.strip());
            }
        }
        return types;
    }

    /**
     * Takes in what the device says to the server's credentials.
     *
     * @param status the device's Status on our {@code SyncHdr}
     */
    void heed(Status status) {
        Prover prover = turn.prover;
        boolean isRefusal = status.code().equals(StatusCode.INVALID_CREDENTIALS)
                || status.code().equals(StatusCode.MISSING_CREDENTIALS);
        if (prover == null || turn.context.account().server() == null) {
            if (isRefusal) {
                giveUp("the device wants credentials of the server, and there are none");
            }
            return;
        }
        Prover.Answer answer = prover.answered(status, turn.context.settings().sha256Name());
        turn.prover = answer.next();
        learn(prover, answer);
        switch (answer.effect()) {
            case GO_ON -> {
                // nothing to repeat
            }
            case AGAIN -> {
                turn.refusedWith = status.code();
                turn.note("the device challenges the server (" + status.code() + "): the commands are sent again");
                new Answers(turn).sendAgain();
            }
            case GIVE_UP -> giveUp(answer.isSchemeUnknown()
                    ? "the device challenges the server with a scheme that Grove does not speak"
                    : "the device does not accept the server's credentials");
        }
    }

    private void learn(Prover before, Prover.Answer answer) {
        Bytes nextNonce = answer.nextNonce();
        if (nextNonce != null) {
            turn.facts.add(new Fact.ServerNonceReceived(nextNonce));
        }
        if (answer.next().scheme() != before.scheme()) {
            turn.facts.add(new Fact.ServerSchemeLearned(answer.next().scheme()));
        }
    }

    private void giveUp(String reason) {
        turn.refusedWith = StatusCode.INVALID_CREDENTIALS;
        new Answers(turn).giveUp();
        turn.end(Reason.SERVER_NOT_AUTHENTICATED, reason);
    }
}
