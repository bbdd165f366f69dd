package dev.grove.auth;

import dev.grove.wire.Malformed;

/**
 * The header field {@code x-syncml-hmac} ([DMSEC 1.2 §5.3]): the same for HTTP, WSP and OBEX.
 *
 * <p>It is written as {@code algorithm=MD5, username="Bruce2", mac=…}. It is read in any order, with any attribute
 * quoted, with blanks, folded lines or semicolons in place of commas, and without {@code algorithm} (then MD5): real
 * clients do all of that.
 *
 * @param algorithm as it came, see {@link Digest#ofToken}
 * @param userName the same as {@code Source/LocName} of the sender
 * @param mac base64 of the digest; some peers send base64 of its hexadecimal digits, see {@link Verifier}
 */
public record SyncmlHmac(String algorithm, String userName, String mac) {

    /** The name of the header field. */
    public static final String HEADER = "x-syncml-hmac";

    private static final int MAX_CHARS = 2048;

    /** Reads the value of the header field. */
    public static SyncmlHmac parse(String value) throws Malformed {
        if (value.length() > MAX_CHARS) {
            throw malformed(MAX_CHARS, "the header is longer than " + MAX_CHARS + " characters");
        }
        Reader in = new Reader(value);
        String algorithm = null;
        String userName = null;
        String mac = null;
        while (in.skipSeparators()) {
            String name = in.name();
            String text = in.value();
            if (name.equalsIgnoreCase("algorithm")) {
                algorithm = text;
            } else if (name.equalsIgnoreCase("username")) {
                userName = text;
            } else if (name.equalsIgnoreCase("mac")) {
                mac = text;
            }
        }
        if (userName == null || userName.isEmpty() || mac == null || mac.isEmpty()) {
            throw malformed(value.length(), "username and mac are mandatory");
        }
        return new SyncmlHmac(algorithm == null || algorithm.isEmpty() ? Digest.MD5.token() : algorithm, userName, mac);
    }

    /** The value of the header field, in the order of the specification. */
    public String print() {
        return "algorithm=" + algorithm + ", username=\"" + userName.replace("\\", "\\\\").replace("\"", "\\\"")
                + "\", mac=" + mac;
    }

    /** Names the user only: the digest is as good as a password to whoever can replay it. */
    @Override
    public String toString() {
        return "SyncmlHmac[" + algorithm + ", " + userName + "]";
    }

    private static Malformed malformed(int offset, String rule) {
        return new Malformed(offset, HEADER, rule + " (DMSEC 1.2 5.3)");
    }

    /** A cursor over the attributes. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean skipSeparators() {
            while (at < text.length() && isSeparator(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        private static boolean isSeparator(char c) {
            return c <= ' ' || c == ',' || c == ';';
        }

        String name() throws Malformed {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                throw malformed(at, "an attribute is written name=value");
            }
            String name = text.substring(at, equals).strip();
            at = equals + 1;
            return name;
        }

        String value() throws Malformed {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        }

        private String token() {
            int start = at;
            while (at < text.length() && !isSeparator(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() throws Malformed {
            StringBuilder value = new StringBuilder();
            for (int i = at + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"') {
                    at = i + 1;
                    return value.toString();
                }
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    c = text.charAt(i);
                }
                value.append(c);
            }
            throw malformed(at, "a quoted string ends with a quotation mark");
        }
    }
}
