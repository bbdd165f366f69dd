package dev.grove.tools.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A page of the operator's own web site, to be shown to users; it notes on which devices it was opened. */
final class NoticePage implements AutoCloseable {

    private static final String DEVICE = "device=";
    private static final byte[] NOTICE = "<!doctype html><title>Notice</title><p>Tonight, all trees get a new version."
            .getBytes(StandardCharsets.UTF_8);

    private final List<String> readers = new CopyOnWriteArrayList<>();
    private final HttpServer site;
    private final String url;

    /** @param dmUrl of the server: devices go to no other host unless they are told that they may */
    NoticePage(String dmUrl) throws IOException {
        String host = URI.create(dmUrl).getHost();
        site = HttpServer.create(new InetSocketAddress(host, 0), 0);
        site.createContext("/notice", this::show);
        site.start();
        url = "http://" + host + ":" + site.getAddress().getPort() + "/notice?" + DEVICE + "[DevID]";
    }

    /** Its address, in which the device puts its identifier ([DM 2.0 §6.2]). */
    String url() {
        return url;
    }

    /** The identifiers of the devices on which it was opened. */
    List<String> readers() {
        return List.copyOf(readers);
    }

    private void show(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.startsWith(DEVICE)) {
            readers.add(query.substring(DEVICE.length()));
        }
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, NOTICE.length);
        exchange.getResponseBody().write(NOTICE);
        exchange.close();
    }

    @Override
    public void close() {
        site.stop(0);
    }
}
