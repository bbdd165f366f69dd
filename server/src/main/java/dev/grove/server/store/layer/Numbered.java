package dev.grove.server.store.layer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of one device by their numbers. Mostly there is one, or a few: a chain that is looked through. Where there
 * are many, an index finds them.
 */
final class Numbered<V> {

    static final int FEW = 16;

    private @Nullable Entry<V> first;
    private @Nullable Entry<V> last;
    private int size;
    private @Nullable Map<Long, Entry<V>> index;

    /** A record, and which one came next. */
    static final class Entry<V> {

        private final long number;
        private V value;
        private boolean isNew;
        private @Nullable Entry<V> next;

        private Entry(long number, V value) {
            this.number = number;
            this.value = value;
        }

        long number() {
            return number;
        }

        V value() {
            return value;
        }

        @Nullable
        Entry<V> next() {
            return next;
        }
    }

    /** Where to begin with all of them, in the order in which they first came. */
    @Nullable
    Entry<V> first() {
        return first;
    }

    @Nullable
    V find(long number) {
        Entry<V> known = entry(number);
        return known == null ? null : known.value;
    }

    /** Whether it was said to be new when it came, now or before. */
    boolean isNew(long number) {
        Entry<V> known = entry(number);
        return known != null && known.isNew;
    }

    void put(long number, V value) {
        put(number, value, false);
    }

    /** Puts a record in place of what was known of it. What was new once stays so. */
    void put(long number, V value, boolean isNew) {
        Entry<V> known = entry(number);
        if (known == null) {
            known = new Entry<>(number, value);
            add(known);
        }
        known.value = value;
        known.isNew |= isNew;
    }

    /** Takes over what came later; whoever had it leaves it alone from now on. */
    void absorb(Numbered<V> later) {
        if (first == null) {
            first = later.first;
            last = later.last;
            size = later.size;
            index = later.index;
            return;
        }
        for (Entry<V> each = later.first; each != null; each = each.next) {
            put(each.number, each.value, each.isNew);
        }
    }

    private @Nullable Entry<V> entry(long number) {
        if (index != null) {
            return index.get(number);
        }
        Entry<V> each = first;
        while (each != null && each.number != number) {
            each = each.next;
        }
        return each;
    }

    private void add(Entry<V> entry) {
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        size++;
        if (index != null) {
            index.put(entry.number, entry);
        } else if (size > FEW) {
            index = new HashMap<>();
            for (Entry<V> each = first; each != null; each = each.next) {
                index.put(each.number, each);
            }
        }
    }
}
