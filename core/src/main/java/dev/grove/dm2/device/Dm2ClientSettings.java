package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Objects;
import dev.grove.mo.StandardObjects;
import dev.grove.wire.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the client engine that hold for all servers.
 *
 * @param deviceId {@code OMADM-DevID}, which is also {@code DevInfo/DevID}
 * @param limits what is taken from a server: of a package, and of data that is fetched
 * @param maxPackages packages that one session may take; a server that wants more is broken
 * @param descriptions by MOID, the address of the description that the device names for the object (DDF link)
 * @param access how rights are dealt out; absent: the device does not have the mechanism of [DM 2.0 §10], and grants
 *     everything to every server
 */
public record Dm2ClientSettings(String deviceId, Limits limits, int maxPackages, Map<String, String> descriptions,
        @Nullable Adoption access) {

    /**
     * Who may do what with objects that no server has made.
     *
     * @param owner identifier of the server that gets all rights for them; absent: none does
     * @param readable MOIDs of objects that every server may read
     */
    public record Adoption(@Nullable String owner, Set<String> readable) {

        /** Every server may read DevInfo and Session Information. */
        public static final Set<String> USUAL = Set.of(Dm2Objects.DEV_INFO_MOID,
                StandardObjects.DEV_INFO_MOID, Dm2Objects.SESSION_INFO_MOID);

        public Adoption {
            readable = Set.copyOf(readable);
        }

        /** A server owns what the device has. */
        public static Adoption by(@Nullable String owner) {
            return new Adoption(owner, USUAL);
        }
    }

    public Dm2ClientSettings {
        descriptions = Map.copyOf(descriptions);
        if (maxPackages < 1) {
            throw new IllegalArgumentException("a session takes one package at least");
        }
    }

    /** The usual limits; without delegation. */
    public static Dm2ClientSettings of(String deviceId) {
        return new Dm2ClientSettings(deviceId, Limits.DEFAULT, 1000, Map.of(), null);
    }

    public Dm2ClientSettings with(Adoption changed) {
        return new Dm2ClientSettings(deviceId, limits, maxPackages, descriptions, changed);
    }

    /** The address of an object's description. */
    public Optional<String> description(String moid) {
        return Optional.ofNullable(descriptions.get(moid));
    }
}
