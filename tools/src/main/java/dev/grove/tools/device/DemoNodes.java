package dev.grove.tools.device;

import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;

/**
 * Something to play with on a device that has nothing else: {@code ./Demo/Settings} with leaves of several formats,
 * {@code ./Demo/Photo} of 300 KB, and {@link BackgroundWork} at {@code ./Demo/Work}.
 */
public final class DemoNodes {

    /** The identifier of {@code ./Demo} on devices of DM 2.0, which know nodes by their objects. */
    public static final String MOID = "urn:grove:mo:demo:1.0";

    static final NodeUri ROOT = NodeUri.parse("./Demo");

    /** The content of {@code ./Demo/Photo}. */
    public static final Bytes PHOTO = photo(300 * 1024);

    private DemoNodes() {}

    /** @param moid the identifier of {@code ./Demo}; empty for none */
    static Tree in(Tree tree, String moid, Instant now) {
        NodeUri settings = ROOT.child("Settings");
        return tree.with(ROOT, Node.interior(moid, now)).with(settings, Node.interior("", now))
                .with(settings.child("Name"), Node.of(Value.text("A simulated device"), now))
                .with(settings.child("Brightness"), Node.of(Value.of(Format.INT, "70"), now))
                .with(settings.child("Wifi"), Node.of(Value.of(Format.BOOL, "true"), now))
                .with(settings.child("Bookmark"), Node.of(Value.text("http://www.example.com/"), now))
                .with(ROOT.child("Photo"), Node.of(new Value(Format.BIN, "image/jpeg", PHOTO), now));
    }

    /** The same bytes each time, none of them text. */
    private static Bytes photo(int length) {
        byte[] bytes = new byte[length];
        int state = 0x2545F491;
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            state ^= state << 5;
            bytes[i] = (byte) state;
        }
        bytes[0] = (byte) 0xFF;
        return Bytes.wrap(bytes);
    }
}
