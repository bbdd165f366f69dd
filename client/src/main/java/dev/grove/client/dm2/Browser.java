package dev.grove.client.dm2;

import dev.grove.dm2.client.Event.Browsing;
import java.net.URI;

/** The port to the browser of the device, for SHOW ([DM 2.0 §5.3.7]). */
public interface Browser {

    /** Begins to show a page; returns at once, whatever the user does. The address is one that the policy allows. */
    Browsing open(URI page);

    /** A device without a browser. */
    Browser NONE = _ -> Browsing.NONE;
}
