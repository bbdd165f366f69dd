package dev.grove.server.store.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The pages that a unit of work has opened. */
public final class Pages {

    private final Function<String, Page.Source> opening;
    private final Map<String, Page> opened = new LinkedHashMap<>();

    /** @param opening of the page of a device */
    public Pages(Function<String, Page.Source> opening) {
        this.opening = opening;
    }

    Page of(String deviceId) {
        Page known = opened.get(deviceId);
        if (known == null) {
            known = new Page(deviceId, opening.apply(deviceId));
            opened.put(deviceId, known);
        }
        return known;
    }

    /** All that were opened, the first one first. */
    public Collection<Page> all() {
        return opened.values();
    }
}
