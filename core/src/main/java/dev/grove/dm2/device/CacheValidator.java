package dev.grove.dm2.device;

import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether something has changed: a digest of all names, formats, types and values ([DM 2.0 §11.1]). Of what no
 * server may read only the version goes in, so that nobody can try values out against it.
 */
public final class CacheValidator {

    private static final int BYTES = 16;

    private final MessageDigest digest;
    private final ObjectView view;

    private CacheValidator(ObjectView view) {
        this.view = view;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Of the whole instance that the node belongs to. */
    public static String of(ObjectView view, Place place) {
        view.draw(place.of());
        CacheValidator validator = new CacheValidator(view);
        validator.feed(new Place(place.of(), place.of().root()));
        return validator.print();
    }

    /** Of these nodes and all below them. */
    public static String of(ObjectView view, List<Place> places) {
        CacheValidator validator = new CacheValidator(view);
        places.forEach(place -> {
            validator.feed(place.address().toString());
            validator.feed(place);
        });
        return validator.print();
    }

    private void feed(Place place) {
        view.tree().walk(place.uri(), (uri, node) -> {
            feed(uri.toString());
            feed(node.format().wireName());
            feed(node.type());
            if (view.isShown(uri)) {
                feed(node.data());
            } else {
                feed(node.timestamp() + "/" + node.verNo());
            }
        });
    }

    private void feed(String text) {
        feed(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void feed(Bytes bytes) {
        digest.update(Integer.toString(bytes.length()).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        bytes.feed(digest);
    }

    private String print() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
