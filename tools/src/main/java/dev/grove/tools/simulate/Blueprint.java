package dev.grove.tools.simulate;

import dev.grove.client.Alerts;
import dev.grove.client.DeviceKind;
import dev.grove.client.DeviceListener;
import dev.grove.client.DeviceSetup;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.objects.HostInformation;
import dev.grove.client.store.DeviceState;
import dev.grove.client.transport.Transport;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.mo.Tnds;
import dev.grove.tools.device.BackgroundWork;
import dev.grove.tools.device.Outfit;
import dev.grove.tools.simulate.PlayedInfo.Shared;
import dev.grove.tree.Description;
import dev.grove.tree.Mounts;
import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What all devices of a breed share: the tree that they begin with, its descriptions, their models. */
final class Blueprint {

    private static final int MODELS = 4;
    private static final int ATTEMPTS = 2;
    private static final int SMALL_MESSAGE_BYTES = 4 << 10;
    private static final int MESSAGE_BYTES = 64 << 10;
    private static final int OBJECT_BYTES = 4 << 20;
    private static final String SESSION_MEMO = "session";

    /** A user who takes what comes. */
    private static final UserInterface USER = interaction -> switch (interaction) {
        case Operation.Display _ -> new Answer.Shown();
        case Operation.Confirm _ -> new Answer.Yes();
        case Operation.Input _ -> new Answer.Text("Grove");
        case Operation.Choose _ -> new Answer.Choices(List.of(1));
    };

    private final Breed breed;
    private final Identities identities;
    private final boolean hasQuirks;
    private final Instant madeAt;
    private final Tree plain;
    private final @Nullable DeviceState shared;
    private final TreeSetup tree;
    private final List<Model> models;
    private final List<ClientAlert> events;

    /** What devices of one model tell of themselves. */
    private record Model(Shared info, Shared detail, Optional<Shared> session) {}

    /** @param hasQuirks whether some devices have odd habits */
    Blueprint(Breed breed, Identities identities, boolean hasQuirks, Instant madeAt) {
        this.breed = breed;
        this.identities = identities;
        this.hasQuirks = hasQuirks;
        this.madeAt = madeAt;
        DeviceKind kind = breed.kind();
        this.plain = Outfit.withDemoNodes(Outfit.ownedBy(identities.serverId(), madeAt), kind, madeAt);
        this.shared = identities.isAccountShared() ? new DeviceState(tree("")) : null;
        this.tree = TreeSetup.of(kind.rules()).with(Outfit.LIMITS)
                .with(Outfit.description(kind, Description.NONE)).with(Tnds.XML);
        this.models = IntStream.range(0, MODELS).mapToObj(this::model).toList();
        this.events = Outfit.events(kind);
    }

    private Model model(int number) {
        HostInformation host = new HostInformation("", breed.kind().dmV(), "simulated", Outfit.LIMITS,
                new PlayedMachine(breed.toString(), number), InstantSource.system());
        if (breed.kind() == DeviceKind.DM20) {
            return new Model(Shared.of(host.devInfoOfDm2(), "DevID"), Shared.of(host.devDetail(), "-"),
                    Optional.of(Shared.of(host.sessionInformation(), "-")));
        }
        boolean isWindows = breed.kind() == DeviceKind.WINDOWS;
        return new Model(Shared.of(host.devInfo(), "DevId"),
                Shared.of(isWindows ? host.windowsDevDetail() : host.devDetail(), "-"), Optional.empty());
    }

    Breed breed() {
        return breed;
    }

    Identities identities() {
        return identities;
    }

    Quirk quirk(int number) {
        return hasQuirks ? Quirk.of(number) : Quirk.PLAIN;
    }

    // ---- devices

    /** A new device. */
    PlayedDevice device(int number) {
        return new PlayedDevice(this, number, initial(number));
    }

    private DeviceState initial(int number) {
        return shared != null ? shared : new DeviceState(tree(identities.id(number)));
    }

    private Tree tree(String id) {
        return Outfit.with(identities.account(breed.kind(), id), plain, breed.kind(), madeAt);
    }

    /** A device that keeps nothing begins each session as a new one; but for the session's number. */
    void prepare(PlayedDevice device) {
        if (device.quirk() == Quirk.FORGETFUL) {
            Bytes session = device.state().memo(SESSION_MEMO).orElse(Bytes.EMPTY);
            device.commit(initial(device.number()).withMemo(SESSION_MEMO, session));
        }
    }

    /** All that the client library wants to know of a device. */
    DeviceSetup setup(PlayedDevice device, SessionLine line, Transport transport, RandomGenerator luck) {
        String id = identities.id(device.number());
        Alerts alerts = new Alerts();
        boolean isSmall = device.quirk() == Quirk.SMALL_MESSAGES;
        ClientSettings settings = new ClientSettings(id, breed.kind().profile(), breed.encoding(),
                isSmall ? SMALL_MESSAGE_BYTES : MESSAGE_BYTES, OBJECT_BYTES, ATTEMPTS, "syncml:auth-SHA256", false);
        return new DeviceSetup(settings, tree.with(mounts(device, id, alerts)), device, transport, USER, alerts,
                DeviceListener.NONE, () -> events, InstantSource.system(), luck, NotificationSetup.DEFAULT,
                breed.kind() == DeviceKind.DM20 ? Dm2Setup.of(line) : null);
    }

    private Mounts mounts(PlayedDevice device, String id, Alerts alerts) {
        Model model = models.get(Math.floorMod(device.number(), MODELS));
        Mounts mounts = Mounts.NONE.with(HostInformation.DEV_INFO, new PlayedInfo(model.info(), id))
                .with(HostInformation.DEV_DETAIL, new PlayedInfo(model.detail(), id))
                .with(BackgroundWork.PLACE, new PlayedWork(device, alerts));
        return model.session().isEmpty() ? mounts
                : mounts.with(HostInformation.SESSION_INFO, new PlayedInfo(model.session().get(), id));
    }
}
