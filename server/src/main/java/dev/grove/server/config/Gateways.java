package dev.grove.server.config;

import dev.grove.server.doorbell.Flow;
import dev.grove.server.doorbell.Trust;
import dev.grove.server.doorbell.kannel.KannelSettings;
import dev.grove.server.doorbell.obex.ObexSettings;
import dev.grove.server.doorbell.pap.PapSettings;
import dev.grove.server.doorbell.sms.SmppSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Bearers that stand on gateways of mobile networks, and OBEX; absent is what is not switched on. */
public record Gateways(@Nullable SmppSettings sms, @Nullable KannelSettings kannel, @Nullable PapSettings pap,
        @Nullable ObexSettings obex) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Pattern SECRET_PATH = Pattern.compile("(/[A-Za-z0-9._~-]*)*/[A-Za-z0-9._~-]{16,100}");
    /** What a header field may hold; HTTP's own rules are wider. */
    private static final Pattern VISIBLE = Pattern.compile("[ -~]{0,200}");

    static Gateways of(Settings s) {
        SSLContext tls = s.get(MessageOptions.TRUST_STORE).isEmpty() ? null : trust(s);
        Gateways all = new Gateways(s.get(MessageOptions.SMSC).isEmpty() ? null : sms(s, tls),
                s.get(MessageOptions.KANNEL_URL).isEmpty() ? null : kannel(s, tls),
                s.get(MessageOptions.PAP_URL).isEmpty() ? null : pap(s, tls),
                s.get(MessageOptions.WAKE_OBEX) ? new ObexSettings(s.get(MessageOptions.OBEX_PORT),
                        flow(s, MessageOptions.OBEX_AT_ONCE, MessageOptions.OBEX_PACE)) : null);
        URI toKannel = all.kannel() == null ? null : all.kannel().reports();
        URI toPap = all.pap() == null ? null : all.pap().reports();
        if (toKannel != null && toPap != null && toKannel.getRawPath().equals(toPap.getRawPath())) {
            throw new ConfigRefused("options wake-kannel-reports and wake-pap-reports: each has a path of its own");
        }
        return all;
    }

    private static Flow flow(Settings s, Option<Integer> atOnce, Option<Integer> perSecond) {
        return new Flow(s.get(atOnce), s.get(perSecond), s.get(MessageOptions.ANSWER_TIME));
    }

    private static SmppSettings sms(Settings s, @Nullable SSLContext tls) {
        HostPort smsc = hostPort(s);
        boolean isSecured = s.get(MessageOptions.SMS_TLS);
        return new SmppSettings(new SmppSettings.Centre(smsc.host(), smsc.port(), text(s, MessageOptions.SMS_USER, 15),
                text(s, MessageOptions.SMS_PASSWORD, 8), text(s, MessageOptions.SMS_SYSTEM_TYPE, 12)),
                isSecured && tls == null ? trust(s) : isSecured ? tls : null, s.get(MessageOptions.SMS_BIND),
                new SmppSettings.Source(text(s, MessageOptions.SMS_SOURCE, 20),
                        numbering(s, MessageOptions.SMS_SOURCE_TYPE, MessageOptions.SMS_SOURCE_PLAN)),
                numbering(s, MessageOptions.SMS_NATIONAL_TYPE, MessageOptions.SMS_NATIONAL_PLAN),
                s.get(MessageOptions.SMS_RECEIPTS),
                new SmppSettings.Times(s.get(MessageOptions.ANSWER_TIME), s.get(MessageOptions.SMS_ENQUIRY),
                        FIRST_PAUSE, LONGEST_PAUSE),
                new SmppSettings.Flow(s.get(MessageOptions.SMS_WINDOW), s.get(MessageOptions.SMS_PACE)));
    }

    private static HostPort hostPort(Settings s) {
        try {
            return HostPort.parse(s.get(MessageOptions.SMSC));
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused("option " + MessageOptions.SMSC.name() + ": " + e.getMessage());
        }
    }

    private static SmppSettings.Numbering numbering(Settings s, Option<Integer> type, Option<Integer> plan) {
        try {
            return SmppSettings.Numbering.known(s.get(type), s.get(plan));
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused("option " + plan.name() + ": " + e.getMessage());
        }
    }

    private static KannelSettings kannel(Settings s, @Nullable SSLContext tls) {
        return new KannelSettings(url(s, MessageOptions.KANNEL_URL), tls,
                new KannelSettings.User(text(s, MessageOptions.KANNEL_USER, 200),
                        text(s, MessageOptions.KANNEL_PASSWORD, 200)),
                text(s, MessageOptions.KANNEL_FROM, 20), text(s, MessageOptions.KANNEL_SMSC, 200),
                reports(s, MessageOptions.KANNEL_REPORTS),
                flow(s, MessageOptions.KANNEL_AT_ONCE, MessageOptions.KANNEL_PACE));
    }

    private static PapSettings pap(Settings s, @Nullable SSLContext tls) {
        URI gateway = url(s, MessageOptions.PAP_URL);
        String user = s.get(MessageOptions.PAP_USER);
        String host = s.get(MessageOptions.PAP_HOST);
        return new PapSettings(gateway, tls,
                user.isEmpty() ? null : new PapSettings.User(user, s.get(MessageOptions.PAP_PASSWORD)),
                host.isEmpty() ? gateway.getHost() : host,
                new PapSettings.Quality(s.get(MessageOptions.PAP_DELIVERY), text(s, MessageOptions.PAP_NETWORK, 50),
                        text(s, MessageOptions.PAP_BEARER, 50)),
                reports(s, MessageOptions.PAP_REPORTS),
                flow(s, MessageOptions.PAP_AT_ONCE, MessageOptions.PAP_PACE));
    }

    /** Where a gateway tells what became of notifications; the address is not repeated, for it is a secret. */
    private static @Nullable URI reports(Settings s, Option<String> option) {
        if (s.get(option).isEmpty()) {
            return null;
        }
        URI reports = url(s, option);
        if (reports.getRawQuery() != null || !SECRET_PATH.matcher(reports.getRawPath()).matches()) {
            throw new ConfigRefused("option " + option.name() + ": the path ends with 16 letters and digits or more"
                    + " that nobody guesses, and has no query");
        }
        return reports;
    }

    private static URI url(Settings s, Option<String> option) {
        try {
            URI url = new URI(s.get(option));
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException none) {
            throw new ConfigRefused("option " + option.name() + " is no URL");
        }
        throw new ConfigRefused("option " + option.name() + " is no URL of http or https with a host and without a"
                + " user name");
    }

    /** The text is not repeated: it may be a secret. */
    private static String text(Settings s, Option<String> option, int most) {
        String text = s.get(option);
        if (text.length() > most || !VISIBLE.matcher(text).matches()) {
            throw new ConfigRefused("option " + option.name() + " has " + most + " visible ASCII characters at most");
        }
        return text;
    }

    private static SSLContext trust(Settings s) {
        String file = s.get(MessageOptions.TRUST_STORE);
        try {
            return Trust.in(file.isEmpty() ? null : Path.of(file), s.get(MessageOptions.TRUST_STORE_PASSWORD));
        } catch (IOException unusable) {
            throw new ConfigRefused("option " + MessageOptions.TRUST_STORE.name() + ": " + unusable.getMessage());
        }
    }
}
