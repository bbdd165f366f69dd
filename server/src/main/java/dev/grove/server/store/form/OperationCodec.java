package dev.grove.server.store.form;

import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Via;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stored form of operations. Verbs and kinds of address are numbers that never change their meaning. */
public final class OperationCodec {

    private static final int VERSION = 1;

    private OperationCodec() {}

    public static Bytes encode(List<Operation> operations) {
        return Stored.encode(VERSION, out -> writeAll(out, operations));
    }

    public static List<Operation> decode(Bytes bytes) {
        return Stored.decode(VERSION, bytes, OperationCodec::readAll);
    }

    private static void writeAll(DataOutputStream out, List<Operation> operations) throws IOException {
        out.writeInt(operations.size());
        for (Operation operation : operations) {
            write(out, operation);
        }
    }

    private static void write(DataOutputStream out, Operation operation) throws IOException {
        switch (operation) {
            case Operation.Get(Address target, Via via) -> write(verb(out, via == Via.SESSION ? 1 : 13), target);
            case Operation.Add(Address target, Value value) -> write(verb(out, 2), target, value);
            case Operation.Replace(Address target, Value value) -> write(verb(out, 3), target, value);
            case Operation.Delete(Address target) -> write(verb(out, 4), target);
            case Operation.Copy(Address from, Address to) -> {
                write(verb(out, 5), from);
                write(out, to);
            }
            case Operation.Exec exec -> write(verb(out, 6), exec);
            case Operation.Atomic(List<Operation> members) -> writeAll(verb(out, 7), members);
            case Operation.Sequence(List<Operation> members) -> writeAll(verb(out, 8), members);
            case Operation.Display(String text, UiOptions options) -> write(verb(out, 9), text, options);
            case Operation.Confirm(String text, UiOptions options) -> write(verb(out, 10), text, options);
            case Operation.Input(String text, UiOptions options) -> write(verb(out, 11), text, options);
            case Operation.Choose choose -> write(verb(out, 12), choose);
            case Operation.Subscribe(Address target) -> write(verb(out, 14), target);
            case Operation.Unsubscribe(Address target) -> write(verb(out, 15), target);
            case Operation.Show(String url) -> Stored.text(verb(out, 16), url);
            case Operation.SetDefault(String moid, String url) -> {
                Stored.text(verb(out, 17), moid);
                Stored.text(out, url);
            }
            case Operation.ContinueAt(String url) -> Stored.text(verb(out, 18), url);
        }
    }

    private static DataOutputStream verb(DataOutputStream out, int number) throws IOException {
        out.writeByte(number);
        return out;
    }

    private static Operation read(DataInputStream in) throws IOException {
        int verb = in.readByte();
        return switch (verb) {
            case 1 -> new Operation.Get(readAddress(in));
            case 2 -> new Operation.Add(readAddress(in), Stored.value(in));
            case 3 -> new Operation.Replace(readAddress(in), Stored.value(in));
            case 4 -> new Operation.Delete(readAddress(in));
            case 5 -> new Operation.Copy(readAddress(in), readAddress(in));
            case 6 -> new Operation.Exec(readAddress(in), in.readBoolean() ? Stored.value(in) : null,
                    Stored.textOrNull(in));
            case 7 -> new Operation.Atomic(readAll(in));
            case 8 -> new Operation.Sequence(readAll(in));
            case 9 -> new Operation.Display(Stored.text(in), readOptions(in));
            case 10 -> new Operation.Confirm(Stored.text(in), readOptions(in));
            case 11 -> new Operation.Input(Stored.text(in), readOptions(in));
            case 12 -> readChoose(in);
            case 13 -> new Operation.Get(readAddress(in), Via.REPOSITORY);
            case 14 -> new Operation.Subscribe(readAddress(in));
            case 15 -> new Operation.Unsubscribe(readAddress(in));
            case 16 -> new Operation.Show(Stored.text(in));
            case 17 -> new Operation.SetDefault(Stored.text(in), Stored.text(in));
            case 18 -> new Operation.ContinueAt(Stored.text(in));
            default -> throw new IOException("unknown verb " + verb);
        };
    }

    private static List<Operation> readAll(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(read(in));
        }
        return operations;
    }

    private static void write(DataOutputStream out, Address target, Value value) throws IOException {
        write(out, target);
        Stored.value(out, value);
    }

    private static void write(DataOutputStream out, Operation.Exec exec) throws IOException {
        write(out, exec.target());
        Value argument = exec.argument();
        out.writeBoolean(argument != null);
        if (argument != null) {
            Stored.value(out, argument);
        }
        Stored.text(out, exec.correlator());
    }

    private static void write(DataOutputStream out, Operation.Choose choose) throws IOException {
        Stored.text(out, choose.text());
        out.writeInt(choose.choices().size());
        for (String choice : choose.choices()) {
            Stored.text(out, choice);
        }
        out.writeBoolean(choose.multiple());
        writeOptions(out, choose.options());
    }

    private static Operation.Choose readChoose(DataInputStream in) throws IOException {
        String text = Stored.text(in);
        int count = in.readInt();
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            choices.add(Stored.text(in));
        }
        return new Operation.Choose(text, choices, in.readBoolean(), readOptions(in));
    }

    private static void write(DataOutputStream out, String text, UiOptions options) throws IOException {
        Stored.text(out, text);
        writeOptions(out, options);
    }

    private static void writeOptions(DataOutputStream out, UiOptions options) throws IOException {
        Duration least = options.minDisplay();
        Duration most = options.maxDisplay();
        Integer length = options.maxLength();
        out.writeLong(least == null ? -1 : least.toMillis());
        out.writeLong(most == null ? -1 : most.toMillis());
        Stored.text(out, options.defaultResponse());
        out.writeInt(length == null ? -1 : length);
        Stored.text(out, options.inputType());
        Stored.text(out, options.echoType());
    }

    private static UiOptions readOptions(DataInputStream in) throws IOException {
        long least = in.readLong();
        long most = in.readLong();
        String defaultResponse = Stored.textOrNull(in);
        int length = in.readInt();
        return new UiOptions(least < 0 ? null : Duration.ofMillis(least), most < 0 ? null : Duration.ofMillis(most),
                defaultResponse, length < 0 ? null : length, Stored.textOrNull(in), Stored.textOrNull(in));
    }

    private static void write(DataOutputStream out, Address address) throws IOException {
        switch (address) {
            case Address.Absolute(NodeUri node, _) -> {
                out.writeByte(0);
                Stored.text(out, node.toString());
            }
            case Address.Relative(NodeUri start, String moid, List<Address.Condition> where, NodeUri path, _) -> {
                out.writeByte(1);
                Stored.text(out, start.toString());
                Stored.text(out, moid);
                out.writeInt(where.size());
                for (Address.Condition condition : where) {
                    Stored.text(out, condition.leaf().toString());
                    Stored.text(out, condition.value());
                }
                Stored.text(out, path.toString());
            }
            case Address.Client(ClientUri uri) -> {
                out.writeByte(2);
                Stored.text(out, uri.toString());
            }
        }
        if (!(address instanceof Address.Client)) {
            writePart(out, address.part());
        }
    }

    private static Address readAddress(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 0 -> new Address.Absolute(NodeUri.parse(Stored.text(in)), readPart(in));
            case 1 -> readRelative(in);
            case 2 -> new Address.Client(ClientUri.parse(Stored.text(in)));
            default -> throw new IOException("unknown kind of address " + kind);
        };
    }

    private static Address readRelative(DataInputStream in) throws IOException {
        NodeUri start = NodeUri.parse(Stored.text(in));
        String moid = Stored.text(in);
        int count = in.readInt();
        List<Address.Condition> where = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            where.add(new Address.Condition(NodeUri.parse(Stored.text(in)), Stored.text(in)));
        }
        NodeUri path = NodeUri.parse(Stored.text(in));
        return new Address.Relative(start, moid, where, path, readPart(in));
    }

    private static void writePart(DataOutputStream out, Address.Part part) throws IOException {
        switch (part) {
            case Address.Itself _ -> out.writeByte(0);
            case Address.Property(String name) -> Stored.text(verb(out, 1), name);
            case Address.Listing(String form) -> Stored.text(verb(out, 2), form);
        }
    }

    private static Address.Part readPart(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 0 -> Address.ITSELF;
            case 1 -> new Address.Property(Stored.text(in));
            case 2 -> new Address.Listing(Stored.text(in));
            default -> throw new IOException("unknown part of a node " + kind);
        };
    }
}
