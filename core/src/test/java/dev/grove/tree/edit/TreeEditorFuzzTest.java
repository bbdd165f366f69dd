package dev.grove.tree.edit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.mo.NodeBuilder;
import dev.grove.mo.StandardObjects;
import dev.grove.mo.Tnds;
import dev.grove.tree.Acl;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Applied.Answer;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whatever is asked of whatever node: an answer is a value, and a refusal leaves the very same tree. */
class TreeEditorFuzzTest {

    private static final String[] NAMES = {"DevInfo", "DMAcc", "Inbox", "Ext", "a", "b", "one", "Live", "Runs", "%41",
            "DevDetail", "LrgObj"};
    private static final String[] TEXTS = {"", "1", "true", "Get=*", "Replace=A+B&Get=*", "a", "b", "./Inbox/x",
            "x".repeat(300),
            "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>a</NodeName><Node><NodeName>b</NodeName>"
                    + "</Node></Node></MgmtTree>",
            "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName/><RTProperties><ACL>Get=A</ACL><Format><node/></Format>"
                    + "<Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties></Node></MgmtTree>"};
    private static final String[] TYPES = {"", "text/plain", "application/vnd.syncml.dmtnds+xml",
            "urn:oma:mo:oma-dm-dmacc:1.0", "urn:test:settings:1.0"};

    @FuzzTest(maxDuration = "20m")
    void answers_everything(FuzzedDataProvider data) {
        FakeSettings settings = new FakeSettings();
        settings.values.put("one", "1");
        TreeRules rules = data.consumeBoolean() ? TreeRules.OMA : TreeRules.WINDOWS;
        TreeEditor editor = new TreeEditor(TreeSetup.of(rules).with(new TreeLimits(6, 100, 20, 60)).with(Tnds.XML)
                .with(StandardObjects.description()).with(Mounts.NONE.with(NodeUri.parse("./Live"), settings)));
        Tree tree = Tree.empty(Instant.EPOCH).with(NodeUri.parse("./a"), NodeBuilder.dynamic("", Instant.EPOCH)
                .leaf("b", "text").interior("one", one -> one.leaf("a", Format.INT, "1")).build());
        tree = tree.change(NodeUri.ROOT, root -> root.withAcl(Acl.parse("Add=*&Delete=*&Exec=*&Get=*&Replace=A")));
        for (int i = 0; i < 12 && data.remainingBytes() > 0; i++) {
            Requester who = data.consumeBoolean() ? Requester.server(data.consumeBoolean() ? "A" : "B")
                    : Requester.DEVICE;
            Applied applied = editor.apply(tree, operation(data, 2), who, Instant.EPOCH.plusSeconds(i));
            if (refused(applied.answer()) && !applied.tree().equals(tree)) {
                throw new AssertionError("refused, and yet something changed: " + applied.answer());
            }
            if (applied.tree().root().nodeCount() > 200) {
                throw new AssertionError("the tree outgrew its limit");
            }
            tree = applied.tree();
        }
    }

    private static boolean refused(Answer answer) {
        return !answer.outcome().status().isSuccess();
    }

    private static Operation operation(FuzzedDataProvider data, int depth) {
        Address address = address(data);
        return switch (data.consumeInt(0, depth == 0 ? 5 : 7)) {
            case 0 -> new Operation.Get(address);
            case 1 -> new Operation.Add(address, value(data));
            case 2 -> new Operation.Replace(address, value(data));
            case 3 -> new Operation.Delete(address);
            case 4 -> new Operation.Copy(address, address(data));
            case 5 -> new Operation.Exec(address, value(data), null);
            case 6 -> new Operation.Atomic(members(data, depth));
            default -> new Operation.Sequence(members(data, depth));
        };
    }

    private static List<Operation> members(FuzzedDataProvider data, int depth) {
        List<Operation> members = new ArrayList<>();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            members.add(operation(data, depth - 1));
        }
        return members;
    }

    private static Address address(FuzzedDataProvider data) {
        NodeUri uri = uri(data);
        Address.Part part = switch (data.consumeInt(0, 5)) {
            case 0 -> new Address.Property(data.pickValue(new String[] {"ACL", "Name", "Title", "Size", "x"}));
            case 1 ->
                new Address.Listing(data.pickValue(new String[] {"Struct", "StructData", "TNDS", "TNDS-ACL", ""}));
            default -> Address.ITSELF;
        };
        if (data.consumeInt(0, 4) > 0) {
            return new Address.Absolute(uri, part);
        }
        List<Address.Condition> where = data.consumeBoolean() ? List.of()
                : List.of(new Address.Condition(uri(data), data.pickValue(TEXTS)));
        return new Address.Relative(uri(data), data.pickValue(TYPES), where, uri, part);
    }

    private static NodeUri uri(FuzzedDataProvider data) {
        NodeUri uri = NodeUri.ROOT;
        for (int depth = data.consumeInt(0, 3); depth > 0; depth--) {
            uri = uri.child(data.pickValue(NAMES));
        }
        return uri;
    }

    private static Value value(FuzzedDataProvider data) {
        Bytes bytes = data.consumeBoolean() ? Bytes.utf8(data.pickValue(TEXTS)) : Bytes.wrap(data.consumeBytes(20));
        return new Value(data.pickValue(Format.values()), data.pickValue(TYPES), bytes);
    }
}
