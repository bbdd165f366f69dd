package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they come from all kinds of servers. */
class HttpConnectionTest {

    @Test
    void reads_a_body_of_known_length_and_leaves_the_connection_open() throws IOException {
        HttpReply reply = answer("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\ncontent-length: 5\r\n\r\nhello");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().utf8()).isEqualTo("hello");
        assertThat(reply.headers().first("Content-Type")).contains("a/b");
        assertThat(reply.isLast()).isFalse();
    }

    @Test
    void reads_chunks_with_extensions_and_trailers() throws IOException {
        HttpReply reply = answer(String.join("\r\n", "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5;x=1",
                "hello", "7", ", world", "0", "Sum: 1", "", ""));
        assertThat(reply.body().utf8()).isEqualTo("hello, world");
    }

    @Test
    void reads_to_the_end_what_has_no_length() throws IOException {
        HttpReply reply = answer("HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(20_000));
        assertThat(reply.body().length()).isEqualTo(20_000);
        assertThat(reply.isLast()).isTrue();
    }

    @Test
    void skips_interim_answers_and_needs_no_reason_phrase() throws IOException {
        HttpReply reply = answer(String.join("\r\n", "HTTP/1.1 100 Continue", "", "HTTP/1.1 103", "Link: x", "",
                "HTTP/1.1 503", "Retry-After: 7", "Connection: close", "Content-Length: 0", "", ""));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().first("retry-after")).contains("7");
        assertThat(reply.isLast()).isTrue();
    }

    @Test
    void an_answer_without_content_has_no_body_whatever_it_says() throws IOException {
        assertThat(answer("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n").body().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n"})
    void refuses_answers_that_are_too_long(String answer) {
        assertThatThrownBy(() -> answer(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void refuses_what_is_cut_or_no_http() {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nX: " + "y".repeat(300_000)))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> answer("SSH-2.0-OpenSSH\r\n\r\n")).hasMessageContaining("no HTTP");
        assertThatThrownBy(() -> answer("")).isInstanceOf(EOFException.class);
    }

    /** What the connection makes of an answer after which the server closes. */
    private static HttpReply answer(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket accepted = server.accept()) {
                    while (accepted.getInputStream().read() != '.') {
                        // to the end of the request
                    }
                    accepted.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    accepted.shutdownOutput();
                    accepted.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    assertThat(gone).isNotNull();
                }
            });
            Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
            try (HttpConnection connection = new HttpConnection(socket, 1 << 20)) {
                connection.send("POST / HTTP/1\r\n\r\n", Bytes.utf8("."));
                return connection.receive(false);
            }
        }
    }
}
