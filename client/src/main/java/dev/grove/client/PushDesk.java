package dev.grove.client;

import dev.grove.client.dm2.Dm2Account.Push;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Errand;
import dev.grove.client.notify.PushRegistration;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.TransportException;
import dev.grove.dm2.client.Event;
import dev.grove.dm2.client.Step.Method;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells servers what the device is called at its messaging service ([DM 2.0 E.2.3]): each once, and again when the name
 * changes. What fails is tried again, less and less often.
 */
final class PushDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PushDesk.class);
    private static final String MEMO = "dm2/push/";
    private static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final DeviceSetup setup;
    private final Dm2Desk desk;
    private final PushRegistration service;
    private Duration wait = FIRST_RETRY;
    private @Nullable Instant retry;

    PushDesk(DeviceSetup setup, Dm2Desk desk, PushRegistration service) {
        this.setup = setup;
        this.desk = desk;
        this.service = service;
    }

    /** Registers where it is due, on this thread. */
    synchronized void register() throws StorageException {
        Instant now = setup.clock().instant();
        if (retry != null && now.isBefore(retry)) {
            return;
        }
        boolean isDone = true;
        for (Dm2Account account : desk.accounts()) {
            isDone &= account.push() == null || register(account, account.push());
        }
        retry = isDone ? null : now.plus(wait);
        wait = isDone ? FIRST_RETRY : shorter(wait.multipliedBy(2), LONGEST_RETRY);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** When something is to be tried again; empty if nothing is. */
    synchronized Optional<Instant> next() {
        return Optional.ofNullable(retry);
    }

    private boolean register(Dm2Account account, Push push) throws StorageException {
        try {
            String regId = service.register(push.senderId());
            String told = push.senderId() + "\n" + push.regUri() + "\n" + push.regParams() + "\n" + regId;
            Bytes memo = Bytes.utf8(told);
            if (desk.device().state().memo(MEMO + account.serverId()).filter(memo::equals).isPresent()) {
                return true;
            }
            return post(account, push.regUri(), regId, push.regParams()) && noted(account, memo);
        } catch (IOException unreachable) {
            LOG.debug("The messaging service gives no name: {}", unreachable.getMessage());
            return false;
        }
    }

    /**
     * The messaging service does not know the device any more: servers of this sender are told, as far as they can be
     * reached.
     */
    synchronized void unregister(String senderId) throws StorageException {
        for (Dm2Account account : desk.accounts()) {
            Push push = account.push();
            Optional<Bytes> memo = desk.device().state().memo(MEMO + account.serverId());
            if (push == null || !push.senderId().equals(senderId) || memo.isEmpty()) {
                continue;
            }
            String told = memo.get().utf8();
            noted(account, Bytes.EMPTY);
            if (push.unRegUri() != null) {
                post(account, push.unRegUri(), told.substring(told.lastIndexOf('\n') + 1), push.regParams());
            }
        }
    }

    private boolean noted(Dm2Account account, Bytes memo) throws StorageException {
        return desk.device().alone(() -> {
            desk.device().store(desk.device().state().withMemo(MEMO + account.serverId(), memo));
            return true;
        });
    }

    private boolean post(Dm2Account account, String url, String regId, String params) {
        Optional<String> refusal = desk.dm2().policy().refuse(url, account.access().url());
        if (refusal.isPresent()) {
            LOG.warn("The device is not registered for push at {}: {}", account.serverId(), refusal.get());
            return false;
        }
        String form = "RegId=" + URLEncoder.encode(regId, StandardCharsets.UTF_8)
                + (params.isEmpty() ? "" : "&" + (params.startsWith("?") ? params.substring(1) : params));
        Wish wish = new Wish.Deliver(Method.POST, url, new Packet(FORM, Bytes.utf8(form)));
        setup.listener().running(account.serverId(), wish);
        Event event;
        try {
            event = new Errand(desk.dm2(), account, setup.settings().deviceId()).run(wish);
        } catch (TransportException failed) {
            event = new Event.Failed(String.valueOf(failed.getMessage()));
        }
        setup.listener().ran(account.serverId(), event);
        boolean isTaken = event instanceof Event.Answered(int status, Packet _) && status >= 200 && status < 300;
        if (!isTaken) {
            LOG.debug("{} was not told the name for push: {}", account.serverId(),
                    event instanceof Event.Answered(int status, Packet _) ? "HTTP " + status : "no answer");
        }
        return isTaken;
    }
}
