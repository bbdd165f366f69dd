package dev.grove.server.store.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The page of one device within a unit of work: what the engine has, and over it what the unit has written. The engine
 * sees nothing of that before {@link #changes} are brought to it as a whole.
 */
public final class Page {

    /** What the engine has of a page, all from one moment. */
    public interface Source {

        /** The rows of all hot kinds. */
        NavigableMap<Place, Row> hot();

        /** A single row; asked for rows of cold kinds, and for {@link Kind#META}. */
        Optional<Row> find(Place place);

        /** Rows of a cold kind, in the order of the range. */
        SequencedMap<Place, Row> range(Range range);
    }

    private final String deviceId;
    private final Source source;
    private final TreeMap<Place, Optional<Row>> written = new TreeMap<>();
    private final Set<Kind> cleared = EnumSet.noneOf(Kind.class);
    private final List<Note> notes = new ArrayList<>();
    private @Nullable NavigableMap<Place, Row> hot;

    public Page(String deviceId, Source source) {
        this.deviceId = deviceId;
        this.source = source;
    }

    /** Whose page it is. */
    public String deviceId() {
        return deviceId;
    }

    Optional<Row> find(Kind kind, String key) {
        Place place = new Place(kind, key);
        Optional<Row> here = written.get(place);
        if (here != null) {
            return here;
        }
        if (cleared.contains(kind)) {
            return Optional.empty();
        }
        return before(place);
    }

    /** A row as it was before this unit of work. */
    Optional<Row> before(Place place) {
        boolean isAlone = place.kind() == Kind.META && hot == null;
        return place.kind().isHot() && !isAlone ? Optional.ofNullable(hot().get(place)) : source.find(place);
    }

    /** All rows of a hot kind, by key. */
    NavigableMap<Place, Row> all(Kind kind) {
        return merged(Range.all(kind), cleared.contains(kind)
                ? new TreeMap<>()
                : hot().subMap(new Place(kind, ""), true, new Place(kind, Range.all(kind).to()), false));
    }

    /** Rows of a cold kind, in the order of the range. */
    SequencedMap<Place, Row> range(Range range) {
        int hidden = (int) written.keySet().stream().filter(range::holds).count();
        int wanted = range.limit() > Integer.MAX_VALUE - hidden ? Integer.MAX_VALUE : range.limit() + hidden;
        Map<Place, Row> below = cleared.contains(range.kind()) ? Map.of() : source.range(range.limitedTo(wanted));
        NavigableMap<Place, Row> merged = merged(range, below);
        SequencedMap<Place, Row> ordered = range.isDescending() ? merged.descendingMap() : merged;
        while (ordered.size() > range.limit()) {
            ordered.pollLastEntry();
        }
        return ordered;
    }

    private NavigableMap<Place, Row> merged(Range range, Map<Place, Row> below) {
        TreeMap<Place, Row> merged = new TreeMap<>(below);
        written.forEach((place, row) -> {
            if (range.holds(place)) {
                row.ifPresentOrElse(there -> merged.put(place, there), () -> merged.remove(place));
            }
        });
        return merged;
    }

    private NavigableMap<Place, Row> hot() {
        NavigableMap<Place, Row> known = hot;
        if (known == null) {
            known = source.hot();
            hot = known;
        }
        return known;
    }

    void put(Kind kind, String key, Row row) {
        written.put(new Place(kind, key), Optional.of(row));
    }

    void remove(Kind kind, String key) {
        written.put(new Place(kind, key), Optional.empty());
    }

    /** Removes all rows of a kind. */
    void clear(Kind kind) {
        cleared.add(kind);
        written.keySet().removeIf(place -> place.kind() == kind);
    }

    /** What the unit has put in a range vanishes after {@code kept}. */
    void fade(Range range, Duration kept) {
        written.replaceAll((place, row) -> range.holds(place) ? row.map(there -> there.fading(kept)) : row);
    }

    /** What the unit wants known beyond the page. */
    void note(Note note) {
        notes.add(note);
    }

    /** Whether the unit of work has written anything here. */
    public boolean isChanged() {
        return !written.isEmpty() || !cleared.isEmpty();
    }

    /**
     * What the unit has written.
     *
     * @param rows by place, those without a row are removed
     * @param cleared kinds of which all rows go, before any is put
     */
    public record Changes(NavigableMap<Place, Optional<Row>> rows, Set<Kind> cleared, List<Note> notes) {}

    /** Of a kind that was cleared and then written to, the rows that were there are named one by one. */
    public Changes changes() {
        TreeMap<Place, Optional<Row>> rows = new TreeMap<>(written);
        Set<Kind> whole = EnumSet.noneOf(Kind.class);
        for (Kind kind : cleared) {
            if (written.keySet().stream().noneMatch(place -> place.kind() == kind)) {
                whole.add(kind);
            } else {
                Map<Place, Row> there = kind.isHot() ? hot() : source.range(Range.all(kind));
                there.keySet().stream().filter(place -> place.kind() == kind)
                        .forEach(place -> rows.putIfAbsent(place, Optional.empty()));
            }
        }
        return new Changes(rows, whole, List.copyOf(notes));
    }
}
