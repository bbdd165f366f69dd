package dev.grove.dm2;

import dev.grove.tree.StatusCode;

/**
 * The status codes of commands ([DM 2.0 App. C]). Some numbers mean here what they do not mean in DM 1.x: 507 is a
 * refusal by the user, and there an Atomic that failed.
 */
public final class Dm2Status {

    public static final StatusCode OK = StatusCode.OK;
    /** EXEC: the result comes later, as a Generic Alert. */
    public static final StatusCode ACCEPTED = StatusCode.ACCEPTED_FOR_PROCESSING;
    /** GET of what has no content. */
    public static final StatusCode NO_CONTENT = new StatusCode(204);
    /** The cache validator that came with the ClientURI is that of the instance. */
    public static final StatusCode NOT_MODIFIED = StatusCode.NOT_MODIFIED;
    public static final StatusCode BAD_REQUEST = StatusCode.BAD_REQUEST;
    public static final StatusCode FORBIDDEN = StatusCode.FORBIDDEN;
    public static final StatusCode NOT_FOUND = StatusCode.NOT_FOUND;
    /** EXEC of what cannot be executed; DELETE of what must be there. */
    public static final StatusCode COMMAND_NOT_ALLOWED = StatusCode.COMMAND_NOT_ALLOWED;
    /** HPUT and HPOST: no format that the server takes. */
    public static final StatusCode NOT_ACCEPTABLE = new StatusCode(406);
    /** HGET: the format of what was fetched is unknown. */
    public static final StatusCode UNSUPPORTED_MEDIA_TYPE = StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT;
    /** The request to the ServerURI failed. */
    public static final StatusCode SERVER_URI_ERROR = new StatusCode(419);
    public static final StatusCode INTERNAL_ERROR = new StatusCode(500);
    public static final StatusCode NOT_IMPLEMENTED = new StatusCode(501);
    public static final StatusCode SERVICE_UNAVAILABLE = StatusCode.SERVICE_UNAVAILABLE;
    /** HGET: there is no room for the data. */
    public static final StatusCode DEVICE_FULL = new StatusCode(506);
    public static final StatusCode USER_REJECTED = new StatusCode(507);

    private Dm2Status() {}

    /** The name of a code as DM 2.0 has it; as {@link StatusCode#text()} has it where DM 2.0 does not name it. */
    public static String text(StatusCode status) {
        return switch (status.code()) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 204 -> "No content";
            case 406 -> "Not acceptable";
            case 415 -> "Unsupported media type";
            case 419 -> "ServerURI error";
            case 500 -> "Internal error";
            case 501 -> "Not implemented";
            case 503 -> "Service unavailable";
            case 506 -> "Device full";
            case 507 -> "User rejected";
            default -> status.code() >= 1000 ? application(status.code()) : status.text();
        };
    }

    /** Codes of applications are grouped as those of the protocol are. */
    private static String application(int code) {
        return switch (code / 100) {
            case 12 -> "Application success";
            case 13 -> "Application redirection";
            case 14 -> "Application originator error";
            case 15 -> "Application recipient error";
            default -> "Application code";
        };
    }
}
