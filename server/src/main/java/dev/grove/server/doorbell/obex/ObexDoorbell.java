package dev.grove.server.doorbell.obex;

import dev.grove.notify.envelope.ObexHeader;
import dev.grove.notify.envelope.ObexPacket;
import dev.grove.server.doorbell.Doorbell;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Package 0 by OBEX over TCP: the device is the OBEX server, and the first PUT after a CONNECT to SyncML DM is taken as
 * package 0 ([DMNOTI 1.2 §7.2]). The device has it when it says so. The session that it then begins goes its own way,
 * so the connection is ended.
 */
public final class ObexDoorbell implements Doorbell {

    public static final String BEARER = "obex";

    private static final Logger LOG = LoggerFactory.getLogger(ObexDoorbell.class);

    /** Of responses; the highest bit says that they are final, as all are. */
    private static final int FINAL_BIT = 0x80;
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(0xC0, "bad request"),
            Map.entry(0xC1, "unauthorized"), Map.entry(0xC3, "forbidden"), Map.entry(0xC4, "not found"),
            Map.entry(0xC5, "method not allowed"), Map.entry(0xC6, "not acceptable"),
            Map.entry(0xCB, "length required"), Map.entry(0xCC, "precondition failed"),
            Map.entry(0xCD, "request entity too large"), Map.entry(0xCF, "unsupported media type"),
            Map.entry(0xD0, "internal error"), Map.entry(0xD1, "not implemented"),
            Map.entry(ObexPacket.UNAVAILABLE, "service unavailable"));

    private final ObexSettings settings;

    public ObexDoorbell(ObexSettings settings) {
        this.settings = settings;
    }

    @Override
    public String bearer() {
        return BEARER;
    }

    @Override
    public Pace pace() {
        return settings.flow().pace();
    }

    @Override
    public Optional<String> objection(String address) {
        return ObexAddress.parse(address, settings.port()).isPresent() ? Optional.empty()
                : Optional.of("an OBEX server is HOST or HOST:PORT (an IPv6 address stands in brackets)");
    }

    @Override
    public Result ring(Ring ring) {
        Optional<ObexAddress> address = ObexAddress.parse(ring.address(), settings.port());
        if (address.isEmpty()) {
            return new Result.AddressEnded("'" + ring.address() + "' is no address of an OBEX server");
        }
        try (ObexLine line = ObexLine.open(address.get(), settings.flow().patience())) {
            return talk(line, ring.notification());
        } catch (IOException failed) {
            return new Result.Failed("the device could not be told by OBEX: " + failed.getMessage(), null);
        } catch (Malformed malformed) {
            return new Result.Failed("the device does not speak OBEX: " + malformed.getMessage(), null);
        }
    }

    private static Result talk(ObexLine line, Packet notification) throws IOException, Malformed {
        ObexPacket connected = line.ask(ObexPacket.connect(ObexPacket.CONNECT, ObexLine.MAX_PACKET_OCTETS,
                new ObexHeader.Octets(ObexHeader.TARGET, ObexPacket.DEVICE_MANAGEMENT)));
        if (!isSuccess(connected)) {
            return refusal("CONNECT", connected);
        }
        List<ObexHeader> headers = new ArrayList<>();
        connected.number(ObexHeader.CONNECTION_ID)
                .ifPresent(id -> headers.add(new ObexHeader.Word(ObexHeader.CONNECTION_ID, id)));
        List<ObexHeader> first = new ArrayList<>(headers);
        first.add(ObexHeader.type(notification.baseMediaType()));
        first.add(new ObexHeader.Word(ObexHeader.LENGTH, notification.body().length()));
        for (ObexPacket put : ObexPacket.puts(first, notification.body(), connected.maxPacketOctets())) {
            ObexPacket answer = line.ask(put);
            boolean isWanted = put.isFinal() ? isSuccess(answer) : code(answer) == ObexPacket.CONTINUE;
            if (!isWanted) {
                leave(line, headers);
                return refusal("PUT", answer);
            }
        }
        leave(line, headers);
        return new Result.Delivered();
    }

    /** What comes of it changes nothing any more. */
    private static void leave(ObexLine line, List<ObexHeader> headers) {
        try {
            line.ask(ObexPacket.of(ObexPacket.DISCONNECT, headers.toArray(ObexHeader[]::new)));
        } catch (IOException | Malformed impolite) {
            LOG.debug("a device did not take leave by OBEX", impolite);
        }
    }

    private static int code(ObexPacket answer) {
        return answer.code() | FINAL_BIT;
    }

    private static boolean isSuccess(ObexPacket answer) {
        return code(answer) == ObexPacket.SUCCESS;
    }

    private static Result refusal(String request, ObexPacket answer) {
        int code = code(answer);
        String reason = "the device answers " + request + " with " + Integer.toHexString(code) + ", "
                + NAMES.getOrDefault(code, "a code of its own");
        return new Result.Failed(reason, code == ObexPacket.UNAVAILABLE ? LATER : null);
    }

    @Override
    public void close() {
        // Nothing is kept between calls.
    }
}
