package dev.grove.server.fleet;

import dev.grove.engine.KnownObject;
import java.util.List;
import java.util.Optional;

/** The management objects that devices of DM 2.0 have, as they told, and the validators of what was read of them. */
public interface DeviceObjects {

    /**
     * The validator of one instance ([DM 2.0 §11.1]).
     *
     * @param instance its name (MIID); empty if the device never told it
     */
    record Validator(String moid, String instance, String value) {}

    /** Keeps all objects of a device, in place of those that were known. */
    void tell(String deviceId, List<KnownObject> objects);

    /** The objects of a device, by identifier. */
    List<KnownObject> list(String deviceId);

    /** Keeps a validator in place of an earlier one of the same instance. */
    void put(String deviceId, Validator validator);

    /** The validators of an object's instances, as far as they are known. */
    List<Validator> validators(String deviceId, String moid);

    /** The validator of an instance; of the only one that is known, if {@code instance} is empty. */
    default Optional<Validator> validator(String deviceId, String moid, String instance) {
        List<Validator> known = validators(deviceId, moid);
        if (instance.isEmpty() && known.size() == 1) {
            return Optional.of(known.getFirst());
        }
        return known.stream().filter(validator -> validator.instance().equals(instance)).findFirst();
    }
}
