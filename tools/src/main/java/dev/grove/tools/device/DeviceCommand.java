package dev.grove.tools.device;

import dev.grove.client.DeviceKind;
import dev.grove.client.SessionReport;
import dev.grove.client.notify.ListenAddress;
import dev.grove.client.notify.NotificationListener;
import dev.grove.client.store.StorageException;
import dev.grove.client.transport.HttpTransport;
import dev.grove.client.transport.HttpWeb;
import dev.grove.client.transport.Pause;
import dev.grove.client.transport.RetryingTransport;
import dev.grove.client.transport.Transport;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.Web;
import dev.grove.dm1.command.UserInterface;
import dev.grove.tools.device.DeviceBuilder.Built;
import dev.grove.tools.device.user.PageBrowser;
import dev.grove.tools.device.user.ScriptedUser;
import dev.grove.tools.device.user.StandardKeyboard;
import dev.grove.tools.device.user.TerminalUser;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grove device}: one device, or many, that call a server. */
@Command(name = "device", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Is a managed device: calls a management server, does what it wants, and keeps what it must.",
        "It tells of this machine in ./DevInfo and ./DevDetail, has nodes to play with at ./Demo (unless --tree gives "
                + "others), and shows folders of this machine with --folder."},
        footer = {"", "Examples:",
                "  grove device --server http://127.0.0.1:8080/dm --id IMEI:1 --user u --secret s",
                "  grove device --server https://dm.example/dm --id UUID:7 --auth none --key-store device.p12 "
                        + "--poll 5m --data ./device",
                "  grove device --server http://127.0.0.1:8080/dm2 --id IMEI:2 --user u --secret s --profile dm20",
                "  grove device --server http://127.0.0.1:8080/dm --id SIM:%%04d --user sim --secret s "
                        + "--count 100 --poll 30s",
                "  grove device --server http://127.0.0.1:8080/dm --id IMEI:3 --user u --secret s --server-user grove "
                        + "--server-secret t --listen udp --sleep",
                "", "Exit status: 0 the last session of every device was completed; 1 one was not, or the "
                        + "device failed; 2 wrong options."})
public final class DeviceCommand implements Callable<Integer> {

    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(70);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DeviceOptions options = new DeviceOptions();

    @Mixin
    private Dm2Options dm2 = new Dm2Options();

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Override
    public Integer call() throws IOException, StorageException, InterruptedException {
        try {
            options.check(dm2.bootstrap != null);
            listening.check(options);
            Progress progress = new Progress(spec.commandLine().getOut(), options.verbose ? new Trace() : null);
            try (HttpTransport transport = new HttpTransport(options.http(), InstantSource.system());
                    HttpWeb web = new HttpWeb(options.http(), new SecureRandom())) {
                return run(progress, new Lines(transport, web));
            }
        } catch (Unusable wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** How all devices reach their servers. */
    private record Lines(Transport transport, Web web) {}

    private int run(Progress progress, Lines lines) throws IOException, StorageException, InterruptedException {
        List<String> ids = options.ids();
        UserInterface user = user(progress);
        List<Built> devices = new ArrayList<>();
        List<NotificationListener> listeners = new ArrayList<>();
        try {
            for (String id : ids) {
                devices.add(build(id, lines, user, progress));
            }
            listen(devices, progress, listeners);
            if (options.poll == null && !listening.sleeps) {
                callAll(devices, progress);
            }
            if (options.poll != null || listening.isListening()) {
                runUntilStopped(devices);
            }
        } finally {
            listeners.forEach(NotificationListener::close);
            for (Built device : devices) {
                device.client().close();
            }
        }
        return progress.isAllWell(ids, listening.sleeps) ? 0 : 1;
    }

    private void listen(List<Built> devices, Progress progress, List<NotificationListener> listeners) {
        for (int i = 0; i < devices.size(); i++) {
            Built device = devices.get(i);
            for (ListenAddress address : listening.addresses(i)) {
                try {
                    NotificationListener listener = address.open(device.client()::notified);
                    listeners.add(listener);
                    progress.say(device.id(), "listens on " + listener.address());
                } catch (IOException taken) {
                    throw new Unusable("--listen: " + taken.getMessage());
                }
            }
        }
    }

    private Built build(String id, Lines lines, UserInterface user, Progress progress)
            throws IOException, StorageException {
        Path data = options.data == null || options.count == 1 ? options.data
                : options.data.resolve(id.replaceAll("[^A-Za-z0-9._-]", "_"));
        DeviceBuilder builder = new DeviceBuilder(id,
                new RetryingTransport(new Shared(lines.transport()), options.backoff(), new SplittableRandom(),
                        length -> {
                            progress.say(id, "has no answer yet and tries again in " + length.toMillis() + " ms");
                            Pause.SLEEP.pause(length);
                        }))
                .kind(options.profile).encoding(options.encoding).account(account(id)).tree(options.tree)
                .data(data).demoNodes(options.tree == null).maxSizes(options.maxMsgSize, options.maxObjSize)
                .sha256Name(options.sha256Name).user(user).listener(progress.of(id)).poll(options.polls())
                .notifications(listening.setup(id));
        options.folders().forEach(builder::folder);
        if (options.profile == DeviceKind.DM20) {
            builder.dm2(dm2.setup(new SharedWeb(lines.web()),
                    new PageBrowser(line -> progress.say(id, line), dm2.openPages)));
        }
        Built built = builder.build();
        if (built.client().serverIds().isEmpty() && dm2.bootstrap == null) {
            built.client().close();
            throw new Unusable("no account (DMAcc) with a server identifier and an HTTP address in --tree or --data; "
                    + "give --server");
        }
        return built;
    }

    private @Nullable ServerAccount account(String id) {
        ServerAccount account = options.account(id);
        return account == null ? null : account.with(listening.credential());
    }

    /** The transport of all devices: it is closed when they are all done. */
    private record Shared(Transport transport) implements Transport {
        @Override
        public Optional<Packet> exchange(URI address, Packet message) throws TransportException {
            return transport.exchange(address, message);
        }
    }

    /** The web of all devices, likewise. */
    private record SharedWeb(Web web) implements Web {
        @Override
        public Answer send(Request request) throws TransportException {
            return web.send(request);
        }
    }

    private UserInterface user(Progress progress) throws IOException {
        return switch (options.ui()) {
            case NONE -> UserInterface.NONE;
            case TERMINAL -> {
                PrintWriter screen = spec.commandLine().getOut();
                yield new TerminalUser(screen,
                        new StandardKeyboard(System.in, Charset.defaultCharset(),
                                Optional.ofNullable(System.console())));
            }
            case SCRIPT -> script(progress, options.script());
        };
    }

    private static UserInterface script(Progress progress, Optional<Path> file) throws IOException {
        String lines = file.isPresent()
                ? Files.readString(file.get())
                : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        try {
            return ScriptedUser.read(lines, line -> progress.say("user", line));
        } catch (IllegalArgumentException wrong) {
            throw new Unusable(file.map(path -> "--ui-script " + path).orElse("--ui script, the standard input") + ", "
                    + wrong.getMessage());
        }
    }

    // ---- once

    private static void callAll(List<Built> devices, Progress progress) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Thread hook = Thread.ofPlatform().unstarted(() -> breakOff(devices, threads));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            for (Built device : devices) {
                places.acquire();
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        callOnce(device, progress);
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            removeQuietly(hook);
        }
    }

    /** The process is told to end: sessions that run are ended properly, which takes two seconds at most. */
    private static void breakOff(List<Built> devices, List<Thread> sessions) {
        try {
            for (Built device : devices) {
                device.client().stop(FAREWELL);
            }
            sessions.forEach(Thread::interrupt);
            Instant end = Instant.now().plus(FAREWELL);
            for (Thread session : sessions) {
                Duration left = Duration.between(Instant.now(), end);
                if (left.isPositive() && !session.join(left)) {
                    return;
                }
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls every server; what an Exec has started in the background is waited for, and told. */
    private static void callOnce(Built device, Progress progress) {
        try {
            if (device.client().serverIds().isEmpty()) {
                // A device of DM 2.0 asks for an account, and calls the server that it is for.
                device.client().runDue();
            }
            boolean isWell = true;
            for (String serverId : device.client().serverIds()) {
                SessionReport report = device.client().call(serverId);
                isWell &= report.isOk();
            }
            if (isWell && device.work().await(PATIENCE)) {
                device.client().runDue();
            }
        } catch (StorageException disk) {
            progress.failed(device.id(), String.valueOf(disk.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- again and again

    /** Until this thread is interrupted or the process is told to end; then running sessions are ended properly. */
    private static void runUntilStopped(List<Built> devices) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            stop.countDown();
            awaitQuietly(stopped);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            devices.forEach(device -> device.client().start());
            awaitQuietly(stop);
            stopAll(devices);
        } finally {
            stopped.countDown();
            removeQuietly(hook);
        }
    }

    private static void stopAll(List<Built> devices) {
        List<Thread> threads = devices.stream().map(device -> Thread.ofVirtual().start(() -> {
            try {
                device.client().stop(FAREWELL);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        })).toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** An interrupt is one of the ways to be told that it is over. */
    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            assert latch.getCount() >= 0;
        }
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            assert hook.isAlive();
        }
    }
}
