package dev.grove.tree;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is an address that is read as it is written, or is refused. */
class AddressFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes(FuzzedDataProvider data) {
        Address.Absolute address;
        try {
            address = Address.parse(data.consumeRemainingAsString());
        } catch (IllegalArgumentException expected) {
            return;
        }
        if (!Address.parse(address.toString()).equals(address)) {
            throw new AssertionError("does not read what it writes: " + address);
        }
        for (String segment : address.node().segments()) {
            if (segment.isEmpty() || segment.contains("/") || segment.equals("..") || segment.equals(".")) {
                throw new AssertionError("a bad segment in " + address);
            }
        }
    }
}
