package dev.grove.tools;

import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grove notify}: makes a notification, and sends it if that is wanted. */
@Command(name = "notify", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Makes the notification (package 0) by which a server has a device call: of DM 1.1.2 and 1.2, of DM 2.0 or, "
                + "as an experiment, of DM 1.3; bare, in a WAP push, or in short messages.",
        "It is printed, or sent over UDP. Secrets are never on the command line: they come from a file or the "
                + "environment."},
        footer = {"", "Examples:",
                "  grove notify --server-id grove --secret-file password --id 0x1234 --mode background",
                "  grove notify --server-id grove --secret-file password --envelope sms | grove decode -",
                "  grove notify --kind dm20 --server-id grove --secret-file secret --auth-data-file data "
                        + "--timestamp now --send udp://192.0.2.7:2948",
                "", "Exit status: 0 done; 1 it could not be sent; 2 wrong option or unreadable file, told in one "
                        + "line."})
final class NotifyCommand implements Runnable {

    private enum Envelope {
        NONE, WAP, SMS
    }

    private enum Output {
        HEX, BASE64, BINARY
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NotificationOptions notification = new NotificationOptions();

    @Option(names = "--envelope", paramLabel = "ENVELOPE", description = "none, wap (a push of WSP) or sms (the user "
            + "data of as many short messages as it takes, with the push inside). Default: none; wap with --send.")
    private @Nullable Envelope envelope;

    @Option(names = "--transaction-id", paramLabel = "N", defaultValue = "1", description = "Of the push, 0 to 255. "
            + "Default: ${DEFAULT-VALUE}.")
    private int transactionId = 1;

    @Option(names = "--reference", paramLabel = "N", defaultValue = "1", description = "Of short messages that belong "
            + "together, 0 to 255. Default: ${DEFAULT-VALUE}.")
    private int reference = 1;

    @Option(names = "--output", paramLabel = "FORM", defaultValue = "hex", description = "hex, base64 (a line for each "
            + "message) or binary. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.HEX;

    @Option(names = "--send", paramLabel = "udp://HOST:PORT", description = "Send it in a datagram instead of printing "
            + "it; without a port to 2948.")
    private @Nullable URI receiver;

    @Override
    public void run() {
        List<Bytes> messages;
        try {
            messages = messages(notification.packet());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        if (receiver != null) {
            send(messages.getFirst(), receiver);
        } else {
            print(messages);
        }
    }

    private List<Bytes> messages(Packet packet) {
        Envelope chosen = envelope != null ? envelope : receiver == null ? Envelope.NONE : Envelope.WAP;
        if (chosen == Envelope.SMS && receiver != null) {
            throw new IllegalArgumentException("--send: a datagram holds no short message");
        }
        if (chosen == Envelope.NONE) {
            return List.of(packet.body());
        }
        Bytes push = WapPush.of(transactionId, packet).encode();
        return chosen == Envelope.WAP ? List.of(push)
                : ShortMessage.split(ShortMessage.Ports.PUSH, reference, push).stream().map(ShortMessage::encode)
                        .toList();
    }

    private void print(List<Bytes> messages) {
        if (output == Output.BINARY) {
            if (messages.size() > 1) {
                throw CommandFailure
                        .input("it takes " + messages.size() + " short messages: print them as hex or base64");
            }
            System.out.write(messages.getFirst().toArray(), 0, messages.getFirst().length());
            System.out.flush();
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        messages.forEach(message -> out.println(output == Output.HEX ? message.hex() : message.base64()));
        out.flush();
    }

    private void send(Bytes message, URI to) {
        if (!"udp".equals(to.getScheme()) || to.getHost() == null || to.getPort() > 0xFFFF) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--send': " + to
                    + " is not udp://HOST:PORT");
        }
        InetSocketAddress address = new InetSocketAddress(to.getHost(), to.getPort() < 0 ? WapPush.PORT : to.getPort());
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(message.toArray(), message.length(), address));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(1, to + ": cannot be sent (" + e.getMessage() + ")");
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("sent " + message.length() + " bytes to " + to);
        err.flush();
    }
}
