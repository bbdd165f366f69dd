package dev.grove.tools.inspect;

import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body of DM 2.0 as it was found ([DM 2.0 §7.2, App. F]). */
sealed interface Dm2Document {

    /** Package 1, 2 or 3; of package 3, the data that came with it too. */
    record Session(Dm2Package content) implements Dm2Document {}

    /** Data of management objects. */
    record Objects(ObjectDocument content) implements Dm2Document {}

    /** Several bodies in one, none of which is package 3. */
    record Parts(Multipart content) implements Dm2Document {}

    /** A word for what it is. */
    default String kind() {
        return switch (this) {
            case Session(Initiation _) -> "dm2-package1";
            case Session(Request _) -> "dm2-package2";
            case Session(Response _) -> "dm2-package3";
            case Objects _ -> "dm2-objects";
            case Parts _ -> "multipart";
        };
    }

    /** The media type of a body, told by its first characters and fields; empty if it is none of DM 2.0. */
    static Optional<String> mediaType(Bytes body, Limits limits) throws Malformed {
        String start = body.slice(0, Math.min(body.length(), 200)).utf8().replace("\uFEFF", "").strip();
        if (start.startsWith("--")) {
            return Optional.of(Multipart.FORM_DATA);
        }
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        return Optional.of(switch (JsonText.read(body, limits)) {
            case Json.Obj(Map<String, Json> fields) when fields.containsKey("CMD") -> Request.MEDIA_TYPE;
            case Json.Obj(Map<String, Json> fields) when fields.containsKey("Status") -> Response.MEDIA_TYPE;
            case Json.Obj(Map<String, Json> fields) when !fields.containsKey("MOData") -> Initiation.MEDIA_TYPE;
            case Json.Obj _,Json.Arr _,Json.Str _,Json.Num _,Json.Bool _,Json.Null _ -> ObjectDocument.MEDIA_TYPE;
        });
    }

    static Dm2Document read(Packet packet, Limits limits) throws Malformed {
        if (ObjectCodec.isOne(packet)) {
            return new Objects(ObjectCodec.decode(packet, limits));
        }
        if (Multipart.isOne(packet.mediaType())) {
            Multipart parts = Multipart.read(packet, limits);
            boolean isPackage = parts.parts().stream()
                    .anyMatch(part -> part.content().baseMediaType().equals(Response.MEDIA_TYPE));
            return isPackage ? new Session(Dm2Codec.decode(packet, limits)) : new Parts(parts);
        }
        return new Session(Dm2Codec.decode(packet, limits));
    }

    /** What a part is, if it is data of objects. */
    static @Nullable ObjectDocument objects(Packet part, Limits limits) {
        try {
            return ObjectCodec.isOne(part) ? ObjectCodec.decode(part, limits) : null;
        } catch (Malformed broken) {
            return null;
        }
    }
}
