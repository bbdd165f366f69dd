package dev.grove.client.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and how to listen for notifications.
 *
 * @param host a name or an address of this machine
 * @param port 0: any free one
 */
public record ListenAddress(Bearer bearer, String host, int port) {

    /** The ways in which notifications come. */
    public enum Bearer {
        /** WAP push over UDP ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]). */
        UDP(UdpListener.PORT),
        /** HTTP push: see {@link HttpPushListener}. */
        HTTP(0),
        /** A stand-in for bearers that cannot be had in a test: see {@link TcpListener}. */
        TCP(0),
        /** OBEX over TCP: see {@link ObexListener}. */
        OBEX(ObexListener.PORT);

        private final int port;

        Bearer(int port) {
            this.port = port;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    private static final Pattern FORM = Pattern
            .compile("([a-zA-Z]+)(?::(?://)?(\\[[0-9a-fA-F:.]+\\]|[^:/\\[\\]]*)(?::([0-9]{1,5}))?/?)?");

    /**
     * Reads {@code BEARER:HOST:PORT}, such as {@code udp:127.0.0.1:2948} or {@code http:[::1]:0}. Without a host it is
     * this machine's loopback address; without a port, that of the bearer (2948 for UDP, 650 for OBEX), or any free
     * one.
     *
     * @throws IllegalArgumentException if it is none; the message is for a person
     */
    public static ListenAddress parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not BEARER:HOST:PORT, such as udp:127.0.0.1:2948");
        }
        Bearer bearer = Arrays.stream(Bearer.values())
                .filter(known -> known.toString().equals(form.group(1).toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + form.group(1)
                        + "' is no bearer: udp, http, tcp or obex"));
        int port = form.group(3) == null ? bearer.port : Integer.parseInt(form.group(3));
        String host = form.group(2) == null || form.group(2).isEmpty() ? "127.0.0.1" : form.group(2);
        return new ListenAddress(bearer, host, port);
    }

    /**
     * Begins to listen.
     *
     * @param heard is handed what comes, on a thread of the listener; it does not wait
     * @throws IOException if that is not possible; the message names the address
     */
    public NotificationListener open(Consumer<Delivery> heard) throws IOException {
        try {
            InetSocketAddress at = new InetSocketAddress(InetAddress.getByName(host), port);
            return switch (bearer) {
                case UDP -> UdpListener.open(at, heard);
                case HTTP -> HttpPushListener.open(at, heard);
                case TCP -> TcpListener.open(at, heard);
                case OBEX -> ObexListener.open(at, heard);
            };
        } catch (IOException failed) {
            throw new IOException("cannot listen on " + this + ": " + failed.getMessage(), failed);
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return bearer + ":" + host + ":" + port;
    }

    /** The same of a socket that is bound. */
    static String text(Bearer bearer, InetSocketAddress bound) {
        String host = bound.getAddress().getHostAddress();
        return bearer + ":" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }
}
