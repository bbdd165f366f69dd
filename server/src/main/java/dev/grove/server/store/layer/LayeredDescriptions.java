package dev.grove.server.store.layer;

import dev.grove.server.fleet.Descriptions;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;

/** Descriptions: they change rarely, and only in the tables, so that what stands there is what there is. */
record LayeredDescriptions(View view) implements Descriptions {

    @Override
    public void put(String deviceId, Head head, Bytes document) {
        throw new NotInMemory();
    }

    @Override
    public List<Head> list(String deviceId) {
        return view.tables().descriptions(deviceId);
    }

    @Override
    public Optional<Head> find(String deviceId, String name) {
        return view.base().descriptions().find(deviceId, name);
    }

    @Override
    public Optional<Bytes> document(String deviceId, String name) {
        return view.base().descriptions().document(deviceId, name);
    }

    @Override
    public boolean remove(String deviceId, String name) {
        throw new NotInMemory();
    }
}
