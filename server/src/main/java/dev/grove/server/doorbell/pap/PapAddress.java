package dev.grove.server.doorbell.pap;

import dev.grove.server.doorbell.sms.SmsNumber;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A device as a gateway knows it ([WAP-247-PAP], [WAP-249-PPGService §7.1]). People write a telephone number, an
 * internet address, a name, or the whole address as the gateway's operator gave it.
 *
 * @param client what stands before the at sign, escaped, without {@code WAPPUSH=}
 * @param host what stands behind it; empty: that of the gateway
 */
record PapAddress(String client, String host) {

    private static final int MAX_LENGTH = 250;
    private static final String PREFIX = "WAPPUSH=";
    private static final Pattern WHOLE = Pattern
            .compile("WAPPUSH=([!-.0-?A-~]{1,200}/TYPE=[A-Za-z0-9]{1,20})@([A-Za-z0-9.-]{1,200})");
    private static final Pattern IPV4 = Pattern
            .compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.|$)){4}(?<!\\.)");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    /** Empty if nobody can have it. */
    static Optional<PapAddress> parse(String text) {
        String bare = text.strip();
        if (bare.isEmpty() || bare.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (bare.startsWith(PREFIX)) {
            var whole = WHOLE.matcher(bare);
            return whole.matches() ? Optional.of(new PapAddress(whole.group(1), whole.group(2))) : Optional.empty();
        }
        if (IPV4.matcher(bare).matches()) {
            return Optional.of(new PapAddress(bare + "/TYPE=IPv4", ""));
        }
        Optional<SmsNumber> number = SmsNumber.parse(bare);
        if (number.isPresent()) {
            return Optional.of(new PapAddress(number.get() + "/TYPE=PLMN", ""));
        }
        if (IPV6.matcher(bare).matches() && bare.chars().filter(c -> c == ':').count() >= 2) {
            return Optional.of(new PapAddress(bare + "/TYPE=IPv6", ""));
        }
        return NAME.matcher(bare).matches() ? Optional.of(new PapAddress(escaped(bare) + "/TYPE=USER", ""))
                : Optional.empty();
    }

    /** Whatever means something in an address is written in hexadecimal. */
    private static String escaped(String name) {
        StringBuilder out = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.US_ASCII)) {
            char letter = (char) each;
            boolean isPlain = Character.isLetterOrDigit(letter) || "-._+".indexOf(letter) >= 0;
            out.append(isPlain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
        }
        return out.toString();
    }

    /** As it stands in a push. */
    String value(String gatewayHost) {
        return PREFIX + client + "@" + (host.isEmpty() ? gatewayHost : host);
    }
}
