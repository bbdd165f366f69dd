package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.dm2.ObjectIndex.Instance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What package 1 tells of the device's objects ([DM 2.0 §5.2.2]): those that the server's bootstrap names, also ones
 * that have no instance yet, and of their instances those with which the server may do anything at all.
 */
public final class SupportedObjects {

    private SupportedObjects() {}

    public static List<SupportedObject> of(ObjectView view, Dm2Context context) {
        Set<String> moids = new LinkedHashSet<>();
        view.instances().stream().filter(instance -> view.access().sees(instance)).map(Instance::moid)
                .forEach(moids::add);
        context.editor().description().places().forEach(place -> {
            if (place.node().isInterior()) {
                place.node().types().stream().filter(moid -> view.access().allowsNew(moid)).forEach(moids::add);
            }
        });
        List<SupportedObject> objects = new ArrayList<>();
        for (String moid : moids) {
            List<String> instances = view.instances(moid).stream().filter(view.access()::sees).map(Instance::miid)
                    .toList();
            objects.add(new SupportedObject(context.settings().description(moid).orElse(null), moid, instances));
        }
        return objects;
    }
}
