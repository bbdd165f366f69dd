package dev.grove.verify.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that speaks just enough DM to be managed: it does what it is told, remembers how often, and which of its
 * answers the server has acknowledged.
 */
final class FieldDevice {

    private static final Duration AGAIN_AFTER = Duration.ofMillis(20);
    private static final Pattern COMMAND = Pattern
            .compile("<(Exec|Replace)><CmdID>(\\d+)</CmdID><Item><Target><LocURI>([^<]*)</LocURI>");

    private final String id;
    private final HttpClient http;
    private final Map<String, Integer> executed = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private int sessions;
    private int messages;
    private String answer = "";
    private Duration patience = Duration.ZERO;
    private final AtomicInteger refusals = new AtomicInteger();

    FieldDevice(String id, HttpClient http) {
        this.id = id;
        this.http = http;
    }

    /**
     * This device, which says what has no answer once more, and once more, for so long at most: as a device does that
     * has been cut off, and keeps its session meanwhile.
     */
    FieldDevice stubborn(Duration most) {
        patience = most;
        return this;
    }

    /** How often it was told to come again later. */
    int refusals() {
        return refusals.get();
    }

    /** How often each node was executed or replaced. */
    Map<String, Integer> executed() {
        return executed;
    }

    /** The nodes whose answers the server has taken. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** One session, from its first message to the server's last; an exception leaves it where it is. */
    void session(String url) throws IOException, InterruptedException {
        begin(url);
        while (isWanted()) {
            proceed(url);
        }
    }

    /** The first message of a session. */
    void begin(String url) throws IOException, InterruptedException {
        sessions++;
        messages = 1;
        String body = """
                <Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID><Item><Source>\
                <LocURI>./DevInfo/DevId</LocURI></Source><Data>%s</Data></Item></Replace>""".formatted(id);
        answer = exchange(url, message(1, CRED, body));
    }

    /** Whether the server has asked for something. */
    boolean isWanted() {
        return answer.contains("<Exec>") || answer.contains("<Replace>");
    }

    /** Does what the server has asked for, and says so in the next message. */
    void proceed(String url) throws IOException, InterruptedException {
        StringBuilder statuses = new StringBuilder(status(1, messages, "0", "SyncHdr"));
        Set<String> done = ConcurrentHashMap.newKeySet();
        Matcher commands = COMMAND.matcher(answer);
        for (int cmdId = 2; commands.find(); cmdId++) {
            executed.merge(commands.group(3), 1, Integer::sum);
            done.add(commands.group(3));
            statuses.append(status(cmdId, messages, commands.group(2), commands.group(1)));
        }
        messages++;
        answer = exchange(url, message(messages, "", statuses.toString()));
        acknowledged.addAll(done);
    }

    private String exchange(String url, String message) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return say(url, message);
            } catch (IOException cutOff) {
                if (System.nanoTime() - begun >= patience.toNanos()) {
                    throw cutOff;
                }
                LockSupport.parkNanos(AGAIN_AFTER.toNanos());
            }
        }
    }

    private String say(String url, String message) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "/dm")).header("Content-Type", "application/vnd.syncml.dm+xml")
                        .POST(HttpRequest.BodyPublishers.ofString(message)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 503) {
            refusals.incrementAndGet();
            throw new Later(answer.headers().firstValueAsLong("Retry-After").orElse(0), answer.body());
        }
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** The server asks to come again later. */
    static final class Later extends IOException {

        private static final long serialVersionUID = 1L;
        private final long seconds;

        Later(long seconds, String why) {
            super("HTTP 503: " + why);
            this.seconds = seconds;
        }

        /** In how many seconds; 0 if the server has not said. */
        long seconds() {
            return seconds;
        }
    }

    private static final String CRED = "<Cred><Meta><Format xmlns=\"syncml:metinf\">b64</Format>"
            + "<Type xmlns=\"syncml:metinf\">syncml:auth-basic</Type></Meta><Data>dTpw</Data></Cred>";

    private String message(int msgId, String cred, String body) {
        return """
                <SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
                <SessionID>%s</SessionID><MsgID>%d</MsgID><Target><LocURI>http://server/dm</LocURI></Target>\
                <Source><LocURI>%s</LocURI></Source>%s</SyncHdr><SyncBody>%s<Final/></SyncBody></SyncML>"""
                .formatted(Integer.toString(sessions), msgId, id, cred, body);
    }

    private static String status(int cmdId, int msgRef, String cmdRef, String cmd) {
        return "<Status><CmdID>%d</CmdID><MsgRef>%d</MsgRef><CmdRef>%s</CmdRef><Cmd>%s</Cmd><Data>200</Data></Status>"
                .formatted(cmdId, msgRef, cmdRef, cmd);
    }
}
