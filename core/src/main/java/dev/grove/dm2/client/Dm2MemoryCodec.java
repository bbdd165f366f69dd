package dev.grove.dm2.client;

import dev.grove.dm2.ServerUri;
import dev.grove.dm2.client.Dm2Memory.PendingExec;
import dev.grove.dm2.client.Dm2Memory.Source;
import dev.grove.dm2.client.Dm2Memory.Subscription;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Dm2Memory} as bytes, for whoever keeps it. */
public final class Dm2MemoryCodec {

    private static final Limits LIMITS = new Limits(64 << 20, 10, 100_000, 64 << 20);

    private static final String SUBSCRIPTIONS = "subscriptions";
    private static final String DEFAULTS = "defaults";
    private static final String EXECS = "execs";

    private Dm2MemoryCodec() {}

    public static Bytes encode(Dm2Memory memory) {
        Json.Builder defaults = Json.object();
        memory.defaults().forEach((moid, source) -> defaults.with(moid,
                list(source.serverId(), source.from().template())));
        Json.Builder execs = Json.object();
        memory.execs().forEach((correlator, exec) -> execs.with(correlator,
                list(exec.serverId(), exec.source(), exec.reportTo())));
        List<Json> subscriptions = new ArrayList<>();
        memory.subscriptions().forEach(one -> subscriptions.add(
                list(one.serverId(), one.node(), one.to().template(), one.told())));
        return JsonText.write(Json.object().with(SUBSCRIPTIONS, Json.list(subscriptions))
                .with(DEFAULTS, defaults.build()).with(EXECS, execs.build()).build());
    }

    private static Json list(String... texts) {
        return Json.list(List.of(texts).stream().map(Json::of).toList());
    }

    /** @throws Malformed if this class has not written it */
    public static Dm2Memory decode(Bytes bytes) throws Malformed {
        if (!(JsonText.read(bytes, LIMITS) instanceof Json.Obj(Map<String, Json> fields))) {
            throw broken();
        }
        try {
            List<Subscription> subscriptions = new ArrayList<>();
            for (Json one : items(fields.get(SUBSCRIPTIONS))) {
                List<String> texts = texts(one, 4);
                subscriptions.add(new Subscription(texts.get(0), texts.get(1), new ServerUri(texts.get(2)),
                        texts.get(3)));
            }
            Map<String, Source> defaults = new LinkedHashMap<>();
            for (Map.Entry<String, Json> one : entries(fields.get(DEFAULTS))) {
                List<String> texts = texts(one.getValue(), 2);
                defaults.put(one.getKey(), new Source(texts.get(0), new ServerUri(texts.get(1))));
            }
            Map<String, PendingExec> execs = new LinkedHashMap<>();
            for (Map.Entry<String, Json> one : entries(fields.get(EXECS))) {
                List<String> texts = texts(one.getValue(), 3);
                execs.put(one.getKey(), new PendingExec(texts.get(0), texts.get(1), texts.get(2)));
            }
            return new Dm2Memory(subscriptions, defaults, execs);
        } catch (IllegalArgumentException notOurs) {
            throw broken();
        }
    }

    private static List<Json> items(@Nullable Json json) throws Malformed {
        if (json instanceof Json.Arr(List<Json> items)) {
            return items;
        }
        throw broken();
    }

    private static Iterable<Map.Entry<String, Json>> entries(@Nullable Json json)
            throws Malformed {
        if (json instanceof Json.Obj(Map<String, Json> fields)) {
            return fields.entrySet();
        }
        throw broken();
    }

    private static List<String> texts(Json json, int count) throws Malformed {
        List<String> texts = new ArrayList<>();
        for (Json item : items(json)) {
            if (!(item instanceof Json.Str(String text))) {
                throw broken();
            }
            texts.add(text);
        }
        if (texts.size() != count) {
            throw broken();
        }
        return texts;
    }

    private static Malformed broken() {
        return new Malformed(-1, "", "this is no memory of a DM 2.0 device");
    }
}
