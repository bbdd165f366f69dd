package dev.grove.tools.bench;

import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpLogin;
import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A session of DM 2.0 with HTTP Basic: package 1, five commands in package 2, their answers in package 3 (three of them
 * with data, so that it is a multipart body), and END.
 */
final class Dm2Script implements Script {

    private static final String OBJECT = "urn:oma:mo:oma-dm-devinfo:1.2//";
    private static final List<Operation> OPERATIONS = List.of(get(OBJECT + "Man"), get(OBJECT + "Mod"),
            get(OBJECT + "FwV"), new Operation.Delete(Address.read("urn:grove:mo:bench:1.0//Bookmark")),
            new Operation.Exec(Address.read("urn:grove:mo:bench:1.0//Restart"), null, null));

    private static Operation get(String uri) {
        return new Operation.Get(Address.read(uri));
    }

    @Override
    public String path() {
        return "/dm2";
    }

    @Override
    public String answerType() {
        return Request.MEDIA_TYPE;
    }

    @Override
    public List<Operation> operations() {
        return OPERATIONS;
    }

    @Override
    public String spoken() {
        return "DM 2.0, JSON; HTTP Basic";
    }

    @Override
    public List<Template> tried(Connection connection) throws IOException, Malformed {
        Template initiation = template(new Initiation(null, List.of(Dm2Alert.of(Dm2Alert.CLIENT_INITIATED))), false);
        connection.exchange(initiation);
        List<Dm2Command> asked = commands(connection.answer());
        if (asked.size() != OPERATIONS.size()) {
            throw new IllegalStateException("the server sent " + asked.size() + " commands in its first answer, not "
                    + OPERATIONS.size() + ": " + asked);
        }
        Template response = template(response(asked), true);
        connection.exchange(response);
        return List.of(initiation, response);
    }

    static List<Dm2Command> commands(byte[] answer) throws Malformed {
        Dm2Package read = Dm2Codec.decode(new Packet(Request.MEDIA_TYPE, Bytes.wrap(answer)), Limits.DEFAULT);
        return read instanceof Request(List<Dm2Command> commands) ? commands : List.of();
    }

    static Response response(List<Dm2Command> asked) {
        List<CommandStatus> statuses = new ArrayList<>();
        Map<Integer, Packet> data = new TreeMap<>();
        for (int i = 0; i < asked.size(); i++) {
            statuses.add(CommandStatus.of(StatusCode.OK));
            if (asked.get(i) instanceof Dm2Command.Get) {
                data.put(i, new Packet("text/plain", Bytes.utf8("some text")));
            }
        }
        return new Response(statuses, List.of(), data);
    }

    private static Template template(Dm2Package content, boolean returnsCookie) {
        Packet packet = Dm2Codec.encode(content);
        String head = "Content-Type: " + packet.mediaType() + "\r\nAccept: " + Request.MEDIA_TYPE + "\r\nOMADM-DevID: "
                + Template.deviceId(0) + "\r\nAuthorization: "
                + HttpBasic.print(new HttpLogin(USER, PASSWORD)) + "\r\n";
        return new Template(head, packet.body().toArray(), returnsCookie);
    }
}
