package dev.grove.dm2;

import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Multipart.Part;
import dev.grove.wire.Multipart;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packages of a session in bytes, liberal in reading, strict in writing ([DM 2.0 §7.2.1, App. F]).
 *
 * <p>Written is what the JSON schemas of the specification say. Read are also the spellings of its examples: status
 * codes as plain numbers, the URIs of an HGET behind the number, one thing in the place of a list of one. A command
 * that is not understood becomes {@link Dm2Command.Misshapen}, and an alert without a type is left out; neither harms
 * what stands beside it.
 */
public final class Dm2Codec {

    /** Data goes with package 3 as the parts of a form ([DM 2.0 App. F]). */
    public static final String MULTIPART = Multipart.FORM_DATA;

    private static final int MAX_INDEX_DIGITS = 6;

    private Dm2Codec() {}

    /** Whether a media type is one of those in which devices send: package 1, package 3, or package 3 with data. */
    public static boolean isFromDevice(String mediaType) {
        String base = base(mediaType);
        return base.equals(Initiation.MEDIA_TYPE) || base.equals(Response.MEDIA_TYPE) || Multipart.isOne(base);
    }

    /** Whether a media type is the one in which servers send: package 2. */
    public static boolean isFromServer(String mediaType) {
        return base(mediaType).equals(Request.MEDIA_TYPE);
    }

    private static String base(String mediaType) {
        return new Packet(mediaType, Bytes.EMPTY).baseMediaType();
    }

    /**
     * Reads the package that the media type names.
     *
     * @throws Malformed if it is no media type of a package, or the body is not such a package within the limits
     */
    public static Dm2Package decode(Packet packet, Limits limits) throws Malformed {
        String base = packet.baseMediaType();
        if (Multipart.isOne(base)) {
            return withData(Multipart.read(packet, limits), limits);
        }
        JsonAt document = JsonAt.root(JsonText.read(packet.body(), limits)).object();
        return switch (base) {
            case Initiation.MEDIA_TYPE -> PackageReader.initiation(document);
            case Request.MEDIA_TYPE -> PackageReader.request(document);
            case Response.MEDIA_TYPE -> PackageReader.response(document);
            default -> throw new Malformed(-1, "", "the media type is one of DM 2.0 (DM 2.0 7.2)");
        };
    }

    /** Writes a package; one of the kind 3 with data as a form. */
    public static Packet encode(Dm2Package content) {
        return switch (content) {
            case Initiation initiation -> packet(Initiation.MEDIA_TYPE, PackageWriter.initiation(initiation));
            case Request request -> packet(Request.MEDIA_TYPE, PackageWriter.request(request));
            case Response response -> {
                Packet statuses = packet(Response.MEDIA_TYPE, PackageWriter.response(response));
                yield response.data().isEmpty() ? statuses : form(statuses, response.data());
            }
        };
    }

    private static Packet packet(String mediaType, Json content) {
        return new Packet(mediaType, JsonText.write(content));
    }

    // ---- package 3 with data

    private static Packet form(Packet statuses, Map<Integer, Packet> data) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of(null, statuses));
        data.forEach((index, content) -> parts.add(Part.of(Integer.toString(index), content)));
        return new Multipart(parts).write();
    }

    private static Response withData(Multipart form, Limits limits) throws Malformed {
        int first = indexOfStatuses(form);
        Packet statuses = form.parts().get(first).content();
        Response response = PackageReader.response(JsonAt.root(JsonText.read(statuses.body(), limits)).object());
        Map<Integer, Packet> data = new TreeMap<>();
        for (int i = 0; i < form.parts().size(); i++) {
            if (i != first) {
                Part part = form.parts().get(i);
                if (data.put(index(part, i), part.content()) != null) {
                    throw misnamed(i, "a name stands in a form once");
                }
            }
        }
        return new Response(response.statuses(), response.alerts(), data);
    }

    /** The first part should be package 3; known by its media type it may stand elsewhere. */
    private static int indexOfStatuses(Multipart form) throws Malformed {
        int found = -1;
        for (int i = 0; i < form.parts().size(); i++) {
            if (form.parts().get(i).content().baseMediaType().equals(Response.MEDIA_TYPE)) {
                if (found >= 0) {
                    throw misnamed(i, "package 3 stands in a form once");
                }
                found = i;
            }
        }
        if (found >= 0) {
            return found;
        }
        String first = form.parts().getFirst().content().baseMediaType().toLowerCase(Locale.ROOT);
        if (form.parts().getFirst().name().isEmpty() && (first.equals("application/json")
                || first.equals("text/plain"))) {
            return 0;
        }
        throw misnamed(0, "the first part of a form is package 3");
    }

    private static int index(Part part, int at) throws Malformed {
        String name = part.name().orElse("").strip();
        if (name.isEmpty() || name.length() > MAX_INDEX_DIGITS || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw misnamed(at, "the name of a part is the place of its command, from 0");
        }
        return Integer.parseInt(name);
    }

    private static Malformed misnamed(int part, String rule) {
        return new Malformed(-1, "part[" + part + "]", rule + " (DM 2.0 App. F)");
    }
}
