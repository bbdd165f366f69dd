package dev.grove.client;

import dev.grove.client.transport.Transport;
import dev.grove.client.transport.TransportException;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server on the other end of the transport, without a network: says yes to everything the device tells, and in answer
 * to each message that it has something scripted for, gives the commands.
 */
final class FakeServer implements Transport {

    /** What the server does with a message instead of answering it well. */
    interface Trouble {
        Optional<Packet> answer(URI address, Packet message) throws TransportException;
    }

    final List<Message> messages = new ArrayList<>();
    final List<Packet> packets = new ArrayList<>();
    final List<URI> addresses = new ArrayList<>();
    private final Deque<Object> script = new ArrayDeque<>();
    @Nullable
    String respUri;
    @Nullable
    Cred cred;
    private int msgId;

    /** In answer to the next message. */
    FakeServer say(Command... commands) {
        script.add(List.of(commands));
        return this;
    }

    FakeServer trouble(Trouble trouble) {
        script.add(trouble);
        return this;
    }

    @Override
    public Optional<Packet> exchange(URI address, Packet packet) throws TransportException {
        Message message = decode(packet);
        messages.add(message);
        packets.add(packet);
        addresses.add(address);
        if (message.header().msgId().equals("1")) {
            msgId = 0;
        }
        Object next = script.isEmpty() ? List.of() : script.pop();
        if (next instanceof Trouble trouble) {
            return trouble.answer(address, packet);
        }
        List<Command> body = new ArrayList<>(statuses(message));
        for (Object command : (List<?>) next) {
            body.add((Command) command);
        }
        return Optional.of(packet(message, body));
    }

    Packet packet(Message asked, List<Command> body) {
        SyncHdr header = asked.header();
        msgId++;
        Message answer = new Message(new SyncHdr(header.verDtd(), header.verProto(), header.sessionId(),
                Integer.toString(msgId), /* target= */ header.source(), /* source= */ header.target(), respUri, false,
                cred,
                Meta.NONE), body,
                true);
        return new Packet(Encoding.XML.mediaType(), SyncmlCodec.encode(answer, Encoding.XML));
    }

    static List<Command> statuses(Message message) {
        List<Command> statuses = new ArrayList<>();
        statuses.add(status(message, "0", "SyncHdr", 1));
        for (Command command : message.body()) {
            if (!(command instanceof Status) && !(command instanceof Command.Results)) {
                statuses.add(status(message, command.cmdId(), command.name(), statuses.size() + 1));
            }
        }
        return statuses;
    }

    private static Status status(Message message, String cmdRef, String name, int cmdId) {
        return new Status(Integer.toString(cmdId), message.header().msgId(), cmdRef, name, List.of(), List.of(), null,
                null, StatusCode.OK, null, List.of());
    }

    static Get get(String uri) {
        return new Get("100", Meta.NONE, List.of(Item.at(uri, Meta.NONE, null)));
    }

    static Replace replace(String uri, String text) {
        return new Replace("101", Meta.NONE, List.of(Item.at(uri, Meta.NONE, Data.of(text))));
    }

    static Exec exec(String uri, String correlator) {
        return new Exec("102", Meta.NONE, correlator, List.of(Item.at(uri, Meta.NONE, null)));
    }

    static Message decode(Packet packet) {
        try {
            return SyncmlCodec.decode(packet, Limits.DEFAULT);
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The codes of the alerts in the message number {@code index}, counted from 0 over all sessions. */
    List<Integer> alertsIn(int index) {
        return messages.get(index).body().stream().filter(Alert.class::isInstance)
                .map(command -> ((Alert) command).code()).map(AlertCode::code).toList();
    }

    /** The codes of the Statuses in the message number {@code index}, without that of the header. */
    List<Integer> statusesIn(int index) {
        return messages.get(index).body().stream().filter(Status.class::isInstance).map(Status.class::cast)
                .filter(status -> !status.isOfHeader()).map(status -> status.code().code()).toList();
    }
}
