package dev.grove.server.store.postgres;

import dev.grove.auth.PreSharedKey;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import dev.grove.server.store.postgres.Sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Devices, with the credentials of both sides in columns of their own. */
record PgDevices(Sql sql, Heads heads) implements Devices {

    private static final String FIND = "select * from device where device = ?";
    private static final List<String> OF_DEVICES = List.of("trace", "session", "result", "job", "node", "alert",
            "description", "ticket", "object", "validator", "reach", "wake");

    @Override
    public Optional<Device> find(String id) {
        return sql.first(FIND, PgDevices::device, id);
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        return sql.first("select * from device where psk_identity = ?", PgDevices::device, identity);
    }

    @Override
    public boolean add(Device device) {
        return find(device.id()).isEmpty() && save(device);
    }

    @Override
    public boolean put(Device device) {
        return find(device.id()).isPresent() && save(device);
    }

    private boolean save(Device device) {
        heads.touch(device.id());
        return sql.update(statement(device)) > 0;
    }

    static Statement statement(Device device) {
        return Statement.of("""
                insert into device (name, certificate, profile, created_at, seen_at, client_user, client_password,
                  client_nonce, client_schemes, server_user, server_password, server_nonce, server_scheme,
                  psk_identity, psk_key, device, usual, quiet_until, silent_since, traced_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (device) do update set name = excluded.name, certificate = excluded.certificate,
                  profile = excluded.profile, created_at = excluded.created_at, seen_at = excluded.seen_at,
                  client_user = excluded.client_user, client_password = excluded.client_password,
                  client_nonce = excluded.client_nonce, client_schemes = excluded.client_schemes,
                  server_user = excluded.server_user, server_password = excluded.server_password,
                  server_nonce = excluded.server_nonce, server_scheme = excluded.server_scheme,
                  psk_identity = excluded.psk_identity, psk_key = excluded.psk_key,
                  usual = excluded.usual, quiet_until = excluded.quiet_until,
                  silent_since = excluded.silent_since, traced_until = excluded.traced_until""", row(device));
    }

    private static @Nullable Object[] row(Device device) {
        Account account = device.account();
        Secret client = account.client();
        Secret server = account.server();
        PreSharedKey psk = device.psk();
        Device.Rhythm rhythm = device.rhythm();
        String schemes = account.clientSchemes().stream().map(Scheme::name).collect(Collectors.joining(","));
        return new @Nullable Object[] {device.name(), device.certificate(), device.profile(), device.createdAt(),
                device.seenAt(), client == null ? null : client.userName(), client == null ? null : client.password(),
                client == null ? null : client.nonce(), schemes, server == null ? null : server.userName(),
                server == null ? null : server.password(), server == null ? null : server.nonce(),
                account.serverScheme(), psk == null ? null : psk.identity(), psk == null ? null : psk.key(),
                device.id(), rhythm.usual() == null ? null : rhythm.usual().toMillis(), rhythm.quietUntil(),
                rhythm.silentSince(), device.tracedUntil()};
    }

    /** What is left is its row of {@code head}: the epochs of a device that comes again go on from there. */
    @Override
    public boolean remove(String id) {
        heads.touch(id);
        for (String table : OF_DEVICES) {
            sql.update("delete from " + table + " where device = ?", id);
        }
        return sql.update("delete from device where device = ?", id) > 0;
    }

    @Override
    public List<Device> missed(Instant now, int limit) {
        return sql.list("select * from device where quiet_until <= ? order by quiet_until limit ?", PgDevices::device,
                now, limit);
    }

    @Override
    public List<Device> silent(String after, int limit) {
        return sql.list("select * from device where silent_since is not null and device > ? order by device limit ?",
                PgDevices::device, after, limit);
    }

    @Override
    public int countSilent() {
        return sql.count("select count(*) from device where silent_since is not null");
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        return sql.list("""
                select * from device where device > ?
                  and (? = '' or position(lower(? collate "C") in lower(device)) > 0
                    or position(lower(? collate "C") in lower(name)) > 0)
                order by device limit ?""", PgDevices::device, after, query, query, query, limit);
    }

    static Device device(ResultSet row) throws SQLException {
        String schemes = row.getString("client_schemes");
        List<Scheme> clientSchemes = schemes.isEmpty()
                ? List.of()
                : Arrays.stream(schemes.split(",", -1)).map(Scheme::valueOf).toList();
        Account account = new Account(row.getString("device"), secret(row, "client"), clientSchemes,
                secret(row, "server"), Scheme.valueOf(row.getString("server_scheme")));
        return new Device(account, row.getString("name"), row.getString("certificate"), psk(row),
                row.getString("profile"), Objects.requireNonNull(Sql.time(row, "created_at")),
                Sql.time(row, "seen_at"), rhythm(row), Sql.time(row, "traced_until"));
    }

    private static @Nullable PreSharedKey psk(ResultSet row) throws SQLException {
        String identity = row.getString("psk_identity");
        return identity == null ? null : new PreSharedKey(identity, Sql.bytes(row, "psk_key"));
    }

    private static @Nullable Secret secret(ResultSet row, String side) throws SQLException {
        String user = row.getString(side + "_user");
        return user == null
                ? null
                : new Secret(user, row.getString(side + "_password"), Sql.bytes(row, side + "_nonce"));
    }

    private static Device.Rhythm rhythm(ResultSet row) throws SQLException {
        long usual = row.getLong("usual");
        return new Device.Rhythm(row.wasNull() ? null : Duration.ofMillis(usual), Sql.time(row, "quiet_until"),
                Sql.time(row, "silent_since"));
    }
}
