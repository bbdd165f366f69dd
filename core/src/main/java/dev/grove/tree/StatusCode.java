package dev.grove.tree;

/**
 * A status code of the OMA DM family ([REPPRO 1.2 §10], [DM 2.0 App. C]). The set is open: a code that this class does
 * not name is kept as it is and judged by its class.
 *
 * @param code the number as it stands on the wire, 100 to 1999
 */
public record StatusCode(int code) {

    public static final StatusCode IN_PROGRESS = new StatusCode(101);
    public static final StatusCode OK = new StatusCode(200);
    public static final StatusCode ACCEPTED_FOR_PROCESSING = new StatusCode(202);
    public static final StatusCode AUTHENTICATION_ACCEPTED = new StatusCode(212);
    public static final StatusCode CHUNK_ACCEPTED = new StatusCode(213);
    public static final StatusCode OPERATION_CANCELLED = new StatusCode(214);
    public static final StatusCode NOT_EXECUTED = new StatusCode(215);
    public static final StatusCode ATOMIC_ROLL_BACK_OK = new StatusCode(216);
    public static final StatusCode NOT_MODIFIED = new StatusCode(304);
    public static final StatusCode BAD_REQUEST = new StatusCode(400);
    public static final StatusCode INVALID_CREDENTIALS = new StatusCode(401);
    public static final StatusCode FORBIDDEN = new StatusCode(403);
    public static final StatusCode NOT_FOUND = new StatusCode(404);
    public static final StatusCode COMMAND_NOT_ALLOWED = new StatusCode(405);
    public static final StatusCode OPTIONAL_FEATURE_NOT_SUPPORTED = new StatusCode(406);
    public static final StatusCode MISSING_CREDENTIALS = new StatusCode(407);
    public static final StatusCode REQUEST_TIMEOUT = new StatusCode(408);
    public static final StatusCode SIZE_REQUIRED = new StatusCode(411);
    public static final StatusCode INCOMPLETE_COMMAND = new StatusCode(412);
    public static final StatusCode REQUEST_ENTITY_TOO_LARGE = new StatusCode(413);
    public static final StatusCode URI_TOO_LONG = new StatusCode(414);
    public static final StatusCode UNSUPPORTED_MEDIA_TYPE_OR_FORMAT = new StatusCode(415);
    public static final StatusCode REQUESTED_RANGE_NOT_SATISFIABLE = new StatusCode(416);
    public static final StatusCode RETRY_LATER = new StatusCode(417);
    public static final StatusCode ALREADY_EXISTS = new StatusCode(418);
    public static final StatusCode DEVICE_FULL = new StatusCode(420);
    public static final StatusCode SIZE_MISMATCH = new StatusCode(424);
    public static final StatusCode PERMISSION_DENIED = new StatusCode(425);
    public static final StatusCode COMMAND_FAILED = new StatusCode(500);
    public static final StatusCode SERVICE_UNAVAILABLE = new StatusCode(503);
    public static final StatusCode DTD_VERSION_NOT_SUPPORTED = new StatusCode(505);
    public static final StatusCode ATOMIC_FAILED = new StatusCode(507);
    public static final StatusCode DATA_STORE_FAILURE = new StatusCode(510);
    public static final StatusCode SERVER_FAILURE = new StatusCode(511);
    public static final StatusCode PROTOCOL_VERSION_NOT_SUPPORTED = new StatusCode(513);
    public static final StatusCode ATOMIC_ROLL_BACK_FAILED = new StatusCode(516);
    public static final StatusCode ATOMIC_RESPONSE_TOO_LARGE = new StatusCode(517);

    public StatusCode {
        if (code < 100 || code > 1999) {
            throw new IllegalArgumentException("status code " + code + " is outside 100..1999");
        }
    }

    /** 2xx: what was asked for has been, or is being, done. */
    public boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    /** The name of the code in plain English, or that of its class if the code itself is unknown. */
    public String text() {
        return switch (code) {
            case 101 -> "In progress";
            case 200 -> "OK";
            case 202 -> "Accepted for processing";
            case 212 -> "Authentication accepted";
            case 213 -> "Chunked item accepted and buffered";
            case 214 -> "Operation cancelled by the user";
            case 215 -> "Not executed";
            case 216 -> "Atomic roll back OK";
            case 304 -> "Not modified";
            case 400 -> "Bad request";
            case 401 -> "Invalid credentials";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Command not allowed";
            case 406 -> "Optional feature not supported";
            case 407 -> "Authentication required";
            case 408 -> "Request timeout";
            case 411 -> "Size required";
            case 412 -> "Incomplete command";
            case 413 -> "Request entity too large";
            case 414 -> "URI too long";
            case 415 -> "Unsupported media type or format";
            case 416 -> "Requested range not satisfiable";
            case 417 -> "Retry later";
            case 418 -> "Already exists";
            case 420 -> "Device full";
            case 424 -> "Size mismatch";
            case 425 -> "Permission denied";
            case 500 -> "Command failed";
            case 503 -> "Service unavailable";
            case 505 -> "DTD version not supported";
            case 507 -> "Atomic failed";
            case 510 -> "Data store failure";
            case 511 -> "Server failure";
            case 513 -> "Protocol version not supported";
            case 516 -> "Atomic roll back failed";
            case 517 -> "Atomic response too large to fit";
            default -> "Unknown " + switch (code / 100) {
                case 1 -> "informational code";
                case 2 -> "success";
                case 3 -> "redirection";
                case 4 -> "originator error";
                case 5 -> "recipient error";
                default -> "code";
            };
        };
    }

    @Override
    public String toString() {
        return Integer.toString(code);
    }
}
