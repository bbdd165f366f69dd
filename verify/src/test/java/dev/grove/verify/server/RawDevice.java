package dev.grove.verify.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device of DM 2.0 as bytes: every request is written out, and nothing is understood that the test does not say. */
final class RawDevice {

    static final String INITIATION = "application/vnd.oma.dm.initiation+json";
    static final String REQUEST = "application/vnd.oma.dm.request+json";
    static final String RESPONSE = "application/vnd.oma.dm.response+json";
    static final String OBJECTS = "application/dmmo+json";

    private final HttpClient http;
    private final String url;
    private final String id;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String cookie = "";

    RawDevice(HttpClient http, String dm, String id) {
        this.http = http;
        this.url = dm + "/dm2";
        this.id = id;
        headers.put("Authorization", basic("u", "p"));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** This device, with another header; an empty value takes it away. */
    RawDevice with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Forgets the session's cookie. */
    RawDevice withoutCookie() {
        cookie = "";
        return this;
    }

    /** Package 1. */
    HttpResponse<String> initiate(String body) throws IOException, InterruptedException {
        cookie = "";
        return send(INITIATION, body);
    }

    /** Package 3 without data. */
    HttpResponse<String> answer(String body) throws IOException, InterruptedException {
        return send(RESPONSE, body);
    }

    /** Package 3 with data: name, media type and text of each part. */
    HttpResponse<String> form(String statuses, String... parts) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder("--b\r\nContent-Disposition: form-data\r\nContent-Type: " + RESPONSE
                + "\r\n\r\n" + statuses + "\r\n");
        for (int i = 0; i < parts.length; i += 3) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"").append(parts[i])
                    .append("\"\r\nContent-Type: ").append(parts[i + 1]).append("\r\n\r\n").append(parts[i + 2])
                    .append("\r\n");
        }
        return send("multipart/form-data; boundary=b", body.append("--b--\r\n").toString());
    }

    HttpResponse<String> send(String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("POST", url, type, body);
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.substring(0, set.indexOf(';')));
        return answer;
    }

    /** Any request in this device's name. */
    HttpResponse<String> call(String method, String address, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).method(method,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (!id.isEmpty()) {
            request.header("OMADM-DevID", id);
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The addresses of the server in a package 2. */
    static List<String> addresses(String body) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"(http://[^\"]+)\"").matcher(body);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
