package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Secret;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.syncml.Encoding;
import dev.grove.testkit.lockstep.HttpLink;
import dev.grove.testkit.lockstep.LockstepDevice;
import dev.grove.testkit.lockstep.LockstepDevice.Identity;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running server, devices that prove themselves as u with password p, and peers that call in their names. */
final class ScriptedFleet implements AutoCloseable {

    static final Secret SECRET = new Secret("u", "p", Bytes.EMPTY);
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerApp server;
    private final ApiClient api;
    private final HttpLink link;
    private final Map<String, FieldDevice> workers = new HashMap<>();

    private ScriptedFleet(ServerApp server) {
        this.server = server;
        this.api = new ApiClient(http, server.apiUrl(), server.token());
        this.link = new HttpLink(address());
    }

    static ScriptedFleet start(Path data, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0", "store", "memory"));
        all.putAll(options);
        return new ScriptedFleet(ServerApp.start(Config.of(Settings.of(all))));
    }

    /** Where devices call. */
    URI address() {
        return URI.create(server.dmUrl() + "/dm");
    }

    ApiClient api() {
        return api;
    }

    /** Makes a device known that proves itself in this way. */
    void knows(String device, String scheme) throws IOException, InterruptedException {
        api.post("/devices", """
                {"id":"%s","credentials":{"client":{"userName":"u","secret":"p","schemes":["%s"],"nonce":""}}}"""
                .formatted(device, scheme));
    }

    /** A peer that speaks as this device. */
    LockstepDevice device(String device, Encoding encoding) {
        return new LockstepDevice(link, Identity.of(device, address().toString()).in(encoding));
    }

    LockstepDevice device(String device, String session) {
        return new LockstepDevice(link, Identity.of(device, address().toString()).inSession(session));
    }

    /** Hands in a job; answers its id. */
    String job(String device, String operations) throws IOException, InterruptedException {
        String made = api.send("POST", "/devices/" + ApiClient.encoded(device) + "/jobs",
                "{\"operations\":[" + operations + "]}").body();
        Matcher id = ID.matcher(made);
        assertThat(id.find()).as(made).isTrue();
        return id.group(1);
    }

    /** The job as the API tells it; all jobs if it is empty. */
    String told(String device, String job) throws IOException, InterruptedException {
        return api.get("/devices/" + ApiClient.encoded(device) + "/jobs" + (job.isEmpty() ? "" : "/" + job));
    }

    /** Has a device do a job from beginning to end, to see that the server is as it was. */
    void manages(String device) throws IOException, InterruptedException {
        String job = job(device, "{\"exec\":{\"uri\":\"./Works\"}}");
        workers.computeIfAbsent(device, id -> new FieldDevice(id, http)).session(server.dmUrl());
        assertThat(told(device, job)).contains("\"state\":\"done\"");
    }

    /** Has a device do all that waits for it; returns it, for what it has counted. */
    FieldDevice worksOff(String device) throws IOException, InterruptedException {
        FieldDevice worker = new FieldDevice(device, http);
        worker.session(server.dmUrl());
        return worker;
    }

    @Override
    public void close() {
        link.close();
        http.close();
        server.close();
    }
}
