package dev.grove.mo;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.Requester;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.time.Instant;

/** Any bytes are a TNDS document or malformed; and whatever a document says, it is done whole or not at all. */
class TndsFuzzTest {

    private static final Tnds TNDS = new Tnds(new Limits(1 << 16, 64, 2000, 1 << 16), false);
    private static final TreeEditor EDITOR = new TreeEditor(
            TreeSetup.of(TreeRules.OMA).with(TNDS).with(StandardObjects.description()));

    @FuzzTest(maxDuration = "20m")
    void reads_or_says_malformed(FuzzedDataProvider data) {
        Bytes document = document(data);
        try {
            Value written = Tnds.XML.write(TNDS.read(document));
            if (TNDS.read(written.data()).isEmpty()) {
                throw new AssertionError("does not read what it writes");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
        Tree tree = Tree.empty(Instant.EPOCH);
        Value value = new Value(Format.XML, "application/vnd.syncml.dmtnds+xml", document);
        for (Operation operation : new Operation[] {new Operation.Add(Address.of(NodeUri.parse("./A")), value),
                new Operation.Replace(Address.of(NodeUri.ROOT), value)}) {
            Applied applied = EDITOR.apply(tree, operation, Requester.DEVICE, Instant.EPOCH);
            if (!applied.outcome().status().isSuccess() && !applied.tree().equals(tree)) {
                throw new AssertionError("refused, and yet something changed: " + applied.outcome());
            }
            tree = applied.tree();
        }
    }

    /** Pure noise seldom gets past the root: half of the time it stands inside of one. */
    private static Bytes document(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 2)) {
            case 0 -> Bytes.wrap(data.consumeRemainingAsBytes());
            case 1 -> Bytes.utf8("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>"
                    + data.consumeRemainingAsString() + "</MgmtTree>");
            default -> Bytes.hex("03016A00" + "0002" + "60" + "7703312e320001")
                    .plus(Bytes.wrap(data.consumeRemainingAsBytes()));
        };
    }
}
