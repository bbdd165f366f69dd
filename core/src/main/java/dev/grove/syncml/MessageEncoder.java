package dev.grove.syncml;

import dev.grove.wire.Bytes;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.TokenWriter.Mark;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.WbxmlWriter.PublicId;
import dev.grove.wire.XmlText;
import dev.grove.wire.XmlWriter;

/**
 * Writes one message command by command and knows its exact size at every step, so that {@code MaxMsgSize} is kept
 * without writing anything twice ([DMPRO 1.3 §7]).
 *
 * <p>All sizes are those of the whole document, closed, with {@code Final}: the longest form it can take.
 */
public final class MessageEncoder {

    // The longest length field of opaque data.
    private static final int LENGTH_FIELD = 5;

    private final TokenWriter out;
    private final MessageWriter writer;
    private final Encoding encoding;
    private boolean closed;

    /** Begins a message: writes the header and opens the body. */
    public MessageEncoder(SyncHdr header, Spelling spelling) {
        encoding = spelling.encoding();
        out = writerFor(header.verDtd(), spelling);
        writer = new MessageWriter(out, encoding);
        writer.begin(header);
    }

    private static TokenWriter writerFor(String verDtd, Spelling spelling) {
        boolean old = verDtd.equals("1.1");
        return switch (spelling.encoding()) {
            case XML -> new XmlWriter(4096, old ? "SYNCML:SYNCML1.1" : "SYNCML:SYNCML1.2");
            case WBXML -> {
                PublicId id = old ? PublicId.SYNCML_1_1 : PublicId.SYNCML_1_2;
                yield new WbxmlWriter(2048, spelling.textualPublicId() ? id.asText() : id);
            }
        };
    }

    /** Adds a command. */
    public void add(Command command) {
        checkOpen();
        writer.command(command);
    }

    /** Adds a command if the message then has at most {@code maxBytes}; otherwise leaves it as it was. */
    public boolean tryAdd(Command command, long maxBytes) {
        checkOpen();
        Mark before = out.mark();
        writer.command(command);
        if (size() <= maxBytes) {
            return true;
        }
        out.undo(before);
        return false;
    }

    /** The bytes of the message if it were closed now. */
    public int size() {
        if (closed) {
            return out.size();
        }
        Mark before = out.mark();
        writer.end(true);
        int size = out.size();
        out.undo(before);
        return size;
    }

    /** The bytes by which the command would make the message longer. */
    public int sizeOf(Command command) {
        checkOpen();
        int before = size();
        Mark mark = out.mark();
        writer.command(command);
        int after = size();
        out.undo(mark);
        return after - before;
    }

    /**
     * How much of a value the command may carry so that the message has at most {@code maxBytes}.
     *
     * @param carrier a command with items; whatever data the last of them has does not count
     * @param rest what is still to send
     * @return how many characters of a text, or bytes of opaque data, from the beginning; less than 1 if none.
     *     Surrogate pairs and, where the item's format is {@code b64}, groups of four characters are not torn apart
     */
    public int fitting(Command carrier, Data rest, long maxBytes) {
        checkOpen();
        Data unit = rest instanceof Data.Opaque && encoding == Encoding.WBXML
                ? new Data.Opaque(Bytes.wrap(new byte[1]))
                : Data.of("x");
        long room = maxBytes - size() - sizeOf(Commands.withData(carrier, unit)) + 1;
        return switch (rest) {
            case Data.Text(String text) -> fittingText(text, room, Commands.isBase64(carrier));
            case Data.Markup(String xml) -> fittingText(xml, room, false);
            case Data.Opaque(Bytes bytes) -> fittingOpaque(bytes.length(), room);
        };
    }

    private int fittingText(String text, long room, boolean base64) {
        int fitting = encoding == Encoding.XML
                ? XmlText.fittingInXml(text, room)
                : XmlText.fittingInUtf8(text, text.indexOf(0) < 0 ? room : room - LENGTH_FIELD);
        return base64 && fitting < text.length() ? fitting - fitting % 4 : fitting;
    }

    /** One byte was counted with a length field of one byte; longer fields take more. */
    private int fittingOpaque(int length, long room) {
        if (encoding == Encoding.XML) {
            return (int) Math.min(length, room / 4 * 3);
        }
        long best = 0;
        for (int field = 1; field <= LENGTH_FIELD; field++) {
            best = Math.max(best, Math.min(room - field + 1, (1L << (7 * field)) - 1));
        }
        return (int) Math.min(length, best);
    }

    /** Closes the message. */
    public Bytes close(boolean isFinal) {
        checkOpen();
        writer.end(isFinal);
        closed = true;
        return out.toBytes();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the message is closed");
        }
    }
}
