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
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of DM 1.2 with an MD5 credential, in three messages. The first sets the session up,
 * the second and third answer five operations. All devices share the first nonce.
 */
final class SyncmlScript implements Script {

    /** The job of every device: three Gets and two Replaces. */
    static final List<Operation> OPERATIONS = List.of(get("./DevDetail/SwV"), get("./DevDetail/FwV"),
            replace("./Settings/Brightness", Value.of(Format.INT, "80")),
            replace("./Settings/Name", Value.text("A device of the benchmark")), get("./Settings/Bookmark"));

    private static final String SERVER = "http://127.0.0.1/dm";
    private static final int ANSWERED_FIRST = 3;

    private final Encoding encoding;

    SyncmlScript(Encoding encoding) {
        this.encoding = encoding;
    }

    private static Operation get(String uri) {
        return new Operation.Get(Address.parse(uri));
    }

    private static Operation replace(String uri, Value value) {
        return new Operation.Replace(Address.parse(uri), value);
    }

    @Override
    public String path() {
        return "/dm";
    }

    @Override
    public String answerType() {
        return encoding.mediaType();
    }

    @Override
    public List<Operation> operations() {
        return OPERATIONS;
    }

    @Override
    public String spoken() {
        return "DM 1.2, " + encoding + "; MD5";
    }

    @Override
    public List<Template> tried(Connection connection) throws IOException, Malformed {
        Template setup = setup();
        connection.exchange(setup);
        Message asked = SyncmlCodec.decode(Bytes.wrap(connection.answer()), encoding, Limits.DEFAULT);
        Template first = firstAnswers(asked);
        connection.exchange(first);
        Template last = lastAnswers(asked);
        connection.exchange(last);
        return List.of(setup, first, last);
    }

    /** The first message. */
    Template setup() {
        Secret secret = new Secret(USER, PASSWORD, Bytes.EMPTY);
        Cred cred = new Cred(Meta.of("b64", Scheme.MD5.wireName()), Credentials.data(Scheme.MD5, secret));
        List<Item> info = List.of(leaf("./DevInfo/DevId", Template.deviceId(0)), leaf("./DevInfo/Man", "Grove"),
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
                new Location(Template.deviceId(0), USER), null, false, cred, limits);
        return new Template("Content-Type: " + encoding.mediaType() + "\r\n",
                SyncmlCodec.encode(new Message(header, body, isFinal), encoding).toArray(), false);
    }
}
