package dev.grove.server.doorbell.sip;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP URI ([RFC 3261 §19.1]), of those that a message can be sent to: {@code sip:user@host:port;transport=tcp}.
 *
 * @param text as it came
 * @param host in lower case; IPv6 in brackets
 * @param port 5060 if it names none
 * @param isTcp whether it asks for TCP
 */
record SipUri(String text, String host, int port, boolean isTcp) {

    private static final int USUAL_PORT = 5060;
    private static final int MAX = 512;

    /** No space, angle bracket, header part or control character: it is written into the request as it is. */
    private static final Pattern FORM = Pattern.compile("(?i:sip):(?:[\\w.!~*'()&=+$,;/%:-]+@)?"
            + "(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?<port>[0-9]{1,5}))?(?<params>(?:;[\\w.!~*'()/:&+$%-]+"
            + "(?:=[\\w.!~*'()/:&+$%\\[\\]-]+)?)*)");
    private static final Pattern TRANSPORT = Pattern.compile("(?i);transport=(?<name>[^;]+)");

    static Optional<SipUri> read(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX || !form.matches()) {
            return Optional.empty();
        }
        String port = form.group("port");
        int number = port == null ? USUAL_PORT : Integer.parseInt(port);
        Matcher transport = TRANSPORT.matcher(form.group("params"));
        String name = transport.find() ? transport.group("name").toLowerCase(Locale.ROOT) : "";
        boolean isSpoken = name.isEmpty() || name.equals("udp") || name.equals("tcp");
        return number < 1 || number > 65_535 || !isSpoken ? Optional.empty()
                : Optional.of(new SipUri(text, form.group("host").toLowerCase(Locale.ROOT), number,
                        name.equals("tcp")));
    }

    /** The host as a socket takes it. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return text;
    }
}
