package dev.grove.server.store.page;

import dev.grove.auth.PreSharedKey;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Descriptions.Head;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.store.form.Stored;
import dev.grove.syncml.AlertCode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored forms of what is known of a device beside its jobs and sessions. */
final class Forms {

    static final int VERSION = 1;

    private Forms() {}

    static Bytes device(Device device) {
        Account account = device.account();
        return Stored.encode(VERSION, out -> {
            Stored.text(out, account.deviceId());
            secret(out, account.client());
            out.writeByte(account.clientSchemes().size());
            for (Scheme scheme : account.clientSchemes()) {
                Stored.text(out, scheme.name());
            }
            secret(out, account.server());
            Stored.text(out, account.serverScheme().name());
            Stored.text(out, device.name());
            Stored.text(out, device.certificate());
            PreSharedKey psk = device.psk();
            Stored.text(out, psk == null ? null : psk.identity());
            Stored.bytes(out, psk == null ? Bytes.EMPTY : psk.key());
            Stored.text(out, device.profile());
            Stored.time(out, device.createdAt());
            Stored.time(out, device.seenAt());
            Duration usual = device.rhythm().usual();
            out.writeLong(usual == null ? -1 : usual.toMillis());
            Stored.time(out, device.rhythm().quietUntil());
            Stored.time(out, device.rhythm().silentSince());
            Stored.time(out, device.tracedUntil());
        });
    }

    static Device device(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            String id = Stored.text(in);
            Secret client = secret(in);
            List<Scheme> schemes = new ArrayList<>();
            for (int left = in.readByte(); left > 0; left--) {
                schemes.add(Scheme.valueOf(Stored.text(in)));
            }
            Account account = new Account(id, client, schemes, secret(in), Scheme.valueOf(Stored.text(in)));
            String name = Stored.text(in);
            String certificate = Stored.textOrNull(in);
            String identity = Stored.textOrNull(in);
            Bytes key = Stored.bytes(in);
            return new Device(account, name, certificate, identity == null ? null : new PreSharedKey(identity, key),
                    Stored.text(in), Stored.time(in), Stored.timeOrNull(in), rhythm(in), Stored.timeOrNull(in));
        });
    }

    private static Device.Rhythm rhythm(DataInputStream in) throws IOException {
        long usual = in.readLong();
        return new Device.Rhythm(usual < 0 ? null : Duration.ofMillis(usual), Stored.timeOrNull(in),
                Stored.timeOrNull(in));
    }

    private static void secret(DataOutputStream out, @Nullable Secret secret) throws IOException {
        Stored.text(out, secret == null ? null : secret.userName());
        if (secret != null) {
            Stored.text(out, secret.password());
            Stored.bytes(out, secret.nonce());
        }
    }

    private static @Nullable Secret secret(DataInputStream in) throws IOException {
        String user = Stored.textOrNull(in);
        return user == null ? null : new Secret(user, Stored.text(in), Stored.bytes(in));
    }

    static Bytes node(MirrorNode node) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, node.uri().toString());
            Value value = node.value();
            out.writeBoolean(value != null);
            if (value != null) {
                Stored.value(out, value);
            }
            out.writeBoolean(node.isRead());
            Stored.time(out, node.at());
        });
    }

    static MirrorNode node(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> new MirrorNode(NodeUri.parse(Stored.text(in)),
                in.readBoolean() ? Stored.value(in) : null, in.readBoolean(), Stored.time(in)));
    }

    static Bytes alert(Alert alert) {
        Fact.AlertRaised what = alert.what();
        return Stored.encode(VERSION, out -> {
            out.writeLong(alert.number());
            Stored.text(out, alert.deviceId());
            out.writeLong(alert.session());
            Stored.time(out, alert.at());
            out.writeInt(what.code().code());
            Stored.text(out, what.type());
            Stored.text(out, what.mark());
            Stored.text(out, what.correlator());
            Stored.text(out, what.source());
            Stored.value(out, what.data());
        });
    }

    static Alert alert(Bytes stored) {
        return Stored.decode(VERSION, stored,
                in -> new Alert(in.readLong(), Stored.text(in), in.readLong(), Stored.time(in),
                        new Fact.AlertRaised(new AlertCode(in.readInt()), Stored.text(in), Stored.textOrNull(in),
                                Stored.textOrNull(in), Stored.textOrNull(in), Stored.value(in))));
    }

    static Bytes objects(List<KnownObject> objects) {
        return Stored.encode(VERSION, out -> {
            out.writeInt(objects.size());
            for (KnownObject object : objects) {
                Stored.text(out, object.moid());
                Stored.text(out, object.ddf());
                out.writeInt(object.instances().size());
                for (String instance : object.instances()) {
                    Stored.text(out, instance);
                }
            }
        });
    }

    static List<KnownObject> objects(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> {
            List<KnownObject> objects = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                String moid = Stored.text(in);
                String ddf = Stored.textOrNull(in);
                List<String> instances = new ArrayList<>();
                for (int more = in.readInt(); more > 0; more--) {
                    instances.add(Stored.text(in));
                }
                objects.add(new KnownObject(moid, ddf, instances));
            }
            return objects;
        });
    }

    static Bytes validator(Validator validator) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, validator.moid());
            Stored.text(out, validator.instance());
            Stored.text(out, validator.value());
        });
    }

    static Validator validator(Bytes stored) {
        return Stored.decode(VERSION, stored,
                in -> new Validator(Stored.text(in), Stored.text(in), Stored.text(in)));
    }

    static Bytes head(Head head) {
        return Stored.encode(VERSION, out -> {
            Stored.text(out, head.name());
            Stored.text(out, head.man());
            Stored.text(out, head.mod());
            out.writeInt(head.bytes());
            Stored.text(out, head.sha256());
            Stored.time(out, head.at());
        });
    }

    static Head head(Bytes stored) {
        return Stored.decode(VERSION, stored, in -> new Head(Stored.text(in), Stored.text(in), Stored.text(in),
                in.readInt(), Stored.text(in), Stored.time(in)));
    }
}
