package dev.grove.dm2;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names by which the text of the specification calls one and the same thing: identifiers of the standard objects, and
 * nodes of theirs ([DM 2.0 §12, App. F, I]). The first of each is the one that is written.
 */
final class Aliases {

    private static final String DEV_INFO = "urn:oma:mo:oma-dm-devinfo:";
    private static final String ACCOUNT = "urn:oma:mo:oma-dm-dmacc:";

    private static final Map<String, String> OF_DEV_INFO = Map.of("DevId", "DevID");

    /** The old names of the last node of a path in an account; the place of the node decides which are meant. */
    private static final Map<String, String> OF_CREDENTIALS = Map.of("AuthSecret", "Secret", "AuthData", "Data",
            "AuthType", "Type");

    private Aliases() {}

    /** Whether two identifiers are spellings or versions of one object. */
    static boolean isSame(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String moid) {
        String urn = moid.startsWith("oma:mo:") ? "urn:" + moid : moid;
        if (urn.startsWith(DEV_INFO) && Set.of("1.0", "1.1", "1.2").contains(urn.substring(DEV_INFO.length()))) {
            return DEV_INFO + "1.2";
        }
        return urn.equals(ACCOUNT + "1.2") ? ACCOUNT + "2.0" : urn;
    }

    /** The ways in which a path in an object may be spelled, as it is given first; names that are no aliases stay. */
    static List<List<String>> spellings(String moid, List<String> path) {
        Set<List<String>> spellings = new LinkedHashSet<>();
        spellings.add(path);
        String canonical = canonical(moid);
        if (canonical.startsWith(DEV_INFO) && !path.isEmpty()) {
            spellings.add(renamed(path, 0, OF_DEV_INFO.getOrDefault(path.getFirst(), path.getFirst())));
            spellings.add(renamed(path, 0, path.getFirst().equals("DevID") ? "DevId" : path.getFirst()));
        } else if (canonical.equals(ACCOUNT + "2.0") && !path.isEmpty()) {
            ofAccount(path, spellings);
        }
        return List.copyOf(spellings);
    }

    private static void ofAccount(List<String> path, Set<List<String>> spellings) {
        switch (path.getFirst()) {
            case "SrvID", "ServerID" -> {
                spellings.add(renamed(path, 0, "SrvID"));
                spellings.add(renamed(path, 0, "ServerID"));
            }
            case "SrvURI", "ServerURI" -> {
                spellings.add(renamed(path, 0, "SrvURI"));
                spellings.add(renamed(path, 0, "ServerURI"));
            }
            case "Auth", "Credentials", "AuthNoti", "AuthTrsp" -> credentials(path, spellings);
            default -> {
                // The other nodes of an account have one name each.
            }
        }
    }

    /** {@code Auth/Noti/Secret}, {@code AuthNoti/AuthSecret} and {@code Credentials/Noti/AuthSecret} are one. */
    private static void credentials(List<String> path, Set<List<String>> spellings) {
        List<String> plain = new ArrayList<>(path);
        String first = plain.removeFirst();
        if (first.startsWith("Auth") && first.length() > "Auth".length()) {
            plain.addFirst(first.substring("Auth".length()));
        }
        for (int i = 0; i < plain.size(); i++) {
            plain.set(i, OF_CREDENTIALS.getOrDefault(plain.get(i), plain.get(i)));
        }
        List<String> old = plain.stream().map(Aliases::oldName).toList();
        for (List<String> names : List.of(plain, old)) {
            spellings.add(below("Auth", names));
            spellings.add(below("Credentials", names));
            if (!names.isEmpty()) {
                spellings.add(below("Auth" + names.getFirst(), names.subList(1, names.size())));
            }
        }
    }

    private static String oldName(String name) {
        return OF_CREDENTIALS.entrySet().stream().filter(entry -> entry.getValue().equals(name)).map(Map.Entry::getKey)
                .findFirst().orElse(name);
    }

    private static List<String> below(String first, List<String> names) {
        List<String> path = new ArrayList<>();
        path.add(first);
        path.addAll(names);
        return path;
    }

    private static List<String> renamed(List<String> path, int index, String name) {
        List<String> renamed = new ArrayList<>(path);
        renamed.set(index, name);
        return renamed;
    }
}
