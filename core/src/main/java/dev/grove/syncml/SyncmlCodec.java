package dev.grove.syncml;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import dev.grove.wire.Tokens;

/**
 * SyncML messages in bytes: XML and WBXML, liberal in reading, strict in writing ([REPPRO 1.2], [METINF 1.2]).
 *
 * <p>The codec carries {@link Data} as it is. Characters stay characters; bytes become OPAQUE in WBXML. What a value
 * means is the business of {@link ItemValue}, which gives the {@code Meta} and the {@code Data} that an encoding
 * demands. Bytes that reach the XML writer all the same are written as text, or as base64 under format {@code b64} if
 * they are none.
 */
public final class SyncmlCodec {

    private SyncmlCodec() {}

    /** Reads a message. */
    public static Message decode(Bytes body, Encoding encoding, Limits limits) throws Malformed {
        return switch (encoding) {
            case XML -> decodeXml(body, limits);
            case WBXML -> MessageReader.read(Tokens.ofWbxml(body, limits));
        };
    }

    private static Message decodeXml(Bytes body, Limits limits) throws Malformed {
        try {
            return MessageReader.read(Tokens.ofXml(body, limits));
        } catch (Malformed broken) {
            // Some servers do not escape the options of a user interaction: MINDT=10&DR=1.
            Bytes mended = body.length() > limits.maxBodyBytes() ? body : Tokens.withEscapedAmpersands(body);
            if (mended.equals(body)) {
                throw broken;
            }
            return MessageReader.read(Tokens.ofXml(mended, limits));
        }
    }

    /** Reads a message in the encoding that its media type names. */
    public static Message decode(Packet packet, Limits limits) throws Malformed {
        Encoding encoding = Encoding.ofMediaType(packet.baseMediaType()).orElseThrow(
                () -> new Malformed(-1, "", "the media type is one of SyncML (REPPRO 5)"));
        return decode(packet.body(), encoding, limits);
    }

    /** Writes a message. */
    public static Bytes encode(Message message, Encoding encoding) {
        return encode(message, Spelling.of(encoding));
    }

    /** Writes a message in a spelling with options. */
    public static Bytes encode(Message message, Spelling spelling) {
        MessageEncoder encoder = new MessageEncoder(message.header(), spelling);
        for (Command command : message.body()) {
            encoder.add(command);
        }
        return encoder.close(message.isFinal());
    }
}
