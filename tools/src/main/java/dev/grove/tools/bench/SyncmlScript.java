package dev.grove.tools.bench;

import dev.grove.auth.Credentials;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every device says: a session of DM 1.2 with an MD5 credential, in three messages. The first sets the session up,
 * the second and third answer five operations. All devices share user name, password and first nonce, and their
 * identifiers have one length: so one message serves them all, with the identifier put in its place.
 */
final class Script {

    static final String USER = "bench";
    static final String PASSWORD = "a password of some length";

    /** The job of every device: three Gets and two Replaces. */
    static final List<Operation> OPERATIONS = List.of(get("./DevDetail/SwV"), get("./DevDetail/FwV"),
            replace("./Settings/Brightness", Value.of(Format.INT, "80")),
            replace("./Settings/Name", Value.text("A device of the benchmark")), get("./Settings/Bookmark"));

    private static final String SERVER = "http://127.0.0.1/dm";
    private static final int DIGITS = 15;
    private static final int ANSWERED_FIRST = 3;

    private final Encoding encoding;

    Script(Encoding encoding) {
        this.encoding = encoding;
    }

    private static Operation get(String uri) {
        return new Operation.Get(Address.parse(uri));
    }

    private static Operation replace(String uri, Value value) {
        return new Operation.Replace(Address.parse(uri), value);
    }

    static String deviceId(int number) {
        return String.format(Locale.ROOT, "IMEI:%0" + DIGITS + "d", number);
    }

    /** A message with the identifier of any device put in its place. For one thread. */
    static final class Template {

        private final byte[] message;
        private final int idAt;

        private Template(byte[] message, int idAt) {
            this.message = message;
            this.idAt = idAt;
        }

        private static Template of(Bytes message) {
            byte[] bytes = message.toArray();
            byte[] id = deviceId(0).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i + id.length <= bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + id.length, id, 0, id.length)) {
                    return new Template(bytes, i + id.length - DIGITS);
                }
            }
            throw new IllegalStateException("the message does not name its device");
        }

        /** One that another thread may use. */
        Template copy() {
            return new Template(message.clone(), idAt);
        }

        /** The bytes, not copied: they change with {@link #putId}. */
        byte[] message() {
            return message;
        }

        /** Makes it the message of a device. */
        void putId(int number) {
            int rest = number;
            for (int i = DIGITS - 1; i >= 0; i--) {
                message[idAt + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }

    /** The first message. */
    Template setup() {
        Secret secret = new Secret(USER, PASSWORD, Bytes.EMPTY);
        Cred cred = new Cred(Meta.of("b64", Scheme.MD5.wireName()), Credentials.data(Scheme.MD5, secret));
        List<Item> info = List.of(leaf("./DevInfo/DevId", deviceId(0)), leaf("./DevInfo/Man", "Grove"),
                leaf("./DevInfo/Mod", "Bench"), leaf("./DevInfo/DmV", "1.2"), leaf("./DevInfo/Lang", "en"));
        // The identifier in DevInfo stays that of the first device: nobody compares it, and it is patched but once.
        return message(1, cred, List.of(new Alert("1", AlertCode.CLIENT_INITIATED, null, List.of()),
                new Replace("2", Meta.NONE, info)), true);
    }

    private static Item leaf(String uri, String text) {
        return Item.from(uri, Meta.of("chr", "text/plain"), Data.of(text));
    }

    /** The second message: the first answers, not the last of its package. */
    Template firstAnswers(Message operations) {
        return message(2, null, answers(operations, 0, ANSWERED_FIRST), false);
    }

    /** The third message: the other answers. */
    Template lastAnswers(Message operations) {
        return message(3, null, answers(operations, ANSWERED_FIRST, OPERATIONS.size()), true);
    }

    private static List<Command> answers(Message operations, int from, int to) {
        List<Command> asked = operations.body().stream()
                .filter(command -> !(command instanceof Status) && !(command instanceof Alert)).toList();
        if (asked.size() != OPERATIONS.size()) {
            throw new IllegalStateException("the server sent " + asked.size() + " operations in its first answer, not "
                    + OPERATIONS.size() + ": " + operations.body());
        }
        String msgRef = operations.header().msgId();
        List<Command> answers = new ArrayList<>();
        answers.add(status(1, from == 0 ? msgRef : "2", Status.OF_HEADER, "SyncHdr"));
        for (Command command : asked.subList(from, to)) {
            answers.add(status(answers.size() + 1, msgRef, command.cmdId(), command.name()));
            if (command instanceof Command.Get get) {
                Item item = get.items().getFirst();
                answers.add(new Results(Integer.toString(answers.size() + 1), msgRef, command.cmdId(), Meta.NONE, null,
                        null, List.of(leaf(item.target() == null ? "" : item.target().uri(), "some text"))));
            }
        }
        return answers;
    }

    private static Status status(int cmdId, String msgRef, String cmdRef, String cmd) {
        return new Status(Integer.toString(cmdId), msgRef, cmdRef, cmd, List.of(), List.of(), null, null, StatusCode.OK,
                null, List.of());
    }

    private Template message(int msgId, @Nullable Cred cred, List<Command> body, boolean isFinal) {
        Meta limits = new Meta(null, null, null, null, null, 16_384L, null, List.of());
        SyncHdr header = new SyncHdr("1.2", "DM/1.2", "1", Integer.toString(msgId), new Location(SERVER),
                new Location(deviceId(0), USER), null, false, cred, limits);
        return Template.of(SyncmlCodec.encode(new Message(header, body, isFinal), encoding));
    }
}
