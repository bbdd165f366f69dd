package dev.grove.tree.edit;

import dev.grove.tree.Acl;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.time.Instant;

/** A tree with its editor, for tests: does one operation after the other, as server A unless told otherwise. */
final class Device {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TreeEditor editor;
    private Requester who = Requester.server("A");
    private Instant now = START;
    Tree tree;

    Device(TreeSetup setup) {
        this.editor = new TreeEditor(setup);
        this.tree = Tree.empty(START);
    }

    static Device oma() {
        return new Device(TreeSetup.of(TreeRules.OMA));
    }

    /** A device on which A holds every right. */
    static Device open() {
        return oma().acl(".", "Add=*&Delete=*&Exec=*&Get=*&Replace=*");
    }

    static Device open(TreeSetup setup) {
        return new Device(setup).acl(".", "Add=*&Delete=*&Exec=*&Get=*&Replace=*");
    }

    // ---- setting the scene, without checks

    Device interior(String uri) {
        return put(uri, Value.interior(""));
    }

    Device interior(String uri, String moid) {
        return put(uri, Value.interior(moid));
    }

    Device leaf(String uri, String text) {
        return put(uri, Value.text(text));
    }

    Device leaf(String uri, Format format, String text) {
        return put(uri, Value.of(format, text));
    }

    Device put(String uri, Value value) {
        tree = tree.with(NodeUri.parse(uri), Node.of(value, START));
        return this;
    }

    Device permanent(String uri) {
        tree = tree.change(NodeUri.parse(uri), Node::asPermanent);
        return this;
    }

    Device acl(String uri, String acl) {
        tree = tree.change(NodeUri.parse(uri), node -> node.withAcl(Acl.parse(acl)));
        return this;
    }

    Device as(String server) {
        who = Requester.server(server);
        return this;
    }

    Device asDevice() {
        who = Requester.DEVICE;
        return this;
    }

    Device at(Instant time) {
        now = time;
        return this;
    }

    // ---- operations

    Applied apply(Operation operation) {
        Applied applied = editor.apply(tree, operation, who, now);
        tree = applied.tree();
        return applied;
    }

    Outcome outcome(Operation operation) {
        return apply(operation).outcome();
    }

    int status(Operation operation) {
        return outcome(operation).status().code();
    }

    AtomicRun atomic() {
        return editor.atomic(tree, who, now);
    }

    int add(String uri, Value value) {
        return status(new Operation.Add(Address.parse(uri), value));
    }

    int add(String uri, String text) {
        return add(uri, Value.text(text));
    }

    int addInterior(String uri) {
        return add(uri, Value.interior(""));
    }

    int replace(String uri, Value value) {
        return status(new Operation.Replace(Address.parse(uri), value));
    }

    int replace(String uri, String text) {
        return replace(uri, Value.text(text));
    }

    int delete(String uri) {
        return status(new Operation.Delete(Address.parse(uri)));
    }

    int copy(String from, String to) {
        return status(new Operation.Copy(Address.parse(from), Address.parse(to)));
    }

    int exec(String uri) {
        return status(new Operation.Exec(Address.parse(uri), null, null));
    }

    int get(String uri) {
        return status(new Operation.Get(Address.parse(uri)));
    }

    /** What a Get reads, or its status if it is refused. */
    String read(String uri) {
        Outcome outcome = outcome(new Operation.Get(Address.parse(uri)));
        return outcome.results().isEmpty() ? outcome.status().toString() : outcome.results().getFirst().value().text();
    }

    boolean has(String uri) {
        return tree.has(NodeUri.parse(uri));
    }

    Node node(String uri) {
        return tree.at(NodeUri.parse(uri)).orElseThrow();
    }
}
