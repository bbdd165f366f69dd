package dev.grove.tools.inspect;

import dev.grove.notify.Dm13Notification;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.Notification;
import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.notify.envelope.WapPush;
import dev.grove.tools.inspect.Inspection.Form;
import dev.grove.tools.inspect.Inspection.View;
import dev.grove.tools.json.JsonWriter;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows notifications (package 0) and what they travel in: the door beside {@link Dm2Inspection}. */
public final class NotificationInspection {

    private final NotificationDocument document;

    private NotificationInspection(NotificationDocument document) {
        this.document = document;
    }

    /**
     * The notification in words.
     *
     * @param mediaType what it is said to be; if absent, its bytes tell
     * @return empty if it is something else
     */
    public static Optional<String> show(Bytes file, @Nullable String mediaType, View view) throws Malformed {
        Optional<NotificationDocument> document = NotificationDocument.read(file, mediaType);
        if (document.isPresent() && view.form() == Form.XML) {
            throw new Malformed(-1, "", "only documents of DM 1.x are shown as XML; this is a notification");
        }
        return document.map(NotificationInspection::new)
                .map(found -> view.form() == Form.JSON ? found.json() : found.text(view));
    }

    private String kind() {
        return !document.messages().isEmpty() ? "sms" : document.push() != null ? "wap-push" : "notification";
    }

    private String text(View view) {
        Lines out = new Lines(view.valueCharacters());
        String wrapping = switch (document.wrapping()) {
            case NONE -> "";
            case HEX -> " (from hexadecimal)";
            case BASE64 -> " (from base64)";
        };
        String what = switch (kind()) {
            case "sms" -> Wording.count(document.messages().size(), "short message");
            case "wap-push" -> "WAP push";
            case String other -> other;
        };
        out.add(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ", " + document.bytes() + " bytes"
                + wrapping);
        document.messages().forEach(message -> show(message, out));
        if (document.push() != null) {
            show(document.push(), out);
        }
        if (document.notification() != null) {
            show(document.notification(), out);
        }
        return out.toString();
    }

    private static void show(ShortMessage message, Lines out) {
        ShortMessage.Ports ports = Objects.requireNonNull(message.ports());
        ShortMessage.Part part = message.part();
        out.add("Short message to port " + ports.destination() + ", from port " + ports.source()
                + (part == null ? "" : ", part " + part.number() + " of " + part.total() + " (reference "
                        + part.reference() + ")"));
        out.inside(1, () -> message.others()
                .forEach(other -> out.value("element " + other.id(), "", other.value().hex())));
        if (part != null) {
            out.inside(1, () -> out.value("content", "", message.payload().hex()));
        }
    }

    private static void show(WapPush push, Lines out) {
        out.add("WAP push " + push.transactionId() + " of " + Lines.visible(push.contentType()));
        out.inside(1, () -> {
            push.parameters().forEach(field -> out.value("parameter " + field.name(), "", field.value()));
            optional("application", push.applicationId(), out);
            push.others().forEach(field -> out.value(field.name(), "", field.value()));
            if (!push.isForDeviceManagement()) {
                out.remark("another application than device management is meant");
            }
        });
    }

    private static void show(Notification notification, Lines out) {
        switch (notification) {
            case Notification.Dm1(TriggerMessage.Signed signed) -> show(signed, out);
            case Notification.Dm13(var received) -> show(received.notification(), received.digest(), out);
            case Notification.Dm2(Dm2NotificationCodec.Received received) -> show(received, out);
        }
    }

    private static void show(TriggerMessage.Signed signed, Lines out) {
        TriggerMessage message = signed.message();
        out.add("Notification of DM 1.x, version " + version(message));
        out.inside(1, () -> {
            out.value("server", "", message.serverId());
            out.value("session", "", message.sessionIdText());
            out.value("mode", "", word(message.uiMode()));
            out.value("initiator", "", initiator(message.isServerInitiated()));
            if (message.futureUse() != 0) {
                out.value("future use", "", Integer.toHexString(message.futureUse()));
            }
            if (!message.vendor().isEmpty()) {
                out.value("vendor", "", message.vendor());
            }
            out.value("digest", "MD5", signed.digest().hex());
        });
    }

    private static void show(Dm13Notification message, Bytes digest, Lines out) {
        out.add("Notification of DM 1.3 (experimental)");
        out.inside(1, () -> {
            out.value("server", "", message.serverId());
            out.value("session", "", Integer.toHexString(message.sessionId()).toUpperCase(Locale.ROOT));
            out.value("mode", "", word(message.uiMode()));
            out.value("initiator", "", initiator(message.isServerInitiated()));
            optional("expires", message.expires(), out);
            numbers("about objects", message.targetedObjects(), out);
            numbers("asks for objects", message.requestedObjects(), out);
            numbers("preferred bearers", message.preferredBearers(), out);
            optional("reason", message.reason(), out);
            optional("vendor", message.vendor(), out);
            out.value("digest", "MD5", digest.hex());
        });
    }

    private static void show(Dm2NotificationCodec.Received received, Lines out) {
        Dm2Notification message = received.notification();
        out.add("Notification of DM 2.0");
        out.inside(1, () -> {
            optional("server", message.serverId(), out);
            if (!message.preferred().isEmpty()) {
                out.value("preferred", "", String.join(", ", words(message.preferred())));
            }
            optional("id", message.id(), out);
            optional("sent", message.sentAt(), out);
            if (message.requestsObjects()) {
                out.add("asks for the objects that the device has");
            }
            String digest = digest(received);
            if (digest != null) {
                out.value("digest", "SHA-256", digest);
            } else {
                out.remark("without digest");
            }
        });
    }

    private static void optional(String name, @Nullable Object value, Lines out) {
        if (value != null) {
            out.value(name, "", value.toString());
        }
    }

    private static void numbers(String name, List<Integer> numbers, Lines out) {
        if (!numbers.isEmpty()) {
            out.value(name, "", String.join(", ", numbers.stream().map(String::valueOf).toList()));
        }
    }

    private static String version(TriggerMessage message) {
        return message.version() / 10 + "." + message.version() % 10;
    }

    private static String word(UiMode mode) {
        return switch (mode) {
            case NOT_SPECIFIED -> "none";
            case BACKGROUND -> "background";
            case INFORMATIVE -> "inform";
            case USER_INTERACTION -> "confirm";
        };
    }

    private static String initiator(boolean isServer) {
        return isServer ? "server" : "client";
    }

    private static List<String> words(List<ConnectionType> types) {
        return types.stream().map(type -> type.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static @Nullable String digest(Dm2NotificationCodec.Received received) {
        return received.isSigned() ? received.bytes().slice(received.digestAt(), received.digestAt() + 32).hex() : null;
    }

    private String json() {
        return JsonWriter.object(json -> {
            json.text("kind", kind()).number("bytes", document.bytes()).text("encoding", "binary");
            if (!document.messages().isEmpty()) {
                json.array("messages",
                        list -> document.messages().forEach(message -> list.element(one -> write(message, one))));
            }
            WapPush push = document.push();
            if (push != null) {
                json.child("push", one -> write(push, one));
            }
            Notification notification = document.notification();
            if (notification != null) {
                json.child("notification", one -> write(notification, one));
            }
        });
    }

    private static void write(ShortMessage message, JsonWriter json) {
        ShortMessage.Ports ports = Objects.requireNonNull(message.ports());
        json.number("destinationPort", ports.destination()).number("sourcePort", ports.source());
        ShortMessage.Part part = message.part();
        if (part != null) {
            json.number("reference", part.reference()).number("parts", part.total()).number("part", part.number());
            json.text("contentBase64", message.payload().base64());
        }
        if (!message.others().isEmpty()) {
            json.array("elements", list -> message.others().forEach(other -> list.element(one -> one
                    .number("id", other.id()).text("valueBase64", other.value().base64()))));
        }
    }

    private static void write(WapPush push, JsonWriter json) {
        json.number("transactionId", push.transactionId()).text("contentType", push.contentType());
        write("parameters", push.parameters(), json);
        json.text("applicationId", push.applicationId());
        write("headers", push.others(), json);
        json.flag("deviceManagement", push.isForDeviceManagement());
    }

    private static void write(String name, List<WapPush.Field> fields, JsonWriter json) {
        if (!fields.isEmpty()) {
            json.array(name, list -> fields.forEach(field -> list.element(one -> one.text("name", field.name())
                    .text("value", field.value()))));
        }
    }

    private static void write(Notification notification, JsonWriter json) {
        switch (notification) {
            case Notification.Dm1(TriggerMessage.Signed(TriggerMessage message, Bytes digest)) -> {
                json.text("protocol", "dm1").text("version", version(message)).text("serverId", message.serverId())
                        .number("sessionId", message.sessionId()).text("sessionIdText", message.sessionIdText())
                        .text("mode", word(message.uiMode()))
                        .text("initiator", initiator(message.isServerInitiated()));
                if (message.futureUse() != 0) {
                    json.number("futureUse", message.futureUse());
                }
                if (!message.vendor().isEmpty()) {
                    json.text("vendorBase64", message.vendor().base64());
                }
                json.text("digest", digest.hex());
            }
            case Notification.Dm13(var received) -> write(received.notification(), received.digest(), json);
            case Notification.Dm2(Dm2NotificationCodec.Received received) -> write(received, json);
        }
    }

    private static void write(Dm13Notification message, Bytes digest, JsonWriter json) {
        json.text("protocol", "dm13").text("serverId", message.serverId()).number("sessionId", message.sessionId())
                .text("mode", word(message.uiMode())).text("initiator", initiator(message.isServerInitiated()))
                .text("expires", message.expires() == null ? null : message.expires().toString());
        json.array("targetedObjects", list -> message.targetedObjects().forEach(n -> list.element(n.toString())));
        json.array("requestedObjects", list -> message.requestedObjects().forEach(n -> list.element(n.toString())));
        json.array("preferredBearers", list -> message.preferredBearers().forEach(n -> list.element(n.toString())));
        json.text("reason", message.reason()).text("vendor", message.vendor()).text("digest", digest.hex());
    }

    private static void write(Dm2NotificationCodec.Received received, JsonWriter json) {
        Dm2Notification message = received.notification();
        json.text("protocol", "dm20").text("serverId", message.serverId())
                .array("preferred", list -> words(message.preferred()).forEach(list::element))
                .number("notificationId", message.id())
                .text("sentAt", message.sentAt() == null ? null : message.sentAt().toString())
                .flag("requestsObjects", message.requestsObjects()).text("digest", digest(received));
    }
}
