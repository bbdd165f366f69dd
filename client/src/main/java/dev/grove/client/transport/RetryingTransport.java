package dev.grove.client.transport;

import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Packet;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sends a message again, as it was, if it or its answer was lost. The server knows it by its {@code MsgID} and gives
 * the answer that it has given before; so a session goes on, and nothing is done twice.
 */
public final class RetryingTransport implements Transport {

    private final Transport transport;
    private final Backoff backoff;
    private final RandomGenerator luck;
    private final Pause pause;

    public RetryingTransport(Transport transport, Backoff backoff, RandomGenerator luck, Pause pause) {
        this.transport = transport;
        this.backoff = backoff;
        this.luck = luck;
        this.pause = pause;
    }

    @Override
    public Optional<Packet> exchange(URI address, Packet message) throws TransportException {
        for (int attempt = 1;; attempt++) {
            try {
                return transport.exchange(address, message);
            } catch (TransportException failed) {
                Optional<Duration> wait = waitAfter(failed, attempt);
                if (wait.isEmpty()) {
                    throw failed;
                }
                await(wait.get(), failed);
            }
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Empty if it is of no use to try again, or not now. */
    private Optional<Duration> waitAfter(TransportException failed, int attempt) {
        if (!failed.kind().isTransient() || attempt >= backoff.attempts()) {
            return Optional.empty();
        }
        Duration wanted = failed.retryAfter().orElse(Duration.ZERO);
        if (wanted.compareTo(backoff.longest()) > 0) {
            return Optional.empty();
        }
        Duration own = backoff.after(attempt, luck);
        return Optional.of(own.compareTo(wanted) > 0 ? own : wanted);
    }

    private void await(Duration wait, TransportException failed) throws TransportException {
        try {
            pause.pause(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failed.addSuppressed(stopped);
            throw new TransportException(Kind.INTERRUPTED, "the wait for another attempt was ended", failed);
        }
    }
}
