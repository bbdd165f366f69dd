package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.syncml.AlertCode;
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
import dev.grove.wire.Packet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session for people: decoded, written as XML whatever their spelling was, and with the secrets
 * masked, which are credentials, nonces, the values of nodes that hold such, and what a user typed in where he was
 * asked for a password ([DMPRO 1.3 §10.3.6]).
 */
final class TraceView {

    private static final Limits TRUSTED = new Limits(256 << 20, 1000, 10_000_000, 256 << 20);

    private static final Pattern PASSWORD_ECHO = Pattern.compile("(^|&)\\s*ET\\s*=\\s*P\\s*(&|$)",
            Pattern.CASE_INSENSITIVE);

    /** The CmdIDs of the alerts that asked for a password. */
    private final Set<String> passwordQuestions = new HashSet<>();

    private TraceView() {}

    static List<Json.Obj> of(List<TraceEntry> session) {
        TraceView view = new TraceView();
        return session.stream().map(view::show).toList();
    }

    private Json.Obj show(TraceEntry entry) {
        Json.Builder view = Json.object().with("at", entry.at())
                .with("direction", entry.direction().name().toLowerCase(Locale.ROOT))
                .with("mediaType", entry.mediaType()).with("bytes", entry.body().length());
        Optional<Encoding> encoding = Encoding.ofMediaType(entry.mediaType());
        try {
            if (encoding.isPresent()) {
                Message message = SyncmlCodec.decode(entry.body(), encoding.get(), TRUSTED);
                view.with("message", SyncmlCodec.encode(masked(message), Encoding.XML).utf8());
            } else if (Dm2TraceView.isOne(entry.mediaType())) {
                view.with("message", Dm2TraceView.of(new Packet(entry.mediaType(), entry.body()), TRUSTED));
            }
        } catch (Malformed malformed) {
            view.with("undecodable", malformed.getMessage());
        }
        return view.with("facts", Json.list(entry.facts().stream().map(Json::of).toList())).build();
    }

    private Message masked(Message message) {
        message.body().forEach(this::noteQuestions);
        SyncHdr h = message.header();
        Cred cred = h.cred();
        SyncHdr header = new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                h.respUri(), h.noResp(), cred == null ? null : masked(cred), masked(h.meta()));
        return new Message(header, message.body().stream().map(this::masked).toList(), message.isFinal());
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

    private Command masked(Command command) {
        return switch (command) {
            case Command.Add c -> new Command.Add(c.cmdId(), masked(c.meta()), masked(c.items()));
            case Command.Replace c -> new Command.Replace(c.cmdId(), masked(c.meta()), masked(c.items()));
            case Command.Delete c -> c;
            case Command.Copy c -> c;
            case Command.Get c -> c;
            case Command.Exec c -> new Command.Exec(c.cmdId(), masked(c.meta()), c.correlator(), masked(c.items()));
            case Command.Alert c -> new Command.Alert(c.cmdId(), c.code(), c.correlator(), masked(c.items()));
            case Command.Atomic c -> new Command.Atomic(c.cmdId(), c.meta(),
                    c.commands().stream().map(this::masked).toList());
            case Command.Sequence c -> new Command.Sequence(c.cmdId(), c.meta(),
                    c.commands().stream().map(this::masked).toList());
            case Command.Results c -> new Command.Results(c.cmdId(), c.msgRef(), c.cmdRef(), masked(c.meta()),
                    c.targetRef(), c.sourceRef(), masked(c.items()));
            case Command.Status c -> masked(c);
            case Command.Unknown c -> c;
        };
    }

    private void noteQuestions(Command command) {
        switch (command) {
            case Command.Container group -> group.commands().forEach(this::noteQuestions);
            case Command.Alert alert when asksForPassword(alert) -> passwordQuestions.add(alert.cmdId());
            case Command.Alert _,Command.Status _,Command.WithItems _,Command.Unknown _ -> {
                // asks for nothing
            }
        }
    }

    private static boolean asksForPassword(Command.Alert alert) {
        Data options = alert.items().isEmpty() ? null : alert.items().getFirst().data();
        return alert.code().equals(AlertCode.TEXT_INPUT) && options != null
                && PASSWORD_ECHO.matcher(options.text()).find();
    }

    private Command.Status masked(Command.Status c) {
        Cred cred = c.cred();
        Meta chal = c.chal();
        boolean isPassword = c.cmd().equalsIgnoreCase("Alert") && passwordQuestions.contains(c.cmdRef());
        return new Command.Status(c.cmdId(), c.msgRef(), c.cmdRef(), c.cmd(), c.targetRefs(), c.sourceRefs(),
                cred == null ? null : masked(cred), chal == null ? null : masked(chal), c.code(), c.originalError(),
                isPassword ? c.items().stream().map(item -> masked(item, true)).toList() : masked(c.items()));
    }

    private static List<Item> masked(List<Item> items) {
        return items.stream().map(TraceView::masked).toList();
    }

    private static Item masked(Item item) {
        Data data = item.data();
        return masked(item, isSecret(item.target()) || isSecret(item.source())
                || (data != null && Secrets.holdsSecrets(data.text())));
    }

    private static Item masked(Item item, boolean isSecret) {
        Data data = item.data();
        return new Item(item.target(), item.source(), item.sourceParent(), item.targetParent(), masked(item.meta()),
                data != null && isSecret ? Data.of(Secrets.MASK) : data, item.moreData());
    }

    private static boolean isSecret(@Nullable Location location) {
        return location != null && Secrets.isSecret(location.uri());
    }
}
