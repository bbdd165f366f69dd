package dev.grove.server.endpoint;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpDigest;
import dev.grove.auth.HttpDigest.Algorithm;
import dev.grove.auth.HttpDigestAnswer;
import dev.grove.auth.HttpDigestChallenge;
import dev.grove.auth.HttpLogin;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a call comes from the device that it names ([DM 2.0 §9.2.1]): by what the transport knows (a
 * pre-shared key, a client certificate), or by HTTP Digest or Basic.
 *
 * <p>A device that nobody knows is judged like one whose password nobody knows: the same answer, after the same work.
 */
public final class HttpAuthentication {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAuthentication.class);
    private static final Duration NONCE_LIFE = Duration.ofMinutes(5);
    private static final int MAX_NONCES = 50_000;

    /** What is asked for by a challenge; all that is asked for is accepted, and nothing else. */
    public enum Offer {
        DIGEST_SHA256, DIGEST_MD5, BASIC
    }

    /**
     * @param realm what the passwords are for, as a person may read it
     * @param offers in the order in which they stand in the challenge
     * @param maxFailures wrong credentials for a device from one address, within the window
     */
    public record Rules(String realm, List<Offer> offers, int maxFailures, Duration failureWindow) {
        public Rules {
            offers = List.copyOf(offers);
        }
    }

    /**
     * The device that the caller says it is.
     *
     * @param account by whose secret it is judged
     * @param device what is known of it; absent for one that nobody has added
     * @param isBelieved whether it need prove nothing
     */
    public record Candidate(Account account, @Nullable Device device, boolean isBelieved) {

        /** The device of this id, or how newcomers are met if there is none. */
        public static Candidate of(String deviceId, Optional<Device> known, Newcomers newcomers,
                RandomGenerator luck) {
            Account account = known.map(Device::account).orElseGet(() -> newcomers.account(deviceId, luck));
            boolean isBelieved = newcomers.believesAnyone() && account.client() == null;
            return new Candidate(account, known.orElse(null), isBelieved);
        }
    }

    /** What was found out. */
    public sealed interface Verdict {

        /**
         * It is the device.
         *
         * @param means by which it proved that, for people
         */
        record Proven(String means) implements Verdict {}

        /** It is not, or not yet; the answer says what to do. */
        record Refused(HttpAnswer.Whole answer) implements Verdict {}
    }

    private enum Proof {
        RIGHT, STALE, WRONG
    }

    private final Rules rules;
    private final Clock clock;
    private final RandomGenerator luck;
    private final DigestNonces nonces;
    private final FailedAttempts failures;

    /** @param nonceKey as in {@link DigestNonces}: 32 bytes that all nodes of a fleet share */
    public HttpAuthentication(Rules rules, Clock clock, RandomGenerator luck, Bytes nonceKey) {
        this.rules = rules;
        this.clock = clock;
        this.luck = luck;
        this.nonces = new DigestNonces(nonceKey, luck, NONCE_LIFE, MAX_NONCES);
        this.failures = new FailedAttempts(rules.maxFailures(), rules.failureWindow());
    }

    /** Judges one request. */
    public Verdict judge(HttpCall call, Candidate candidate) {
        String deviceId = candidate.account().deviceId();
        Instant now = clock.instant();
        Optional<String> voucher = voucher(call, candidate);
        if (voucher.isPresent()) {
            return new Verdict.Proven(voucher.get());
        }
        Optional<Duration> shutOut = failures.shutOut(deviceId, call.remote(), now);
        if (shutOut.isPresent()) {
            return new Verdict.Refused(with(HttpAnswer.text(503, "Too many failed attempts."), "Retry-After",
                    Long.toString(Math.max(1, shutOut.get().toSeconds()))));
        }
        Optional<String> offered = call.headers().first("Authorization");
        if (offered.isEmpty()) {
            return challenge(false);
        }
        return switch (proof(offered.get(), call, candidate)) {
            case RIGHT -> {
                failures.succeeded(deviceId, call.remote());
                yield new Verdict.Proven(isBasic(offered.get()) ? "HTTP Basic" : "HTTP Digest");
            }
            case STALE -> challenge(true);
            case WRONG -> {
                int count = failures.failed(deviceId, call.remote(), now);
                LOG.atWarn().addKeyValue("device", deviceId).addKeyValue("known", candidate.device() != null)
                        .addKeyValue("remote", call.remote()).addKeyValue("failures", count)
                        .log("device not authenticated by HTTP");
                yield challenge(false);
            }
        };
    }

    /** Whoever the transport vouches for needs no password, and a wrong one does not count. */
    private static Optional<String> voucher(HttpCall call, Candidate candidate) {
        Device device = candidate.device();
        if (call.transportIdentity().filter(candidate.account().deviceId()::equals).isPresent()) {
            return Optional.of("pre-shared key");
        }
        if (device != null && call.certificate().filter(c -> Certificates.vouches(c, device)).isPresent()) {
            return Optional.of("client certificate");
        }
        return candidate.isBelieved() ? Optional.of("nothing: any device is believed") : Optional.empty();
    }

    private Proof proof(String offered, HttpCall call, Candidate candidate) {
        try {
            return isBasic(offered) ? basic(HttpBasic.parse(offered), candidate.account())
                    : digest(HttpDigestAnswer.parse(offered), call, candidate.account());
        } catch (Malformed unreadable) {
            LOG.atInfo().addKeyValue("remote", call.remote()).log("credentials that are none: {}",
                    unreadable.getMessage());
            return Proof.WRONG;
        }
    }

    private static boolean isBasic(String offered) {
        return offered.stripLeading().regionMatches(true, 0, HttpBasic.SCHEME + " ", 0, HttpBasic.SCHEME.length() + 1);
    }

    private Proof basic(HttpLogin offered, Account account) {
        Bytes expected = Bytes.utf8(login(account, offered.userName()).password());
        boolean isRight = expected.equalsInConstantTime(Bytes.utf8(offered.password()));
        return isRight && rules.offers().contains(Offer.BASIC) && isNamed(account, offered.userName())
                ? Proof.RIGHT
                : Proof.WRONG;
    }

    private Proof digest(HttpDigestAnswer offered, HttpCall call, Account account) {
        String name = offered.isNameHashed() ? "" : offered.userName();
        boolean isRight = HttpDigest.matches(offered, login(account, name), call.method());
        if (!isRight || !isNamed(account, name) || !isOffered(offered.algorithm())
                || !offered.realm().equals(rules.realm()) || !isFor(offered.uri(), call)) {
            return Proof.WRONG;
        }
        return nonces.use(offered.nonce(), offered.hasQop() ? offered.use() : null, clock.instant())
                ? Proof.RIGHT
                : Proof.STALE;
    }

    /** The user name of a device's account, or its id: some people configure one, some the other. */
    private static boolean isNamed(Account account, String userName) {
        Secret secret = account.client();
        return secret != null && (userName.equals(secret.userName()) || userName.equals(account.deviceId()));
    }

    /** The secret of the account under the name that was given; one that nobody knows if it has none. */
    private HttpLogin login(Account account, String userName) {
        Secret secret = account.client();
        byte[] unknown = new byte[16];
        luck.nextBytes(unknown);
        String password = secret == null ? Bytes.wrap(unknown).hex() : secret.password();
        return new HttpLogin(userName.replace(":", ""), password);
    }

    private boolean isOffered(Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256, SHA256_SESS -> rules.offers().contains(Offer.DIGEST_SHA256);
            case MD5, MD5_SESS -> rules.offers().contains(Offer.DIGEST_MD5);
        };
    }

    /** The request target, or the whole address of it, as some clients have it. */
    private static boolean isFor(String uri, HttpCall call) {
        String target = call.query().isEmpty() ? call.path() : call.path() + "?" + call.query();
        String whole = call.query().isEmpty() ? call.url() : call.url() + "?" + call.query();
        return uri.equals(target) || uri.equals(whole);
    }

    private Verdict challenge(boolean isStale) {
        HttpAnswer.Whole answer = HttpAnswer.text(401, "The device has not proved that it is the one it names.");
        for (Offer offer : rules.offers()) {
            answer = with(answer, "WWW-Authenticate", switch (offer) {
                case DIGEST_SHA256 -> digest(Algorithm.SHA256, isStale);
                case DIGEST_MD5 -> digest(Algorithm.MD5, isStale);
                case BASIC -> HttpBasic.challenge(rules.realm());
            });
        }
        return new Verdict.Refused(answer);
    }

    private String digest(Algorithm algorithm, boolean isStale) {
        return HttpDigestChallenge.of(rules.realm(), nonces.issue(clock.instant()), algorithm, isStale).print();
    }

    private static HttpAnswer.Whole with(HttpAnswer.Whole answer, String name, String value) {
        Headers headers = answer.headers().with(name, value);
        return new HttpAnswer.Whole(answer.status(), headers, answer.body());
    }
}
