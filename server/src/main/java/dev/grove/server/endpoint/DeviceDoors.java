package dev.grove.server.endpoint;

import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import java.time.Duration;
import java.util.Map;

/** The devices' listener: DM 2.0 at its paths with what its commands point to, DM 1.x everywhere else. */
public final class DeviceDoors implements HttpHandler {

    /** Where the Data Repository begins. */
    public static final String REPOSITORY = "/repository/";

    /** Where the Web Server Component begins. */
    public static final String PAGES = "/ui/";

    /** Where devices fetch their accounts. */
    public static final String BOOTSTRAP = "/bootstrap/";

    /** Where devices tell the registration that a messaging service has given them. */
    public static final String REGISTER = "/push/register";

    /** Where they tell that it is over. */
    public static final String UNREGISTER = "/push/unregister";

    private final HttpHandler dm1;
    private final Map<String, HttpHandler> atPath;
    private final Map<String, HttpHandler> below;
    private final Telemetry telemetry;

    /**
     * @param dm1 takes what no other does, and counts for itself
     * @param atPath handlers of single paths
     * @param below handlers of all that begins with a path
     */
    public DeviceDoors(HttpHandler dm1, Map<String, HttpHandler> atPath, Map<String, HttpHandler> below,
            Telemetry telemetry) {
        this.dm1 = dm1;
        this.atPath = Map.copyOf(atPath);
        this.below = Map.copyOf(below);
        this.telemetry = telemetry;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        HttpHandler door = atPath.get(call.path());
        for (Map.Entry<String, HttpHandler> wide : below.entrySet()) {
            if (call.path().startsWith(wide.getKey())) {
                door = wide.getValue();
            }
        }
        if (door == null) {
            return dm1.handle(call);
        }
        long started = System.nanoTime();
        HttpAnswer answer = door.handle(call);
        if (answer instanceof HttpAnswer.Whole whole) {
            telemetry.answered(whole.status(), length(call), whole.body().length(),
                    Duration.ofNanos(System.nanoTime() - started));
        }
        return answer;
    }

    /**
     * Scheme and host of this listener, as a device can call it.
     *
     * @param publicUrl as somebody has set it; empty: as this call was made
     */
    public static String host(HttpCall call, String publicUrl) {
        return publicUrl.isEmpty() ? call.url().substring(0, call.url().length() - call.path().length()) : publicUrl;
    }

    private static int length(HttpCall call) {
        String declared = call.headers().first("Content-Length").orElse("0").strip();
        return declared.matches("[0-9]{1,9}") ? Integer.parseInt(declared) : 0;
    }
}
