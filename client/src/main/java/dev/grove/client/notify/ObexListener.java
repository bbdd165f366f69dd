package dev.grove.client.notify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** X. */
public final class ObexListener implements NotificationListener {
    static final int PORT = 650;
    static ObexListener open(InetSocketAddress at, Consumer<Delivery> heard) throws IOException {
        throw new IOException("not yet");
    }
    @Override
    public String address() { return ""; }
    @Override
    public void close() {}
}
