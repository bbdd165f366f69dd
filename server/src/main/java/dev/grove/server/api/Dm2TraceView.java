package dev.grove.server.api;

import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The packages of DM 2.0 for people, with what is secret masked: the ids of addresses that only one device may use, and
 * the values of nodes that hold secrets. Of data that goes with package 3, only how long it is, is said.
 */
final class Dm2TraceView {

    private static final Pattern TICKET = Pattern.compile("(/(?:repository|ui)/[0-9a-f]{6})[0-9a-f]{20,}");

    private Dm2TraceView() {}

    /** Whether a media type is one of a package. */
    static boolean isOne(String mediaType) {
        String base = new Packet(mediaType, Bytes.EMPTY).baseMediaType();
        return base.startsWith("application/vnd.oma.dm.") && base.endsWith("+json");
    }

    /** The package as text. */
    static String of(Packet packet, Limits limits) throws Malformed {
        return JsonText.write(masked(JsonText.read(packet.body(), limits))).utf8();
    }

    private static Json masked(Json value) {
        return switch (value) {
            case Json.Obj(Map<String, Json> fields) -> {
                Map<String, Json> shown = new LinkedHashMap<>();
                fields.forEach((name, field) -> shown.put(name,
                        Secrets.isSecret(name) && !(field instanceof Json.Obj) ? Json.of(Secrets.MASK)
                                : masked(field)));
                yield new Json.Obj(shown);
            }
            case Json.Arr(List<Json> items) -> {
                List<Json> shown = new ArrayList<>();
                items.forEach(item -> shown.add(masked(item)));
                yield Json.list(shown);
            }
            case Json.Str(String text) -> Json.of(TICKET.matcher(text).replaceAll("$1…"));
            case Json.Num _,Json.Bool _,Json.Null _ -> value;
        };
    }
}
