package dev.grove.notify.envelope;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.TriggerMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What has a number of its own in WSP, as far as device management meets it ([WSP 1.0 App. A], OMNA). */
final class WspNames {

    private static final Map<Integer, String> CONTENT_TYPES = Map.ofEntries(Map.entry(0x00, "*/*"),
            Map.entry(0x02, "text/html"), Map.entry(0x03, "text/plain"), Map.entry(0x27, "application/xml"),
            Map.entry(0x2D, "text/vnd.wap.si"), Map.entry(0x2E, "application/vnd.wap.sic"),
            Map.entry(0x2F, "text/vnd.wap.sl"), Map.entry(0x30, "application/vnd.wap.slc"),
            Map.entry(0x35, "text/vnd.wap.connectivity-xml"),
            Map.entry(0x36, "application/vnd.wap.connectivity-wbxml"),
            Map.entry(0x42, "application/vnd.syncml.dm+wbxml"), Map.entry(0x43, "application/vnd.syncml.dm+xml"),
            Map.entry(0x44, TriggerMessage.MEDIA_TYPE), Map.entry(0x4E, "application/vnd.syncml.ds.notification"),
            Map.entry(0x58, Dm2Notification.MEDIA_TYPE), Map.entry(0x0302, "application/vnd.syncml+xml"),
            Map.entry(0x0303, "application/vnd.syncml+wbxml"));

    private static final String APPLICATION = "x-wap-application:";
    private static final Map<Integer, String> APPLICATIONS = Map.of(0, "*", 1, "push.sia", 2, "wml.ua", 3, "wta.ua", 4,
            "mms.ua", 5, "push.syncml", 6, "loc.ua", 7, "syncml.dm", 8, "drm.ua", 9, "emn.ua");

    private static final Map<Integer, String> HEADERS = Map.ofEntries(Map.entry(0x08, "Cache-Control"),
            Map.entry(0x0B, "Content-Encoding"), Map.entry(0x0D, "Content-Length"),
            Map.entry(0x0E, "Content-Location"), Map.entry(0x11, "Content-Type"), Map.entry(0x12, "Date"),
            Map.entry(0x14, "Expires"), Map.entry(0x1D, "Last-Modified"),
            Map.entry(0x2F, WapPush.APPLICATION_ID), Map.entry(0x30, "X-Wap-Content-URI"),
            Map.entry(0x31, "X-Wap-Initiator-URI"), Map.entry(0x34, "Push-Flag"), Map.entry(0x43, "Encoding-Version"));

    private static final Map<Integer, String> PARAMETERS = Map.of(0x01, "charset", 0x03, "type", 0x05, "name", 0x11,
            "SEC", 0x12, "MAC");

    private WspNames() {}

    /** A media type, or its number in hexadecimal if nobody here knows it. */
    static String contentType(long number) {
        return name(CONTENT_TYPES, number);
    }

    static Optional<Integer> numberOfContentType(String mediaType) {
        return number(CONTENT_TYPES, mediaType);
    }

    /** The URI of an application. */
    static String application(long number) {
        String name = number > Integer.MAX_VALUE ? null : APPLICATIONS.get((int) number);
        return name == null ? Long.toString(number) : APPLICATION + name;
    }

    /** The URI of an application that was named in one of the ways in which people do it. */
    static String application(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        name = name.startsWith("urn:") ? name.substring(4) : name;
        if (name.matches("[0-9]{1,9}")) {
            return application(Integer.parseInt(name));
        }
        return APPLICATIONS.containsValue(name) ? APPLICATION + name : name;
    }

    static Optional<Integer> numberOfApplication(String uri) {
        return uri.startsWith(APPLICATION)
                ? number(APPLICATIONS, uri.substring(APPLICATION.length()))
                : Optional.empty();
    }

    static String header(int number) {
        return name(HEADERS, number);
    }

    static String parameter(long number) {
        return name(PARAMETERS, number);
    }

    private static String name(Map<Integer, String> names, long number) {
        String name = number > Integer.MAX_VALUE ? null : names.get((int) number);
        return name == null ? "0x" + Long.toHexString(number) : name;
    }

    private static Optional<Integer> number(Map<Integer, String> names, String name) {
        return names.entrySet().stream().filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey).findFirst();
    }
}
