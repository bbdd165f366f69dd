package dev.grove.server.store.page;

import dev.grove.server.fleet.Descriptions;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;

/** Descriptions: what is known of them is read with every message, they themselves are not. */
record PagedDescriptions(Pages pages) implements Descriptions {

    @Override
    public void put(String deviceId, Head head, Bytes document) {
        Page page = pages.of(deviceId);
        page.put(Kind.DESCRIPTION, head.name(), Row.of(Forms.head(head)));
        page.put(Kind.DOCUMENT, head.name(), Row.of(Bytes.EMPTY, document));
    }

    @Override
    public List<Head> list(String deviceId) {
        return pages.of(deviceId).all(Kind.DESCRIPTION).values().stream().map(row -> Forms.head(row.value())).toList();
    }

    @Override
    public Optional<Head> find(String deviceId, String name) {
        return pages.of(deviceId).find(Kind.DESCRIPTION, name).map(row -> Forms.head(row.value()));
    }

    @Override
    public Optional<Bytes> document(String deviceId, String name) {
        return pages.of(deviceId).find(Kind.DOCUMENT, name).map(Row::body);
    }

    @Override
    public boolean remove(String deviceId, String name) {
        boolean isThere = find(deviceId, name).isPresent();
        if (isThere) {
            pages.of(deviceId).remove(Kind.DESCRIPTION, name);
            pages.of(deviceId).remove(Kind.DOCUMENT, name);
        }
        return isThere;
    }
}
