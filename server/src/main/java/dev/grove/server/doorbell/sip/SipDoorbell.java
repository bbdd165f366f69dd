package dev.grove.server.doorbell.sip;

import dev.grove.auth.HttpChallenge;
import dev.grove.auth.HttpDigest;
import dev.grove.auth.HttpDigestChallenge;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SIP push: a MESSAGE with the notification as its body, to the application that has registered the feature tag of
 * device management ([RFC 3428]; the tag by OMA's SIP Push). Each is one transaction of its own; what a peer answers is
 * taken only if it names that transaction, which nobody can guess.
 */
public final class SipDoorbell implements Doorbell {

    /** Longer requests do not go by UDP ([RFC 3261 §18.1.1]). */
    private static final int MAX_UDP = 1300;

    /** For what is not known before there is a line: the top Via, and a proof. */
    private static final int SPARE = 400;
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration OVERLOADED = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final SipSettings settings;
    private final Clock clock;
    private final SecureRandom luck = new SecureRandom();
    private final SipUri from;
    private final @Nullable SipUri proxy;
    private final SipTimers timers;
    private final SipUdp udp;

    private SipDoorbell(SipSettings settings, Clock clock, SipUdp udp) {
        this.settings = settings;
        this.clock = clock;
        this.udp = udp;
        this.from = SipUri.read(settings.from()).orElseThrow();
        this.proxy = settings.proxy() == null ? null : SipUri.read(settings.proxy()).orElseThrow();
        this.timers = new SipTimers(settings.t1(), SipSettings.T2);
    }

    /** @throws IOException if nothing can listen where answers are to arrive */
    public static SipDoorbell open(SipSettings settings, Clock clock) throws IOException {
        return new SipDoorbell(settings, clock, new SipUdp(settings.listen()));
    }

    @Override
    public String bearer() {
        return "sip";
    }

    @Override
    public Pace pace() {
        return settings.pace();
    }

    @Override
    public Optional<String> objection(String address) {
        Optional<SipUri> uri = SipUri.read(address);
        if (uri.isEmpty()) {
            return Optional.of("an address of sip is a SIP URI by UDP or TCP, such as sip:device@example.com");
        }
        return proxy != null || settings.hosts().stream().anyMatch(host -> isAt(uri.get(), host)) ? Optional.empty()
                : Optional.of("the host of the SIP URI is none of wake-sip-hosts, and there is no wake-sip-proxy");
    }

    private static boolean isAt(SipUri uri, String host) {
        String known = host.strip().toLowerCase(Locale.ROOT);
        return known.equals(uri.port() == 5060 ? uri.host() : uri.host() + ":" + uri.port());
    }

    @Override
    public Result ring(Ring ring) throws InterruptedException {
        Optional<String> objection = objection(ring.address());
        if (objection.isPresent()) {
            return new Result.AddressEnded(objection.get());
        }
        SipUri target = SipUri.read(ring.address()).orElseThrow();
        Headers call = call(ring, target);
        try (SipLine line = line(target, call, ring)) {
            Call through = new Call(line, target, ring.notification().body());
            SipResponse answer = exchanged(through, call.with("CSeq", "1 " + SipRequest.METHOD));
            if (answer != null && (answer.status() == 401 || answer.status() == 407)) {
                Headers proven = proof(answer, target, call);
                answer = proven == null ? answer
                        : exchanged(through, proven.with("CSeq", "2 " + SipRequest.METHOD));
            }
            return answer == null
                    ? new Result.Failed("no answer within " + timers.end().toMillis() + " ms", null)
                    : told(answer);
        } catch (IOException trouble) {
            return new Result.Failed("the peer cannot be reached: " + trouble.getMessage(), null);
        } catch (Malformed broken) {
            return new Result.Failed("the peer asks for a proof that cannot be read", null);
        }
    }

    /** What both attempts of a call have in common. */
    private Headers call(Ring ring, SipUri target) {
        long secondsLeft = Math.max(1, Duration.between(clock.instant(), ring.goodUntil()).toSeconds());
        Headers headers = proxy == null ? Headers.NONE : Headers.of("Route", "<" + routed(proxy) + ">");
        return headers.with("Max-Forwards", "70").with("From", "<" + from.text() + ">;tag=" + random())
                .with("To", "<" + target.text() + ">").with("Call-ID", random() + "@" + from.host())
                .with("Expires", Long.toString(Math.min(secondsLeft, Integer.MAX_VALUE)))
                .with("Accept-Contact", "*;+g.oma.pusheventapp=\"" + settings.application() + "\";require;explicit")
                .with("User-Agent", "Grove").with("Content-Type", ring.notification().mediaType());
    }

    private static String routed(SipUri proxy) {
        return proxy.text().contains(";lr") ? proxy.text() : proxy.text() + ";lr";
    }

    private record Call(SipLine line, SipUri target, Bytes body) {}

    private SipLine line(SipUri target, Headers headers, Ring ring) throws IOException {
        SipUri hop = proxy == null ? target : proxy;
        InetSocketAddress to = new InetSocketAddress(InetAddress.getByName(hop.bareHost()), hop.port());
        int length = new SipRequest(target, "", "", headers, ring.notification().body()).bytes().length();
        return hop.isTcp() || length > MAX_UDP - SPARE ? new SipTcp(to, CONNECT) : udp.line(to);
    }

    /** One transaction: the final response, or nothing if none came in time. */
    private @Nullable SipResponse exchanged(Call call, Headers headers) throws IOException, InterruptedException {
        String branch = SipRequest.MAGIC + random();
        call.line().begin(branch);
        return transacted(call.line(),
                new SipRequest(call.target(), call.line().via(), branch, headers, call.body()).bytes());
    }

    private @Nullable SipResponse transacted(SipLine line, Bytes request) throws IOException, InterruptedException {
        long end = System.nanoTime() + timers.end().toNanos();
        Duration interval = timers.t1();
        boolean isProceeding = false;
        line.send(request);
        long nextSending = System.nanoTime() + interval.toNanos();
        while (true) {
            long now = System.nanoTime();
            if (now >= end) {
                return null;
            }
            long until = line.isReliable() ? end : Math.min(end, nextSending);
            SipResponse response = line.await(Duration.ofNanos(Math.max(1_000_000, until - now)));
            if (response != null && !response.isProvisional()) {
                return response;
            }
            if (response != null) {
                isProceeding = true;
            } else if (!line.isReliable() && System.nanoTime() < end) {
                line.send(request);
                interval = timers.next(interval, isProceeding);
                nextSending = System.nanoTime() + interval.toNanos();
            }
        }
    }

    /** The call with a proof; absent if there is no login, or nothing that can be answered. */
    private @Nullable Headers proof(SipResponse asked, SipUri target, Headers call) throws Malformed {
        boolean isProxy = asked.status() == 407;
        Optional<String> offered = asked.headers().first(isProxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        if (settings.login() == null || offered.isEmpty()) {
            return null;
        }
        Optional<HttpDigestChallenge> challenge = HttpDigestChallenge.best(HttpChallenge.parse(offered.get()));
        if (challenge.isEmpty()) {
            return null;
        }
        String answer = HttpDigest.answer(challenge.get(), settings.login(),
                new HttpDigest.Request(SipRequest.METHOD, target.text()), new HttpDigest.Use(random(), 1)).print();
        return call.with(isProxy ? "Proxy-Authorization" : "Authorization", answer);
    }

    private Result told(SipResponse answer) {
        String words = "SIP " + answer.status() + (answer.phrase().isEmpty() ? "" : " " + answer.phrase());
        return switch (answer.status()) {
            case 202 -> new Result.Taken(null);
            case 404, 410, 604 -> new Result.AddressEnded(words);
            // A device that is busy, or away, is no reason to leave all others alone: only the proxy may ask for that.
            case 503 -> new Result.Failed(words, proxy == null ? null : pause(answer));
            default -> answer.status() < 300 ? new Result.Delivered() : new Result.Failed(words, null);
        };
    }

    /** {@code Retry-After} as SIP has it: seconds, and then perhaps a comment ([RFC 3261 §20.33]); an hour at most. */
    private static Duration pause(SipResponse answer) {
        return answer.headers().first("Retry-After").map(value -> value.strip().replaceAll("[^0-9].*", ""))
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(digits -> Duration.ofSeconds(Math.min(Long.parseLong(digits), LONGEST_REST.toSeconds())))
                .orElse(OVERLOADED);
    }

    private String random() {
        byte[] octets = new byte[12];
        luck.nextBytes(octets);
        return Bytes.wrap(octets).hex();
    }

    @Override
    public void close() {
        udp.close();
    }
}
