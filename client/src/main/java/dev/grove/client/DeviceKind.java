package dev.grove.client;

import dev.grove.dm1.exchange.Profile;
import dev.grove.tree.NodeUri;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.Locale;
import java.util.Optional;

/** The kinds of device that this library can be: what they speak, what their tree can do, where their accounts are. */
@SuppressWarnings("ImmutableEnumChecker") // its parts are records of immutable collections
public enum DeviceKind {
    /** OMA DM 1.1.2: Replace adds what is not there; no TNDS, no relative addresses. */
    DM11("dm11", Profile.DM_1_1, TreeRules.OMA.with(Feature.REPLACE_CREATES).without(Feature.RELATIVE_ADDRESSES,
            Feature.TNDS), "./SyncML/DMAcc", "1.1.2"),
    /** OMA DM 1.2. */
    DM12("dm12", Profile.DM_1_2, TreeRules.OMA.without(Feature.RELATIVE_ADDRESSES), "./DMAcc", "1.2"),
    /** OMA DM 1.3. */
    DM13("dm13", Profile.DM_1_3, TreeRules.OMA, "./DMAcc", "1.3"),
    /** OMA DM 2.0; an account of DM 1.x that it still has is served as in 1.3. */
    DM20("dm20", Profile.DM_1_3, TreeRules.OMA, "./DMAcc", "2.0"),
    /** A Windows machine ([MS-MDM]). */
    WINDOWS("windows", Profile.WINDOWS, TreeRules.WINDOWS, "./SyncML/DMAcc", "1.3");

    private final String word;
    private final Profile profile;
    private final TreeRules rules;
    private final NodeUri accounts;
    private final String dmV;

    DeviceKind(String word, Profile profile, TreeRules rules, String accounts, String dmV) {
        this.word = word;
        this.profile = profile;
        this.rules = rules;
        this.accounts = NodeUri.parse(accounts);
        this.dmV = dmV;
    }

    /** The kind by its word on a command line, such as {@code dm12}, whatever the case of the letters. */
    public static Optional<DeviceKind> of(String word) {
        for (DeviceKind kind : values()) {
            if (kind.word.equals(word.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public Profile profile() {
        return profile;
    }

    public TreeRules rules() {
        return rules;
    }

    /** The node under which the accounts stand. */
    public NodeUri accounts() {
        return accounts;
    }

    /** What {@code DevInfo/DmV} says. */
    public String dmV() {
        return dmV;
    }

    /** The word on a command line. */
    @Override
    public String toString() {
        return word;
    }
}
