package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.client.ClientFact;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Encoding;
import dev.grove.tree.Acl;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two engines against each other, in every profile, encoding and scheme. */
class LoopbackTest {

    private static final int LARGE = 300_000;
    private static final Profile MODERN_WINDOWS = Profile.WINDOWS.without(Quirk.ABORTS_INSTEAD_OF_CHUNKING);

    static Stream<Arguments> profilesAndEncodings() {
        return Stream.of(Profile.DM_1_1, Profile.DM_1_2, Profile.DM_1_3, MODERN_WINDOWS)
                .flatMap(profile -> Stream.of(Encoding.values()).map(encoding -> Arguments.of(profile, encoding)));
    }

    static Stream<Arguments> everything() {
        return profilesAndEncodings().flatMap(pair -> Stream.of(Scheme.values())
                .map(scheme -> Arguments.of(pair.get()[0], pair.get()[1], scheme)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void work_is_done_and_both_sides_prove_themselves_from_scratch(Profile profile, Encoding encoding, Scheme scheme) {
        Loopback loop = loop(profile, encoding, 1).withClientScheme(scheme, false, Bytes.EMPTY, Bytes.EMPTY)
                .withServerScheme(scheme, Bytes.EMPTY, Bytes.utf8("out of step"));
        queueSomeOfEach(loop);

        assertThat(loop.session(1)).as(() -> loop.clientFacts + "\n" + loop.serverFacts).isEqualTo(Reason.COMPLETED);
        assertOutcomes(loop);
        assertThat(loop.clientFacts).contains(new ClientFact.Accepted(scheme),
                new ClientFact.ServerAuthenticated(scheme));
        assertThat(loop.serverEnd().orElseThrow().reason()).isEqualTo(Fact.Reason.COMPLETED);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void the_next_session_goes_without_a_challenge(Profile profile, Encoding encoding, Scheme scheme) {
        Loopback loop = loop(profile, encoding, 2).withClientScheme(scheme, true, Bytes.EMPTY, Bytes.EMPTY)
                .withServerScheme(scheme, Bytes.EMPTY, Bytes.EMPTY);
        loop.queue("first", get("./A/B"));
        loop.session(1);
        loop.clientFacts.clear();
        loop.messages = 0;
        loop.queue("second", get("./A/B"));

        assertThat(loop.session(2)).isEqualTo(Reason.COMPLETED);
        assertThat(loop.messages).isEqualTo(2);
        assertThat(loop.clientFacts).noneMatch(ClientFact.ServerRefused.class::isInstance);
        assertThat(loop.outcome("second/0").results().getFirst().value().text()).isEqualTo("b");
    }

    @ParameterizedTest
    @MethodSource("profilesAndEncodings")
    void large_objects_go_both_ways_through_small_messages(Profile profile, Encoding encoding) {
        byte[] random = new byte[LARGE];
        new Random(3).nextBytes(random);
        Value binary = Value.binary(Bytes.wrap(random));
        Value text = Value.text("äöü <&> ".repeat(5000));
        Loopback loop = loop(profile, encoding, 3).withLimits(4000, 5000)
                .withClientScheme(Scheme.MD5, true, Bytes.EMPTY, Bytes.EMPTY);
        loop.queue("small", get("./A/B"));
        loop.queue("add", new Operation.Add(at("./A/Bin"), binary));
        loop.queue("text", new Operation.Add(at("./A/Text"), text));
        loop.queue("get", get("./A/Bin"));
        loop.queue("read", get("./A/Text"));

        assertThat(loop.session(1)).as(() -> loop.clientFacts.toString()).isEqualTo(Reason.COMPLETED);
        assertThat(loop.outcome("get/0").results().getFirst().value().data()).isEqualTo(binary.data());
        assertThat(loop.outcome("read/0").results().getFirst().value().text()).isEqualTo(text.text());
        assertThat(loop.tree.at(NodeUri.parse("./A/Bin")).orElseThrow().data()).isEqualTo(binary.data());
        assertThat(loop.longestRequest).isLessThanOrEqualTo(4000);
        assertThat(loop.longestReply).isLessThanOrEqualTo(profile.equals(MODERN_WINDOWS) ? 512 << 10 : 5000);
    }

    @ParameterizedTest
    @MethodSource("profilesAndEncodings")
    void alerts_reach_the_server_and_are_forgotten(Profile profile, Encoding encoding) {
        Loopback loop = loop(profile, encoding, 4);
        loop.alerts.add(ClientAlert.loginStatus("user"));
        loop.alerts.add(ClientAlert.generic("g", "c1",
                new Told("./A", "org.example.done", "minor", Value.of(Format.INT, "200"))));

        assertThat(loop.session(1)).isEqualTo(Reason.COMPLETED);
        assertThat(loop.alerts).isEmpty();
        List<Fact.AlertRaised> raised = loop.serverFacts.stream().filter(Fact.AlertRaised.class::isInstance)
                .map(Fact.AlertRaised.class::cast).toList();
        assertThat(raised).extracting(Fact.AlertRaised::type).containsExactlyInAnyOrder("com.microsoft/MDM/LoginStatus",
                "org.example.done");
        assertThat(raised).filteredOn(alert -> alert.type().equals("org.example.done")).singleElement()
                .satisfies(alert -> {
                    assertThat(alert.data().text()).isEqualTo("200");
                    assertThat(alert.source()).isEqualTo("./A");
                    assertThat(alert.mark()).isEqualTo("minor");
                });
    }

    @Test
    void the_user_is_asked_and_answers() {
        Loopback loop = loop(Profile.DM_1_3, Encoding.WBXML, 5);
        loop.user = interaction -> switch (interaction) {
            case Operation.Display _ -> new Answer.Shown();
            case Operation.Confirm _ -> new Answer.No();
            case Operation.Input _ -> new Answer.Text("Grüße & <mehr>");
            case Operation.Choose choose -> new Answer.Choices(choose.multiple() ? List.of(3, 1) : List.of(2));
        };
        loop.queue("display", new Operation.Display("Hello", UiOptions.NONE));
        loop.queue("confirm", new Operation.Sequence(List.of(new Operation.Confirm("Sure?", UiOptions.NONE),
                new Operation.Delete(at("./A/B")))));
        loop.queue("input", new Operation.Input("Name?", UiOptions.NONE));
        loop.queue("choose", new Operation.Choose("Which?", List.of("a", "b", "c"), true, UiOptions.NONE));

        assertThat(loop.session(1)).isEqualTo(Reason.COMPLETED);
        assertThat(status(loop, "display/0")).isEqualTo(200);
        assertThat(status(loop, "confirm/0.0")).isEqualTo(304);
        assertThat(status(loop, "confirm/0.1")).isEqualTo(215);
        assertThat(loop.outcome("input/0").results().getFirst().value().text()).isEqualTo("Grüße & <mehr>");
        assertThat(loop.outcome("choose/0").results()).extracting(result -> result.value().text())
                .containsExactly("3", "1");
        assertThat(loop.tree.has(NodeUri.parse("./A/B"))).isTrue();
    }

    @Test
    void relative_addresses_are_resolved_by_the_device() {
        Loopback loop = loop(Profile.DM_1_3, Encoding.XML, 6);
        loop.tree = loop.tree.with(NodeUri.parse("./A/M"), Node.interior("urn:oma:mo:x-test:1.0", Loopback.NOW))
                .with(NodeUri.parse("./A/M/F"), Node.of(Value.text("Camera & more"), Loopback.NOW));
        loop.queue("replace", new Operation.Replace(new Address.Relative(NodeUri.ROOT, "urn:oma:mo:x-test:1.0",
                List.of(new Address.Condition(NodeUri.parse("F"), "Camera & more")), NodeUri.parse("F"),
                Address.ITSELF), Value.text("new")));

        assertThat(loop.session(1)).isEqualTo(Reason.COMPLETED);
        assertThat(status(loop, "replace/0")).isEqualTo(200);
        assertThat(loop.tree.at(NodeUri.parse("./A/M/F")).orElseThrow().value().text()).isEqualTo("new");
    }

    @Test
    void a_wrong_password_of_the_device_ends_the_session() {
        for (Scheme scheme : Scheme.values()) {
            Loopback loop = loop(Profile.DM_1_2, Encoding.XML, 7).withClientScheme(scheme, true, Bytes.EMPTY,
                    Bytes.EMPTY);
            loop.account = new Account(Loopback.DEVICE, new Secret("user", "other", Bytes.EMPTY),
                    List.of(scheme), null, scheme);
            loop.queue("get", get("./A/B"));

            assertThat(loop.session(1)).isEqualTo(Reason.NOT_AUTHENTICATED);
            assertThat(loop.outcomes).isEmpty();
        }
    }

    @Test
    void a_wrong_password_of_the_server_ends_the_session_and_nothing_is_done() {
        for (Scheme scheme : Scheme.values()) {
            Loopback loop = loop(Profile.DM_1_2, Encoding.XML, 8).withServerScheme(scheme, Bytes.EMPTY, Bytes.EMPTY);
            loop.account = new Account(Loopback.DEVICE, null, List.of(),
                    new Secret("server", "other", Bytes.EMPTY), scheme);
            loop.queue("delete", new Operation.Delete(at("./A/B")));

            assertThat(loop.session(1)).as(scheme.toString()).isNotEqualTo(Reason.COMPLETED);
            assertThat(loop.tree.has(NodeUri.parse("./A/B"))).isTrue();
            assertThat(loop.work).containsKey("delete");
        }
    }

    // ---- help

    static Loopback loop(Profile profile, Encoding encoding, long seed) {
        boolean isWindows = profile.name().equals("Windows");
        TreeSetup setup = TreeSetup.of(isWindows ? TreeRules.WINDOWS : TreeRules.OMA);
        return new Loopback(profile, encoding, new Loopback.Ground(setup, tree()), seed);
    }

    static Tree tree() {
        Tree tree = Tree.empty(Loopback.NOW).with(NodeUri.parse("./DevInfo"), Node.interior("", Loopback.NOW));
        for (String leaf : List.of("DevId", "Man", "Mod", "DmV", "Lang")) {
            tree = tree.with(NodeUri.parse("./DevInfo/" + leaf),
                    Node.of(Value.text(leaf.equals("DevId") ? Loopback.DEVICE : "1.3"), Loopback.NOW));
        }
        Node open = Node.interior("", Loopback.NOW)
                .withAcl(Acl.parse("Add=*&Delete=*&Exec=*&Get=*&Replace=*"));
        return tree.with(NodeUri.parse("./A"), open)
                .with(NodeUri.parse("./A/B"), Node.of(Value.text("b"), Loopback.NOW))
                .with(NodeUri.parse("./A/C"), Node.of(Value.of(Format.INT, "3"), Loopback.NOW));
    }

    static Address at(String uri) {
        return Address.of(NodeUri.parse(uri));
    }

    static Operation get(String uri) {
        return new Operation.Get(at(uri));
    }

    private static void queueSomeOfEach(Loopback loop) {
        loop.queue("get", get("./A/B"));
        loop.queue("list", get("./A"));
        loop.queue("missing", get("./A/Missing"));
        loop.queue("add", new Operation.Add(at("./A/N"), Value.text("n & <n>")));
        loop.queue("replace", new Operation.Replace(at("./A/C"), Value.of(Format.INT, "4")));
        loop.queue("atomic", new Operation.Atomic(List.of(new Operation.Add(at("./A/X"), Value.text("x")),
                new Operation.Delete(at("./A/Missing")), new Operation.Delete(at("./A/B")))));
        loop.queue("sequence",
                new Operation.Sequence(List.of(new Operation.Delete(at("./A/N")), get("./A/N"), get("./A/C"))));
    }

    private static void assertOutcomes(Loopback loop) {
        List<String> lines = new ArrayList<>();
        loop.outcomes.forEach((path, outcome) -> lines.add(path + " " + line(outcome)));
        assertThat(lines).containsExactlyInAnyOrder("get/0 200 b", "list/0 200 B/C", "missing/0 404", "add/0 200",
                "replace/0 200", "atomic/0 507", "atomic/0.0 216", "atomic/0.1 404", "atomic/0.2 215", "sequence/0 200",
                "sequence/0.0 200", "sequence/0.1 404", "sequence/0.2 200 4");
        assertThat(loop.tree.has(NodeUri.parse("./A/X"))).isFalse();
        assertThat(loop.tree.has(NodeUri.parse("./A/N"))).isFalse();
    }

    private static String line(Outcome outcome) {
        StringBuilder line = new StringBuilder(outcome.status().toString());
        outcome.results().forEach(result -> line.append(' ').append(result.value().text()));
        return line.toString();
    }

    private static int status(Loopback loop, String path) {
        return loop.outcome(path).status().code();
    }
}
