package dev.grove.dm2;

import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;

/**
 * Data of management objects in bytes, {@code application/dmmo+json} ([DM 2.0 §7.2.1.4]). Written is a list, as the
 * schema has it; read is one object without a list too, as the example of Appendix F has it.
 */
public final class ObjectCodec {

    private ObjectCodec() {}

    /** Whether a media type is that of serialized objects. */
    public static boolean isOne(Packet packet) {
        return packet.baseMediaType().equals(ObjectDocument.MEDIA_TYPE);
    }

    /** Writes a document. */
    public static Packet encode(ObjectDocument document) {
        return new Packet(ObjectDocument.MEDIA_TYPE,
                JsonText.write(Json.list(document.parts().stream().map(ObjectCodec::json).toList())));
    }

    private static Json json(ObjectDocument.Part part) {
        return Json.object().with("DDF", part.ddf()).with("ClientURI", part.uri()).with("CV", part.validator())
                .with("MOData", part.data()).build();
    }

    /**
     * Reads a document, whatever its media type says.
     *
     * @throws Malformed if it is no list of objects with {@code ClientURI} and {@code MOData} within the limits
     */
    public static ObjectDocument decode(Packet packet, Limits limits) throws Malformed {
        Json root = JsonText.read(packet.body(), limits);
        if (!(root instanceof Json.Arr) && !(root instanceof Json.Obj)) {
            throw JsonAt.root(root).malformed("a list of objects");
        }
        List<ObjectDocument.Part> parts = new ArrayList<>();
        for (JsonAt item : JsonAt.root(root).items()) {
            parts.add(part(item.object()));
        }
        return new ObjectDocument(parts);
    }

    private static ObjectDocument.Part part(JsonAt item) throws Malformed {
        JsonAt data = item.field("MOData");
        if (!(data.value() instanceof Json.Obj object)) {
            throw data.malformed("an object");
        }
        return new ObjectDocument.Part(item.field("DDF").optionalText(), item.field("ClientURI").text(),
                item.field("CV").optionalText(), object);
    }
}
