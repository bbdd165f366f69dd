package dev.grove.verify.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A line of bytes to a server that can be held, so that nothing comes through, and cut. */
final class HeldLine implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean isHeld;
    private volatile boolean isCut;

    /** A line to the server that listens there. */
    HeldLine(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where to call instead. */
    int port() {
        return listener.getLocalPort();
    }

    /** Whoever calls hears nothing from now on, and is not told why. */
    void hold() {
        setHeld(true);
    }

    /** Every connection is gone, and none comes about. */
    void cut() {
        isCut = true;
        open.forEach(HeldLine::shut);
    }

    /** All is well again. */
    void release() {
        isCut = false;
        setHeld(false);
    }

    private void setHeld(boolean held) {
        lock.lock();
        try {
            isHeld = held;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                if (isCut) {
                    caller.close();
                } else {
                    join(caller, new Socket(host, port));
                }
            } catch (IOException _) {
                // a connection that broke off is no reason to stop
            }
        }
    }

    private void join(Socket caller, Socket server) {
        open.add(caller);
        open.add(server);
        Thread.ofVirtual().start(() -> carry(caller, server));
        Thread.ofVirtual().start(() -> carry(server, caller));
    }

    private void carry(Socket from, Socket to) {
        byte[] some = new byte[8192];
        try {
            for (int count = from.getInputStream().read(some); count >= 0; count = from.getInputStream().read(some)) {
                awaitRelease();
                to.getOutputStream().write(some, 0, count);
            }
        } catch (IOException gone) {
            open.remove(from);
        }
        shut(from);
        shut(to);
    }

    private void awaitRelease() {
        lock.lock();
        try {
            while (isHeld) {
                released.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        setHeld(false);
    }
}
