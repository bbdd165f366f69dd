package dev.grove.tree;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is a ClientURI that is read as it is written, or is refused. */
class ClientUriFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes(FuzzedDataProvider data) {
        ClientUri uri;
        try {
            uri = ClientUri.parse(data.consumeRemainingAsString());
        } catch (IllegalArgumentException expected) {
            return;
        }
        // Halves of surrogate pairs become question marks when they are encoded; after that nothing changes any more.
        String written = ClientUri.parse(uri.toString()).toString();
        if (!ClientUri.parse(written).toString().equals(written)) {
            throw new AssertionError("does not read what it writes: " + uri);
        }
    }
}
