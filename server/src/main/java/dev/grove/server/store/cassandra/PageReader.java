package dev.grove.server.store.cassandra;

import dev.grove.server.store.page.Kind;
import dev.grove.server.store.page.Page;
import dev.grove.server.store.page.Place;
import dev.grove.server.store.page.Range;
import dev.grove.server.store.page.Row;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a unit of work reads of one page, in as few requests as can be, and all under one stamp. */
final class PageReader implements Page.Source {

    private final String deviceId;
    private final PageTable table;
    private final Images images;
    private final Mode mode;
    private @Nullable Image image;
    private @Nullable Stamp stamp;
    private Optional<Row> meta = Optional.empty();
    private boolean isMetaRead;
    private int requests;
    private boolean isUnproven;

    /** What a reader may start from. */
    enum Mode {
        /** What this node knows, once its stamp was compared. */
        READING,
        /** What this node knows, for the write is going to compare the stamp. */
        GUESSING,
        /** Only what the cluster says, the hot rows with their stamp first. */
        ASKING
    }

    PageReader(String deviceId, PageTable table, Images images, Mode mode) {
        this.deviceId = deviceId;
        this.table = table;
        this.images = images;
        this.mode = mode;
    }

    String deviceId() {
        return deviceId;
    }

    /** The image that a write starts from. */
    Image image() {
        Image known = image;
        if (known == null) {
            known = found();
            image = known;
        }
        return known;
    }

    private Image found() {
        Optional<Image> guess = mode == Mode.ASKING ? Optional.empty() : images.find(deviceId);
        if (guess.isPresent() && mode == Mode.GUESSING) {
            isUnproven = true;
            stamp = guess.get().stamp();
            requests++;
            return guess.get();
        }
        if (guess.isPresent() && currentStamp().equals(guess.get().stamp())) {
            return guess.get();
        }
        requests++;
        Image read = table.hot(deviceId);
        compare(Optional.of(read.stamp()));
        images.keep(deviceId, read);
        return read;
    }

    /** As seen before in this unit of work, or as it is. */
    private Stamp currentStamp() {
        Stamp known = stamp;
        if (known == null) {
            requests++;
            known = table.stamp(deviceId);
            stamp = known;
        }
        return known;
    }

    @Override
    public NavigableMap<Place, Row> hot() {
        return image().hot();
    }

    @Override
    public Optional<Row> find(Place place) {
        Image known = mode == Mode.ASKING ? image() : image;
        if (place.kind().isHot() && (known != null || mode != Mode.READING)) {
            return Optional.ofNullable(image().hot().get(place));
        }
        boolean isMeta = place.kind() == Kind.META;
        if (isMeta && isMetaRead) {
            return meta;
        }
        requests++;
        PageTable.Found found = table.row(deviceId, place);
        compare(found.stamp());
        Optional<Row> row = Optional.ofNullable(found.rows().get(place));
        if (isMeta) {
            meta = row;
            isMetaRead = true;
        }
        return row;
    }

    @Override
    public SequencedMap<Place, Row> range(Range range) {
        Image known = mode == Mode.ASKING ? image() : image;
        SequencedMap<Place, Row> kept = known == null ? null : known.range(range);
        if (kept != null) {
            return kept;
        }
        requests++;
        PageTable.Found found = table.range(deviceId, range);
        compare(found.stamp());
        if (known != null) {
            known.keep(range, found.rows());
        }
        return found.rows();
    }

    /** Where no row came, no stamp came: that is asked for at the end. */
    private void compare(Optional<Stamp> told) {
        if (told.isEmpty()) {
            isUnproven = true;
        } else if (stamp == null) {
            stamp = told.get();
        } else if (!told.get().equals(stamp)) {
            images.forget(deviceId);
            throw new Moved();
        }
    }

    /** Whether all that was read stood under one stamp, which for guesses is that of now. */
    boolean isOfOneMoment() {
        boolean isGuess = mode == Mode.GUESSING && image != null;
        if (!isUnproven || (requests <= 1 && !isGuess)) {
            return true;
        }
        // Without any row no stamp was told: that is for the next attempt.
        Stamp seen = stamp;
        boolean isSame = seen != null && table.stamp(deviceId).equals(seen);
        if (!isSame) {
            images.forget(deviceId);
        }
        return isSame;
    }
}
