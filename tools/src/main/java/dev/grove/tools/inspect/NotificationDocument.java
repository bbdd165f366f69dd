package dev.grove.tools.inspect;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Notification;
import dev.grove.notify.envelope.SmsReassembly;
import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.envelope.WapPush;
import dev.grove.tools.inspect.Input.Wrapping;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A notification and the envelopes that it was found in, the outermost first.
 *
 * @param bytes how long the file was without its wrapping
 * @param messages short messages, of which more than one are the parts of one
 * @param push if there was one
 * @param notification if it was there, and whole
 */
record NotificationDocument(int bytes, Wrapping wrapping, List<ShortMessage> messages, @Nullable WapPush push,
        @Nullable Notification notification) {

    // Nothing that a bearer carries is longer; a document that is need not be looked at as hexadecimal.
    private static final int LONGEST = 1 << 17;
    private static final Set<String> MEDIA_TYPES = Set.of(TriggerMessage.MEDIA_TYPE, Dm2Notification.MEDIA_TYPE);

    /**
     * Recognises a notification by its media type or its bytes, as they are, in hexadecimal or in base64. Lines may be
     * the parts of a short message.
     *
     * @return empty if it is something else
     * @throws Malformed if the media type says that it is a notification, and it is none
     */
    static Optional<NotificationDocument> read(Bytes file, @Nullable String mediaType) throws Malformed {
        boolean isNamed = mediaType != null && MEDIA_TYPES.contains(new Packet(mediaType, file).baseMediaType());
        if (file.length() > LONGEST || (mediaType != null && !isNamed)) {
            return Optional.empty();
        }
        if (!isText(file)) {
            return found(of(file, Wrapping.NONE, mediaType), mediaType, file);
        }
        String text = file.utf8();
        Optional<Bytes> hex = HexText.parse(text);
        Optional<NotificationDocument> found = parts(text, Wrapping.HEX).or(() -> parts(text, Wrapping.BASE64))
                .or(() -> hex.flatMap(bytes -> of(bytes, Wrapping.HEX, mediaType)))
                .or(() -> base64(text).flatMap(bytes -> of(bytes, Wrapping.BASE64, mediaType)));
        return found(found, mediaType, hex.orElse(file));
    }

    /** Random octets are no text; digits that somebody wrote are. */
    private static boolean isText(Bytes file) {
        return file.utf8().chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\n' || c == '\r' || c == '\t');
    }

    /** What was found, or why what has the media type of a notification is none. */
    private static Optional<NotificationDocument> found(Optional<NotificationDocument> found,
            @Nullable String mediaType, Bytes octets) throws Malformed {
        if (found.isEmpty() && mediaType != null) {
            Notification.decode(new Packet(mediaType, octets));
        }
        return found;
    }

    private static Optional<NotificationDocument> of(Bytes bytes, Wrapping wrapping, @Nullable String mediaType) {
        if (mediaType != null) {
            return notification(new Packet(mediaType, bytes))
                    .map(found -> new NotificationDocument(bytes.length(), wrapping, List.of(), null, found));
        }
        Optional<ShortMessage> message = message(bytes);
        if (message.isPresent()) {
            Optional<WapPush> push = message.get().part() == null ? push(message.get().payload()) : Optional.empty();
            return Optional.of(new NotificationDocument(bytes.length(), wrapping, List.of(message.get()),
                    push.orElse(null), push.flatMap(found -> notification(found.content())).orElse(null)));
        }
        Optional<WapPush> push = push(bytes);
        if (push.isPresent()) {
            return Optional.of(new NotificationDocument(bytes.length(), wrapping, List.of(), push.get(),
                    notification(push.get().content()).orElse(null)));
        }
        return bare(bytes).map(found -> new NotificationDocument(bytes.length(), wrapping, List.of(), null, found));
    }

    /** A short message to the port of pushes. */
    private static Optional<ShortMessage> message(Bytes bytes) {
        try {
            ShortMessage message = ShortMessage.decode(bytes);
            return message.ports() != null && message.ports().destination() == WapPush.PORT
                    ? Optional.of(message)
                    : Optional.empty();
        } catch (Malformed other) {
            return Optional.empty();
        }
    }

    /** A push of something with a name: random bytes have none. */
    private static Optional<WapPush> push(Bytes bytes) {
        try {
            WapPush push = WapPush.decode(bytes);
            return push.contentType().contains("/") ? Optional.of(push) : Optional.empty();
        } catch (Malformed other) {
            return Optional.empty();
        }
    }

    private static Optional<Notification> notification(Packet packet) {
        try {
            return MEDIA_TYPES.contains(packet.baseMediaType())
                    ? Optional.of(Notification.decode(packet))
                    : Optional.empty();
        } catch (Malformed other) {
            return Optional.empty();
        }
    }

    /** Without envelope; nothing marks a trigger, so it has to be one of those that are really sent. */
    private static Optional<Notification> bare(Bytes bytes) {
        Optional<Notification> later = notification(new Packet(Dm2Notification.MEDIA_TYPE, bytes));
        return later.isPresent() ? later
                : notification(new Packet(TriggerMessage.MEDIA_TYPE, bytes)).filter(NotificationDocument::isUsual);
    }

    private static boolean isUsual(Notification notification) {
        return notification instanceof Notification.Dm1(TriggerMessage.Signed(TriggerMessage message, Bytes _))
                && message.version() >= TriggerMessage.VERSION_1_1_2 && message.version() <= 13
                && message.futureUse() == 0 && !message.serverId().isEmpty()
                && message.serverId().chars().noneMatch(Character::isISOControl);
    }

    /** The parts of a short message, one a line. */
    private static Optional<NotificationDocument> parts(String text, Wrapping wrapping) {
        List<String> lines = text.strip().lines().toList();
        if (lines.size() < 2) {
            return Optional.empty();
        }
        List<ShortMessage> messages = new ArrayList<>();
        SmsReassembly state = SmsReassembly.empty();
        Optional<Bytes> whole = Optional.empty();
        int bytes = 0;
        for (String line : lines) {
            Optional<Bytes> octets = wrapping == Wrapping.HEX ? HexText.parse(line) : base64(line);
            Optional<ShortMessage> message = octets.flatMap(NotificationDocument::message);
            if (message.isEmpty() || message.get().part() == null) {
                return Optional.empty();
            }
            SmsReassembly.Step step = state.add("", message.get(), Instant.EPOCH);
            state = step.next();
            whole = step.whole().isPresent() ? step.whole() : whole;
            messages.add(message.get());
            bytes += octets.get().length();
        }
        Optional<WapPush> push = whole.flatMap(NotificationDocument::push);
        return Optional.of(new NotificationDocument(bytes, wrapping, messages, push.orElse(null),
                push.flatMap(found -> notification(found.content())).orElse(null)));
    }

    private static Optional<Bytes> base64(String text) {
        try {
            return Optional.of(Bytes.base64(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
