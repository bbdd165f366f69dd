package dev.grove.dm2.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what with which part of which object ([DM 2.0 §10, §12.3]). A rule counts for its part and all below,
 * unless there is a rule for something below: that one counts there instead, whole.
 */
public record Delegation(List<Rule> rules) {

    /** What an authority may do. */
    public enum Right {
        /** GET, HPUT, HPOST, SUB. */
        READ(1),
        /** HGET, DELETE. */
        WRITE(2),
        /** EXEC. */
        EXECUTE(4),
        /** HGET of rules. */
        DELEGATE(8);

        private final int bit;

        Right(int bit) {
            this.bit = bit;
        }

        boolean isIn(int rights) {
            return (rights & bit) != 0;
        }
    }

    /** All four rights. */
    public static final int ALL = 15;
    /** Reading alone. */
    public static final int READ_ONLY = 1;
    /** Every server and every application. */
    public static final String EVERYONE = "*";
    /** No rules: nobody may do anything. */
    public static final Delegation NONE = new Delegation(List.of());

    private static final String SERVER = "serverid:";
    private static final String APPLICATION = "appid:";

    /**
     * A node of an instance, by the names from the instance's root down; none for the root. {@code *} is any name.
     *
     * @param miid the instance's name
     */
    public record Part(String moid, String miid, List<String> path) {
        public Part {
            path = List.copyOf(path);
        }

        /** The root of an instance. */
        public static Part root(String moid, String miid) {
            return new Part(moid, miid, List.of());
        }

        boolean isOf(String otherMoid, String otherMiid) {
            return moid.equals(otherMoid) && miid.equals(otherMiid);
        }

        /** Whether {@code other} is this, or below it. */
        boolean covers(Part other) {
            if (!isOf(other.moid, other.miid) || path.size() > other.path.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                boolean isSame = path.get(i).equals(other.path.get(i)) || path.get(i).equals(EVERYONE)
                        || other.path.get(i).equals(EVERYONE);
                if (!isSame) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What each authority may do there.
     *
     * @param grants rights, a sum of the bits, by authority: {@code serverid:…}, {@code appid:…} or {@code *}
     */
    public record Rule(Part part, Map<String, Integer> grants) {
        public Rule {
            grants = Collections.unmodifiableMap(new LinkedHashMap<>(grants));
        }

        int rightsOf(String authority) {
            return grants.getOrDefault(authority, 0) | grants.getOrDefault(EVERYONE, 0);
        }
    }

    public Delegation {
        rules = List.copyOf(rules);
    }

    /** How a rule names a server. */
    public static String server(String serverId) {
        return SERVER + serverId;
    }

    /** The server that an authority is; empty for applications and everyone. */
    public static Optional<String> serverOf(String authority) {
        return authority.startsWith(SERVER) ? Optional.of(authority.substring(SERVER.length())) : Optional.empty();
    }

    /** Whether a text is the name of an authority at all. */
    public static boolean isAuthority(String text) {
        return text.equals(EVERYONE) || (text.startsWith(SERVER) && text.length() > SERVER.length())
                || (text.startsWith(APPLICATION) && text.length() > APPLICATION.length());
    }

    // ---- asking

    /** Whether the authority has the right on the node and on all below it. */
    public boolean allows(Right right, Part part, String authority) {
        return right.isIn(rightsAt(part, authority)) && rules.stream()
                .filter(rule -> rule.part().path().size() > part.path().size() && part.covers(rule.part()))
                .allMatch(rule -> right.isIn(rule.rightsOf(authority)));
    }

    /** Whether the authority has the right on the node itself. */
    public boolean allowsAt(Right right, Part part, String authority) {
        return right.isIn(rightsAt(part, authority));
    }

    /** What the authority may do with a node: what the nearest rule says, the node's own or one above. */
    public int rightsAt(Part part, String authority) {
        Rule nearest = null;
        for (Rule rule : rules) {
            boolean counts = rule.part().path().size() <= part.path().size() && rule.part().covers(part);
            if (counts && (nearest == null || rule.part().path().size() > nearest.part().path().size())) {
                nearest = rule;
            }
        }
        return nearest == null ? 0 : nearest.rightsOf(authority);
    }

    /** Whether the authority may do anything with anything of an instance. */
    public boolean concerns(String moid, String miid, String authority) {
        return rules.stream().anyMatch(rule -> rule.part().isOf(moid, miid) && rule.rightsOf(authority) != 0);
    }

    /** Whether there is a rule for an instance. */
    public boolean has(String moid, String miid) {
        return rules.stream().anyMatch(rule -> rule.part().isOf(moid, miid));
    }

    /** The rule for exactly this part. */
    public Optional<Rule> at(Part part) {
        return rules.stream().filter(rule -> rule.part().equals(part)).findFirst();
    }

    // ---- changing

    /** This, with one authority's rights on a part; what others may do there stays. */
    public Delegation with(Part part, String authority, int rights) {
        Map<String, Integer> grants = new LinkedHashMap<>(at(part).map(Rule::grants).orElse(Map.of()));
        grants.put(authority, rights);
        List<Rule> changed = new ArrayList<>();
        rules.forEach(rule -> changed.add(rule.part().equals(part) ? new Rule(part, grants) : rule));
        if (at(part).isEmpty()) {
            changed.add(new Rule(part, grants));
        }
        return new Delegation(changed);
    }

    /** This, without the rules for instances that are not among these. */
    public Delegation retaining(Set<Part> roots) {
        return new Delegation(rules.stream()
                .filter(rule -> roots.contains(Part.root(rule.part().moid(), rule.part().miid()))).toList());
    }

    /** Without what is said of a server that the device knows no more. */
    public Delegation withoutServer(String serverId) {
        List<Rule> changed = new ArrayList<>();
        for (Rule rule : rules) {
            Map<String, Integer> grants = new LinkedHashMap<>(rule.grants());
            grants.remove(server(serverId));
            if (!grants.isEmpty()) {
                changed.add(new Rule(rule.part(), grants));
            }
        }
        return new Delegation(changed);
    }

    /** The parts for which the two say something else. */
    public Set<Part> differences(Delegation other) {
        Set<Part> parts = new HashSet<>();
        rules.forEach(rule -> parts.add(rule.part()));
        other.rules.forEach(rule -> parts.add(rule.part()));
        parts.removeIf(part -> at(part).map(Rule::grants).equals(other.at(part).map(Rule::grants)));
        return parts;
    }
}
