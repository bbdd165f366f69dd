package dev.grove.server.endpoint;

import dev.grove.server.doorbell.web.FcmDoorbell;
import dev.grove.server.endpoint.Gate.Who;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where devices tell the registration id that a messaging service has given them, and that it is over ([DM 2.0 appendix
 * E.2.3]): a form with the field {@code RegId}, and whatever the account had them add. They prove themselves as they do
 * for sessions. The id becomes the device's address for Firebase.
 */
public final class RegistrationEndpoint implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrationEndpoint.class);
    private static final String BEARER = "fcm";
    private static final String ID = "RegId";

    /** For devices that send no header with it: an account may say so in {@code RegParams}. */
    private static final String DEVICE = "DevID";
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final int SECONDS_TO_WAIT = 60;

    private final Store store;
    private final Gate gate;

    public RegistrationEndpoint(Store store, Gate gate) {
        this.store = store;
        this.gate = gate;
    }

    @Override
    public HttpAnswer.Whole handle(HttpCall call) {
        try {
            return answer(call);
        } catch (Store.Failure failure) {
            LOG.debug("the store failed; the device is told to come again: {}", failure.getMessage());
            return later("The store is not available.");
        } catch (BodyRefused refused) {
            return HttpAnswer.text(refused.status(), refused.reason());
        }
    }

    private HttpAnswer.Whole answer(HttpCall call) throws BodyRefused {
        if (!call.method().equals("POST")) {
            HttpAnswer.Whole answer = HttpAnswer.text(405, "A registration is told by POST.");
            return new HttpAnswer.Whole(answer.status(), answer.headers().with("Allow", "POST"), answer.body());
        }
        String type = call.headers().first("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            return HttpAnswer.text(415, "A registration is a form: application/x-www-form-urlencoded.");
        }
        List<PageForm.Field> fields = fields(call);
        Optional<String> device = Gate.named(call).or(call::transportIdentity).or(() -> first(fields, DEVICE));
        if (device.isEmpty()) {
            return HttpAnswer.text(400, "The header " + Gate.DEVICE_ID + " names the device.");
        }
        return switch (gate.ask(call, device.get())) {
            case Who.Refused(HttpAnswer.Whole answer) -> answer;
            case Who.Known _ -> told(call, device.get(), fields);
        };
    }

    /** The fields of the body; and of the address, where some clients put a query string. */
    private static List<PageForm.Field> fields(HttpCall call) throws BodyRefused {
        Bytes body = call.body(MAX_BODY_BYTES);
        return Stream.of(body.utf8().strip(), call.query()).flatMap(text -> PageForm.read(text).fields().stream())
                .toList();
    }

    /** What stands behind a name, however that is spelled; a {@code ?} before it was left over from a query string. */
    private static Optional<String> first(List<PageForm.Field> fields, String name) {
        return fields.stream().filter(field -> field.name().replaceFirst("^\\?", "").equalsIgnoreCase(name))
                .map(PageForm.Field::value).filter(value -> !value.isBlank()).findFirst();
    }

    private HttpAnswer.Whole told(HttpCall call, String device, List<PageForm.Field> fields) {
        // A plus that was not escaped reads as a space, and no id has one.
        Optional<String> id = first(fields, ID).map(value -> value.strip().replace(' ', '+'));
        boolean isRegistering = call.path().equals(DeviceDoors.REGISTER);
        if (id.isPresent() ? !FcmDoorbell.isRegistration(id.get()) : isRegistering) {
            return HttpAnswer.text(400, "The field " + ID + " holds the registration id of the messaging service.");
        }
        boolean isKnown = store.write(records -> {
            if (records.devices().find(device).isEmpty()) {
                return false;
            }
            Reach known = records.wakes().reach(device);
            Reach changed = isRegistering ? known.with(new Reach.Line(BEARER, id.orElseThrow()))
                    : over(known, id);
            if (!changed.equals(known)) {
                records.wakes().putReach(device, changed);
            }
            return true;
        });
        if (!isKnown) {
            return later("The device is not known here before its first session.");
        }
        LOG.atInfo().addKeyValue("device", device).addKeyValue("remote", call.remote())
                .log(isRegistering ? "registration told" : "registration ended");
        return new HttpAnswer.Whole(204, Headers.of("Cache-Control", "no-store"), Bytes.EMPTY);
    }

    /** Without the registration; one that has come since stays. */
    private static Reach over(Reach known, Optional<String> id) {
        boolean isThat = known.line(BEARER).filter(line -> id.isEmpty() || line.address().equals(id.get())).isPresent();
        return isThat ? known.without(BEARER) : known;
    }

    private static HttpAnswer.Whole later(String why) {
        HttpAnswer.Whole answer = HttpAnswer.text(503, why);
        return new HttpAnswer.Whole(answer.status(),
                answer.headers().with("Retry-After", Integer.toString(SECONDS_TO_WAIT)), answer.body());
    }
}
