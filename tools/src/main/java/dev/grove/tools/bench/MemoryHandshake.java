package dev.grove.tools.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** One full handshake of TLS 1.3 between two engines in memory. */
final class MemoryHandshake {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_STEPS = 1000;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer content;

    /** @param context with key and trust; engines that know no peer resume nothing */
    MemoryHandshake(SSLContext context) {
        client = engine(context, true);
        server = engine(context, false);
        int packet = client.getSession().getPacketBufferSize();
        toServer = ByteBuffer.allocate(4 * packet);
        toClient = ByteBuffer.allocate(4 * packet);
        content = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
    }

    private static SSLEngine engine(SSLContext context, boolean isClient) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }

    void run() throws IOException {
        client.beginHandshake();
        server.beginHandshake();
        int steps = 0;
        while (isBusy(client) || isBusy(server)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            if (++steps > MOST_STEPS) {
                throw new IOException("the handshake does not end");
            }
        }
    }

    private static boolean isBusy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                Runnable task = engine.getDelegatedTask();
                while (task != null) {
                    task.run();
                    task = engine.getDelegatedTask();
                }
            }
            case NEED_WRAP -> engine.wrap(NOTHING.duplicate(), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, content);
                in.compact();
            }
            case FINISHED, NOT_HANDSHAKING -> {
                // the other side has something to do
            }
        }
    }
}
