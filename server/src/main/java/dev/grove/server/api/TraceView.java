package dev.grove.server.api;

import dev.grove.server.fleet.TraceEntry;
import dev.grove.syncml.Command;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A traced message for people: decoded, written as XML whatever its spelling was, and with the secrets masked, which
 * are credentials, nonces, and the values of nodes that hold such.
 */
final class TraceView {

    private static final Limits TRUSTED = new Limits(256 << 20, 1000, 10_000_000, 256 << 20);

    private TraceView() {}

    static Json.Obj of(TraceEntry entry) {
        Json.Builder view = Json.object().with("at", entry.at())
                .with("direction", entry.direction().name().toLowerCase(Locale.ROOT))
                .with("mediaType", entry.mediaType()).with("bytes", entry.body().length());
        Optional<Encoding> encoding = Encoding.ofMediaType(entry.mediaType());
        try {
            if (encoding.isPresent()) {
                Message message = SyncmlCodec.decode(entry.body(), encoding.get(), TRUSTED);
                view.with("message", SyncmlCodec.encode(masked(message), Encoding.XML).utf8());
            }
        } catch (Malformed malformed) {
            view.with("undecodable", malformed.getMessage());
        }
        return view.with("facts", Json.list(entry.facts().stream().map(Json::of).toList())).build();
    }

    static Message masked(Message message) {
        SyncHdr h = message.header();
        Cred cred = h.cred();
        SyncHdr header = new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                h.respUri(), h.noResp(), cred == null ? null : masked(cred), masked(h.meta()));
        return new Message(header, message.body().stream().map(TraceView::masked).toList(), message.isFinal());
    }

    private static Cred masked(Cred cred) {
        return new Cred(masked(cred.meta()), Secrets.MASK);
    }

    private static Meta masked(Meta meta) {
        return meta.nextNonce() == null
                ? meta
                : new Meta(meta.format(), meta.type(), meta.mark(), meta.size(), Secrets.MASK, meta.maxMsgSize(),
                        meta.maxObjSize(), meta.others());
    }

    private static Command masked(Command command) {
        return switch (command) {
            case Command.Add c -> new Command.Add(c.cmdId(), masked(c.meta()), masked(c.items()));
            case Command.Replace c -> new Command.Replace(c.cmdId(), masked(c.meta()), masked(c.items()));
            case Command.Delete c -> c;
            case Command.Copy c -> c;
            case Command.Get c -> c;
            case Command.Exec c -> new Command.Exec(c.cmdId(), masked(c.meta()), c.correlator(), masked(c.items()));
            case Command.Alert c -> new Command.Alert(c.cmdId(), c.code(), c.correlator(), masked(c.items()));
            case Command.Atomic c -> new Command.Atomic(c.cmdId(), c.meta(),
                    c.commands().stream().map(TraceView::masked).toList());
            case Command.Sequence c -> new Command.Sequence(c.cmdId(), c.meta(),
                    c.commands().stream().map(TraceView::masked).toList());
            case Command.Results c -> new Command.Results(c.cmdId(), c.msgRef(), c.cmdRef(), masked(c.meta()),
                    c.targetRef(), c.sourceRef(), masked(c.items()));
            case Command.Status c -> masked(c);
            case Command.Unknown c -> c;
        };
    }

    private static Command.Status masked(Command.Status c) {
        Cred cred = c.cred();
        Meta chal = c.chal();
        return new Command.Status(c.cmdId(), c.msgRef(), c.cmdRef(), c.cmd(), c.targetRefs(), c.sourceRefs(),
                cred == null ? null : masked(cred), chal == null ? null : masked(chal), c.code(), c.originalError(),
                masked(c.items()));
    }

    private static List<Item> masked(List<Item> items) {
        return items.stream().map(TraceView::masked).toList();
    }

    private static Item masked(Item item) {
        Data data = item.data();
        boolean isSecret = isSecret(item.target()) || isSecret(item.source())
                || (data != null && Secrets.holdsSecrets(data.text()));
        return new Item(item.target(), item.source(), item.sourceParent(), item.targetParent(), masked(item.meta()),
                data != null && isSecret ? Data.of(Secrets.MASK) : data, item.moreData());
    }

    private static boolean isSecret(@Nullable Location location) {
        return location != null && Secrets.isSecret(location.uri());
    }
}
