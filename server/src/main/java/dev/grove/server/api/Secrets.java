package dev.grove.server.api;

import java.util.Locale;
import java.util.Set;

/** Knows which nodes hold secrets, by the names that the standard objects and Windows give them. */
final class Secrets {

    /** Stands where a secret was. */
    static final String MASK = "***";

    private static final Set<String> NAMES = Set.of("aauthsecret", "aauthdata", "clientpw", "clientnonce", "serverpw",
            "servernonce", "password", "passwd", "secret", "sharedsecret", "presharedkey", "psk", "aauthdatamac",
            "clientauthsecret", "serverauthsecret", "clientauthdata", "serverauthdata", "pfxcertpassword",
            "pfxcertblob", "devicepassword", "privatekey");

    private Secrets() {}

    /** Whether the node at this URI holds a secret. */
    static boolean isSecret(String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        return NAMES.contains(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether a document, such as a sub-tree in TNDS, speaks of such a node. */
    static boolean holdsSecrets(String document) {
        String lower = document.toLowerCase(Locale.ROOT);
        return lower.contains("<nodename>")
                && NAMES.stream().anyMatch(name -> lower.contains("<nodename>" + name + "<"));
    }
}
