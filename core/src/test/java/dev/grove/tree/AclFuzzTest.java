package dev.grove.tree;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is an ACL that is read as it is written, or is refused with the rule. */
class AclFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Acl acl;
        try {
            acl = Acl.parse(text);
        } catch (IllegalArgumentException expected) {
            if (!String.valueOf(expected.getMessage()).contains("TND")) {
                throw new AssertionError("a rule is named", expected);
            }
            return;
        }
        if (!acl.equals(Acl.parse(acl.toString())) || !acl.toString().equals(Acl.parse(acl.toString()).toString())) {
            throw new AssertionError("does not read what it writes: " + acl);
        }
        if (acl.without("A").grants().values().stream().anyMatch(servers -> servers.contains("A"))) {
            throw new AssertionError("A stays: " + acl);
        }
    }
}
