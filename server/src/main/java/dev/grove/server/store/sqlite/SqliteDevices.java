package dev.grove.server.store.sqlite;

import dev.grove.auth.PreSharedKey;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Devices;
import dev.grove.wire.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Devices, with the credentials of both sides in columns of their own. */
record SqliteDevices(Sql sql) implements Devices {

    @Override
    public Optional<Device> find(String id) {
        return sql.first(SELECT + "id = ?", SqliteDevices::device, id);
    }

    @Override
    public Optional<Device> findByPsk(String identity) {
        return sql.first(SELECT + "psk_identity = ?", SqliteDevices::device, identity);
    }

    @Override
    public boolean add(Device device) {
        return save("""
                insert into device (name, certificate, profile, created_at, seen_at, client_user, client_password,
                  client_nonce, client_schemes, server_user, server_password, server_nonce, server_scheme,
                  psk_identity, psk_key, id, usual, quiet_until, silent_since, traced_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""", device);
    }

    @Override
    public boolean put(Device device) {
        return save("""
                update device set name = ?1, certificate = ?2, profile = ?3, created_at = ?4, seen_at = ?5,
                  client_user = ?6, client_password = ?7, client_nonce = ?8, client_schemes = ?9,
                  server_user = ?10, server_password = ?11, server_nonce = ?12, server_scheme = ?13,
                  psk_identity = ?14, psk_key = ?15,
                  usual = ?17, quiet_until = ?18, silent_since = ?19, traced_until = ?20
                where id = ?16""", device);
    }

    /** The columns of {@link #row}, in its order. */
    static final String COLUMNS = "name, certificate, profile, created_at, seen_at, client_user, client_password,"
            + " client_nonce, client_schemes, server_user, server_password, server_nonce, server_scheme, psk_identity,"
            + " psk_key, id, usual, quiet_until, silent_since, traced_until";

    private static final String SELECT = "select " + COLUMNS + " from device where ";

    private boolean save(String statement, Device device) {
        return sql.update(statement, row(device)) > 0;
    }

    static @Nullable Object[] row(Device device) {
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

    @Override
    public boolean remove(String id) {
        SqliteSessions sessions = new SqliteSessions(sql);
        sql.list("select num from session where device = ?", row -> row.getLong(1), id)
                .forEach(sessions::forgetTrace);
        sql.update("delete from session where device = ?", id);
        sql.update("delete from result where job in (select num from job where device = ?)", id);
        sql.update("delete from job where device = ?", id);
        sql.update("delete from node where device = ?", id);
        sql.update("delete from alert where device = ?", id);
        for (String table : List.of("learned", "description", "ticket", "object", "validator", "reach", "wake")) {
            sql.update("delete from " + table + " where device = ?", id);
        }
        return sql.update("delete from device where id = ?", id) > 0;
    }

    @Override
    public List<Device> missed(Instant now, int limit) {
        return sql.list(SELECT + "quiet_until is not null and quiet_until <= ?"
                + " order by quiet_until limit ?", SqliteDevices::device, now, limit);
    }

    @Override
    public List<Device> silent(String after, int limit) {
        return sql.list(SELECT + "silent_since is not null and id > ? order by id limit ?",
                SqliteDevices::device, after, limit);
    }

    @Override
    public int countSilent() {
        return sql.count("select count(*) from device where silent_since is not null");
    }

    @Override
    public List<Device> list(String after, int limit, String query) {
        return sql.list(SELECT + """
                id > ? and (? = '' or instr(lower(id), lower(?)) > 0 or instr(lower(name), lower(?)) > 0)
                order by id limit ?""", SqliteDevices::device, after, query, query, query, limit);
    }

    private static Device device(ResultSet row) throws SQLException {
        return device(new Columns(row));
    }

    /** A device of {@link #COLUMNS}. */
    static Device device(Columns row) throws SQLException {
        String name = row.text();
        String certificate = row.textOrNull();
        String profile = row.text();
        Instant createdAt = row.time();
        Instant seenAt = row.timeOrNull();
        Secret client = secret(row);
        String schemes = row.text();
        Secret server = secret(row);
        Scheme serverScheme = Scheme.valueOf(row.text());
        String identity = row.textOrNull();
        Bytes key = row.bytes();
        List<Scheme> clientSchemes = schemes.isEmpty()
                ? List.of()
                : Arrays.stream(schemes.split(",", -1)).map(Scheme::valueOf).toList();
        PreSharedKey psk = identity == null ? null : new PreSharedKey(identity, key);
        Account account = new Account(row.text(), client, clientSchemes, server, serverScheme);
        return new Device(account, name, certificate, psk, profile, createdAt, seenAt, rhythm(row), row.timeOrNull());
    }

    private static Device.Rhythm rhythm(Columns row) throws SQLException {
        Instant usual = row.timeOrNull();
        return new Device.Rhythm(usual == null ? null : Duration.ofMillis(usual.toEpochMilli()), row.timeOrNull(),
                row.timeOrNull());
    }

    private static @Nullable Secret secret(Columns row) throws SQLException {
        String user = row.textOrNull();
        String password = row.textOrNull();
        Bytes nonce = row.bytes();
        return user == null ? null : new Secret(user, Objects.requireNonNull(password), nonce);
    }
}
