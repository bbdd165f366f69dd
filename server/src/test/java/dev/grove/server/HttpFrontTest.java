package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpHandler;
import dev.grove.server.http.HttpListener;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/1.1 as it stands on the wire ([RFC 9112]). */
class HttpFrontTest {

    private static final int MAX_BODY = 1000;
    private static final HttpListener.Limits LIMITS = new HttpListener.Limits(2048, Duration.ofSeconds(20),
            Duration.ofSeconds(20), 0, Duration.ofSeconds(5), 100, Duration.ofSeconds(10));

    private HttpFront front = front(LIMITS, HttpFrontTest::echo);

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void answers_several_requests_over_one_connection() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none");
            assertThat(peer.answer()).startsWith("HTTP/1.1 200 OK").endsWith("POST /a one");
            peer.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\ntwo");
            assertThat(peer.answer()).startsWith("HTTP/1.1 200 OK").endsWith("POST /b two");
        }
    }

    @Test
    void takes_bodies_in_chunks() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\non\r\n1\r\ne\r\n0\r\n\r\n");
            assertThat(peer.answer()).endsWith("POST / one");
        }
    }

    @Test
    void invites_a_body_that_waits_for_it() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(peer.head()).startsWith("HTTP/1.1 100");
            peer.send("one");
            assertThat(peer.answer()).startsWith("HTTP/1.1 200").endsWith("POST / one");
        }
    }

    @Test
    void does_not_invite_a_body_that_is_too_long() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 413").contains("longer than 1000 bytes");
        }
    }

    @Test
    void takes_a_body_of_just_the_greatest_length_in_whatever_coding() throws IOException {
        String text = "x".repeat(MAX_BODY);
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + text
                    + "\r\n0\r\n\r\n");
            assertThat(peer.answer()).endsWith(text);
            byte[] packed = gzip(text);
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length
                    + "\r\n\r\n");
            peer.send(packed);
            assertThat(peer.answer()).endsWith(text);
        }
    }

    @Test
    void lets_a_caller_that_sends_all_before_it_listens_hear_that_it_was_too_much() throws IOException {
        for (int length : new int[] {1001, 300_000, 1_000_000}) {
            try (Peer peer = open()) {
                peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length));
                assertThat(peer.answer()).startsWith("HTTP/1.1 413");
            }
        }
    }

    @Test
    void refuses_a_body_that_grows_too_long() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001)
                    + "\r\n0\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 413");
        }
        try (Peer peer = open()) {
            byte[] packed = gzip("x".repeat(1_000_000));
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(Math.min(packed.length, 999)) + "\r\n");
            peer.send(Arrays.copyOf(packed, Math.min(packed.length, 999)));
            peer.send("\r\n0\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void refuses_codings_that_it_does_not_know_or_that_are_broken() throws IOException {
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\none");
            assertThat(peer.answer()).startsWith("HTTP/1.1 415").contains("gzip is");
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\none");
            assertThat(peer.answer()).startsWith("HTTP/1.1 400").contains("gzip");
        }
    }

    @Test
    void hands_the_path_on_as_it_stands_on_the_wire() throws IOException {
        try (Peer peer = open()) {
            peer.send("GET /a%2Fb/%2e%2e/c%25d?q=%C3%A9&r HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(peer.answer()).endsWith("GET /a%2Fb/%2e%2e/c%25d?q=%C3%A9&r ");
        }
    }

    @Test
    void refuses_what_is_no_request_briefly() throws IOException {
        try (Peer peer = open()) {
            peer.send("no request at all\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 400").endsWith("HTTP 400\n").doesNotContain("Jetty");
        }
        try (Peer peer = open()) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\nLong: " + "x".repeat(3000) + "\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void keeps_what_went_wrong_inside_to_itself() throws IOException {
        front.close();
        front = front(LIMITS, call -> {
            throw new IllegalStateException("the password is hunter2");
        });
        try (Peer peer = open()) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 500").doesNotContain("hunter2", "IllegalState");
        }
    }

    @Test
    void gives_up_a_body_of_which_nothing_more_comes() throws IOException {
        restart(new HttpListener.Limits(2048, Duration.ofMillis(200), Duration.ofSeconds(20), 0,
                Duration.ofSeconds(5), 100, Duration.ofSeconds(10)));
        try (Peer peer = open()) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\non");
            assertThat(peer.answer()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void gives_up_a_body_that_comes_drop_by_drop() throws IOException {
        restart(new HttpListener.Limits(2048, Duration.ofSeconds(20), Duration.ofSeconds(20), 1_000_000,
                Duration.ofMillis(100), 100, Duration.ofSeconds(10)));
        try (Peer peer = open(); ScheduledExecutorService drops = peer.drip("x")) {
            peer.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n");
            assertThat(peer.answer()).startsWith("HTTP/1.1 408").contains("bytes a second");
            drops.shutdownNow();
        }
    }

    @Test
    void gives_up_a_header_that_comes_drop_by_drop() throws IOException {
        restart(new HttpListener.Limits(100_000, Duration.ofSeconds(20), Duration.ofMillis(300), 0,
                Duration.ofSeconds(5), 100, Duration.ofSeconds(10)));
        try (Peer peer = open(); ScheduledExecutorService drops = peer.drip("x")) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\nLong: ");
            assertThat(peer.until("never")).doesNotContain("HTTP/1.1");
            drops.shutdownNow();
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void streams_an_answer_piece_by_piece() throws IOException {
        front.close();
        CountDownLatch heard = new CountDownLatch(1);
        front = front(LIMITS, call -> new HttpAnswer.Stream(200, Headers.of("Content-Type", "text/event-stream"),
                out -> {
                    out.write("one".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    await(heard);
                    out.write("two".getBytes(StandardCharsets.UTF_8));
                }));
        try (Peer peer = open()) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(peer.head()).contains("text/event-stream");
            assertThat(peer.until("one")).contains("one").doesNotContain("two");
            heard.countDown();
            assertThat(peer.until("two")).contains("two");
        }
    }

    @Test
    void a_graceful_stop_cuts_nothing_that_is_being_answered() throws IOException, InterruptedException {
        front.close();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        front = front(LIMITS, call -> {
            entered.countDown();
            await(released);
            return HttpAnswer.text(200, "whole answer");
        });
        try (Peer peer = open()) {
            peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            entered.await();
            int port = front.address().getPort();
            Thread stopping = Thread.ofVirtual().start(front::close);
            assertThatThrownBy(() -> connectUntilRefused(port)).isInstanceOf(ConnectException.class);
            released.countDown();
            assertThat(peer.answer()).startsWith("HTTP/1.1 200").endsWith("whole answer\n");
            stopping.join();
        }
    }

    @Test
    void says_where_it_cannot_listen() {
        HttpListener taken = new HttpListener("test", "127.0.0.1", front.address().getPort(), null, LIMITS);
        assertThatThrownBy(() -> new HttpFront(taken, HttpFrontTest::echo).start()).isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + front.address().getPort());
    }

    private static void connectUntilRefused(int port) throws IOException {
        while (true) {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
    }

    private void restart(HttpListener.Limits limits) {
        front.close();
        front = front(limits, HttpFrontTest::echo);
    }

    private static HttpFront front(HttpListener.Limits limits, HttpHandler handler) {
        HttpFront made = new HttpFront(new HttpListener("test", "127.0.0.1", 0, null, limits), handler);
        try {
            made.start();
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpAnswer echo(HttpCall call) {
        String query = call.query().isEmpty() ? "" : "?" + call.query();
        try {
            return new HttpAnswer.Whole(200, Headers.NONE,
                    Bytes.utf8(call.method() + " " + call.path() + query + " " + call.body(MAX_BODY).utf8()));
        } catch (BodyRefused refused) {
            return HttpAnswer.text(refused.status(), refused.reason());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private Peer open() throws IOException {
        return new Peer(new Socket(InetAddress.getLoopbackAddress(), front.address().getPort()));
    }

    /** Whoever is at the other end of the wire. */
    private static final class Peer implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(20_000);
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Sends a little every few milliseconds until the other side has enough. */
        ScheduledExecutorService drip(String drop) {
            ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
            var _ = drops.scheduleAtFixedRate(() -> {
                try {
                    send(drop);
                } catch (IOException closed) {
                    drops.shutdown();
                }
            }, 20, 10, TimeUnit.MILLISECONDS);
            return drops;
        }

        String head() throws IOException {
            return until("\r\n\r\n");
        }

        String until(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf(end) < 0) {
                int next = in.read();
                if (next < 0) {
                    return text.toString();
                }
                text.append((char) next);
            }
            return text.toString();
        }

        String answer() throws IOException {
            String head = head();
            int at = head.indexOf("Content-Length: ");
            assertThat(at).as(head).isPositive();
            int length = Integer.parseInt(head, at + 16, head.indexOf("\r\n", at), 10);
            return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
