package dev.grove.testkit.simulation;

import dev.grove.auth.Match;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.auth.Verifier;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nonces as a listener on the line sees them: none is given out twice, and none opens the door twice. */
final class Nonces {

    private final Set<Bytes> issued = new HashSet<>();
    private final Set<Bytes> heardBodies = new HashSet<>();
    private final Map<String, List<Bytes>> known = new HashMap<>();
    private final Map<String, Set<Bytes>> accepted = new HashMap<>();
    private int acceptances;

    /** A message leaves a device. */
    void sent(SimulatedDevice device, Packet message) {
        if (heardBodies.add(message.body())) {
            noncesOf(Conversation.decoded(message)).forEach(nonce -> fresh(nonce, device.id()));
        }
    }

    /** A device hears the answer to its message. */
    void heard(SimulatedDevice device, Packet message, Packet answer) {
        if (!heardBodies.add(answer.body())) {
            return;
        }
        Message said = Conversation.decoded(answer);
        usedNonce(device, message).filter(_ -> isAccepted(said)).ifPresent(nonce -> {
            acceptances++;
            Invariants.that(accepted.computeIfAbsent(device.id(), _ -> new HashSet<>()).add(nonce),
                    "the server accepted credentials of " + device.id() + " with a nonce that was used before");
        });
        for (Bytes nonce : noncesOf(said)) {
            fresh(nonce, "the server");
            known.computeIfAbsent(device.id(), _ -> new ArrayList<>()).add(nonce);
        }
    }

    private void fresh(Bytes nonce, String who) {
        Invariants.that(issued.add(nonce), who + " gave out a nonce that was given out before");
    }

    static boolean isAccepted(Packet answer) {
        return isAccepted(Conversation.decoded(answer));
    }

    private static boolean isAccepted(Message answer) {
        return !answer.body().isEmpty() && answer.body().getFirst() instanceof Status status && status.isOfHeader()
                && status.code().isSuccess();
    }

    /** The nonce with which a message was made; empty for a message without digest. */
    private Optional<Bytes> usedNonce(SimulatedDevice device, Packet packet) {
        Secret secret = device.model().serverAccount().client();
        if (secret == null) {
            return Optional.empty();
        }
        List<Bytes> candidates = new ArrayList<>(known.getOrDefault(device.id(), List.of()));
        candidates.add(Bytes.EMPTY);
        return candidates.stream()
                .filter(nonce -> isMadeWith(new Verifier(secret.withNonce(nonce)), packet, device.model().scheme()))
                .findFirst();
    }

    private static boolean isMadeWith(Verifier verifier, Packet packet, Scheme scheme) {
        Cred cred = Conversation.decoded(packet).header().cred();
        Optional<String> header = packet.headers().first(SyncmlHmac.HEADER);
        if (header.isPresent()) {
            try {
                return verifier.check(SyncmlHmac.parse(header.get()), packet.body()) == Match.CURRENT_NONCE;
            } catch (Malformed malformed) {
                throw new IllegalStateException("a simulated device wrote a header that nobody can read", malformed);
            }
        }
        return cred != null && scheme.hasNonce() && verifier.check(scheme, cred.data()) == Match.CURRENT_NONCE;
    }

    private static List<Bytes> noncesOf(Message message) {
        List<Bytes> nonces = new ArrayList<>();
        for (Command command : message.body()) {
            if (command instanceof Status status && status.chal() != null) {
                String nonce = status.chal().nextNonce();
                if (nonce != null) {
                    nonces.add(Bytes.base64(nonce));
                }
            }
        }
        return nonces;
    }

    int accepted() {
        return acceptances;
    }
}
