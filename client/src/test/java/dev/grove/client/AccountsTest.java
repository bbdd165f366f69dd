package dev.grove.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.client.Accounts.Stored;
import dev.grove.dm1.client.ClientAccount;
import dev.grove.mo.DmAcc;
import dev.grove.mo.DmAcc.Address;
import dev.grove.mo.DmAcc.Auth;
import dev.grove.mo.DmAcc.Level;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final NodeUri PLACE = NodeUri.parse("./DMAcc/x");

    private static Tree tree(Node account) {
        return Tree.empty(NOW).with(NodeUri.parse("./DMAcc"), Node.interior("", NOW)).with(PLACE, account);
    }

    private static Node account(@Nullable String preferred, Address address, Auth... auths) {
        return new DmAcc("server.example", null, null, List.of(), List.of(address), preferred, List.of(auths))
                .node(NOW);
    }

    private static Address url(String url) {
        return new Address(url, "URI", List.of());
    }

    private static Auth auth(Level level, String type, String name, @Nullable Bytes nonce) {
        return new Auth(level, type, name, "secret", nonce);
    }

    private static ClientAccount only(Tree tree, @Nullable Scheme last) {
        List<Stored> stored = Accounts.in(tree, serverId -> Optional.ofNullable(last));
        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst().at()).isEqualTo(PLACE);
        return stored.getFirst().account();
    }

    @Test
    void both_sides_credentials_are_read_with_their_nonces() {
        ClientAccount account = only(tree(account(null, url("http://h/dm"),
                auth(Level.CLCRED, "DIGEST", "device", Bytes.utf8("n1")),
                auth(Level.SRVCRED, "HMAC", "server", null))), null);

        assertThat(account.serverId()).isEqualTo("server.example");
        assertThat(account.url()).isEqualTo("http://h/dm");
        assertThat(account.client()).isEqualTo(new Secret("device", "secret", Bytes.utf8("n1")));
        assertThat(account.clientSchemes()).containsExactly(Scheme.MD5);
        assertThat(account.server()).isEqualTo(new Secret("server", "secret", Bytes.EMPTY));
        assertThat(account.serverSchemes()).containsExactly(Scheme.MAC);
        assertThat(account.credentialsAtOnce()).isTrue();
    }

    @Test
    void the_preferred_scheme_comes_first_or_else_the_last_one_that_was_accepted() {
        Auth[] auths = {auth(Level.CLCRED, "BASIC", "u", null), auth(Level.CLCRED, "DIGEST", "u", null),
                auth(Level.CLCRED, "HMAC", "u", null), auth(Level.CLCRED, "SHA256", "other", null)};

        assertThat(only(tree(account("HMAC", url("http://h/"), auths)), Scheme.MD5).clientSchemes())
                .containsExactly(Scheme.MAC, Scheme.BASIC, Scheme.MD5);
        assertThat(only(tree(account("", url("http://h/"), auths)), Scheme.MD5).clientSchemes())
                .containsExactly(Scheme.MD5, Scheme.BASIC, Scheme.MAC);
        assertThat(only(tree(account(null, url("http://h/"), auths)), null).clientSchemes())
                .containsExactly(Scheme.BASIC, Scheme.MD5, Scheme.MAC);
    }

    @Test
    void an_account_without_usable_credentials_leaves_it_to_the_transport() {
        ClientAccount account = only(tree(account(null, url("https://h/"),
                auth(Level.CLCRED, "TRANSPORT", "u", null))), null);

        assertThat(account.client()).isNull();
        assertThat(account.server()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"http://h/dm,URI,,http://h/dm", "http://h/dm,URI,8080,http://h:8080/dm",
            "http://h:1/dm?x=1,URI,8080,http://h:1/dm?x=1", "https://h?x=1,URI,443,https://h:443?x=1",
            "192.0.2.1,IPv4,8080,http://192.0.2.1:8080/", "2001:db8::1,IPv6,80,http://[2001:db8::1]:80/"})
    void an_address_and_a_port_make_a_url(String addr, String type, @Nullable String port, String url) {
        Address address = new Address(addr, type, port == null ? List.of() : List.of(port));

        assertThat(only(tree(account(null, address)), null).url()).isEqualTo(url);
    }

    @Test
    void an_account_without_an_http_address_is_none() {
        assertThat(Accounts.in(tree(account(null, url("obex:1"))), id -> Optional.empty())).isEmpty();
        assertThat(Accounts.in(tree(account(null, url("not a url"))), id -> Optional.empty())).isEmpty();
    }

    @Test
    void http_basic_beside_is_found() {
        Stored stored = Accounts.in(tree(account(null, url("http://h/"),
                new Auth(Level.HTTP, "HTTP-BASIC", "web", "pass", null))), id -> Optional.empty()).getFirst();

        assertThat(stored.httpUser()).isEqualTo(new Secret("web", "pass", Bytes.EMPTY));
    }

    @Test
    void a_nonce_goes_to_the_entries_of_its_side() {
        Tree before = tree(account(null, url("http://h/"), auth(Level.CLCRED, "DIGEST", "u", null),
                auth(Level.CLCRED, "HMAC", "u", Bytes.utf8("old")), auth(Level.SRVCRED, "DIGEST", "s", null)));

        Tree after = Accounts.withNonce(before, PLACE, Level.CLCRED, Bytes.utf8("new"));

        NodeUri auths = PLACE.child("AppAuth");
        for (String entry : List.of("1", "2")) {
            Node nonce = after.at(auths.child(entry).child("AAuthData")).orElseThrow();
            assertThat(nonce.data()).isEqualTo(Bytes.utf8("new"));
            assertThat(nonce.format()).isEqualTo(Format.BIN);
        }
        assertThat(after.has(auths.child("3").child("AAuthData"))).isFalse();
        assertThat(Accounts.withNonce(before, NodeUri.parse("./DMAcc/gone"), Level.CLCRED, Bytes.EMPTY))
                .isSameAs(before);
    }

    @Test
    void an_account_of_dm_1_1_is_flat() {
        Tree tree = tree(Node.interior("", NOW));
        for (List<String> leaf : List.of(List.of("ServerId", "server.example"), List.of("Addr", "http://h/dm"),
                List.of("PortNbr", "8080"), List.of("UserName", "u"), List.of("ClientPW", "p"),
                List.of("ServerPW", "s"), List.of("AuthPref", "syncml:auth-md5"))) {
            tree = tree.with(PLACE.child(leaf.getFirst()), Node.of(Value.text(leaf.getLast()), NOW));
        }

        ClientAccount account = only(tree, null);

        assertThat(account.url()).isEqualTo("http://h:8080/dm");
        assertThat(account.client()).isEqualTo(new Secret("u", "p", Bytes.EMPTY));
        assertThat(account.clientSchemes()).containsExactly(Scheme.MD5);
        Tree after = Accounts.withNonce(tree, PLACE, Level.CLCRED, Bytes.utf8("n"));
        assertThat(only(after, null).client()).isEqualTo(new Secret("u", "p", Bytes.utf8("n")));
    }

    @Test
    void every_scheme_has_a_type_that_reads_back() {
        for (Scheme scheme : Scheme.values()) {
            assertThat(Accounts.scheme(Accounts.type(scheme))).contains(scheme);
            assertThat(Accounts.scheme(scheme.wireName())).contains(scheme);
        }
        assertThat(Accounts.scheme("X509")).isEmpty();
    }
}
