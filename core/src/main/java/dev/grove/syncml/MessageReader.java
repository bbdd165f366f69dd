package dev.grove.syncml;

import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Message} of a token stream ([REPPRO 1.2 §6]). Elements may stand in any order; of one that stands
 * twice where it may stand once, the last counts; one that the model has no place for is passed over. A missing body
 * is an empty one ([MS-MDM §3]).
 */
final class MessageReader {

    private final Tokens in;
    private final CommandReader commands;

    private MessageReader(Tokens in) {
        this.in = in;
        this.commands = new CommandReader(in);
    }

    static Message read(Tokens in) throws Malformed {
        return new MessageReader(in).message();
    }

    private Message message() throws Malformed {
        if (in.nextTag() != Tag.SYNCML) {
            throw in.malformed("the root element is SyncML (REPPRO 6.1)");
        }
        SyncHdr header = null;
        boolean isFinal = false;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.SYNC_HDR -> header = header();
                case Tag.SYNC_BODY -> isFinal |= commands.body();
                default -> in.skip();
            }
        }
        if (header == null) {
            throw in.malformed("a SyncML document has a SyncHdr (REPPRO 6.1)");
        }
        return new Message(header, commands.all(), isFinal);
    }

    private SyncHdr header() throws Malformed {
        String verDtd = "";
        String verProto = "";
        String sessionId = "";
        String msgId = "";
        Location target = null;
        Location source = null;
        String respUri = null;
        boolean noResp = false;
        Cred cred = null;
        Meta meta = Meta.NONE;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.VER_DTD -> verDtd = in.leaf();
                case Tag.VER_PROTO -> verProto = in.leaf();
                case Tag.SESSION_ID -> sessionId = in.leaf();
                case Tag.MSG_ID -> msgId = in.leaf();
                case Tag.TARGET -> target = commands.location();
                case Tag.SOURCE -> source = commands.location();
                case Tag.RESP_URI -> respUri = in.leaf();
                case Tag.NO_RESP -> {
                    in.skip();
                    noResp = true;
                }
                case Tag.CRED -> cred = commands.cred();
                case Tag.META -> meta = MetaReader.read(in);
                default -> in.skip();
            }
        }
        require(verDtd, "VerDTD");
        require(verProto, "VerProto");
        require(sessionId, "SessionID");
        require(msgId, "MsgID");
        return new SyncHdr(verDtd, verProto, sessionId, msgId, present(target, "Target"), present(source, "Source"),
                respUri, noResp, cred, meta);
    }

    private void require(String text, String name) throws Malformed {
        if (text.isEmpty()) {
            throw in.malformed("SyncHdr has a " + name + " (REPPRO 6.2)");
        }
    }

    private Location present(@Nullable Location location, String name) throws Malformed {
        if (location == null) {
            throw in.malformed("SyncHdr has a " + name + " with a LocURI (REPPRO 6.2)");
        }
        return location;
    }
}
