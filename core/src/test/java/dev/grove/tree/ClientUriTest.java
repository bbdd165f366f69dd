package dev.grove.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.tree.ClientUri.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How ClientURIs are written ([DM 2.0 §6.1.1]); what they mean is tested with the resolver. */
class ClientUriTest {

    @ParameterizedTest
    @Tag("DM-OBJ-001-S-M")
    @Tag("DM-OBJ-002-S-M")
    @ValueSource(strings = {"urn:oma:mo:moid:1.0/left/", "urn:oma:mo:moid:1.0//",
            "urn:oma:mo:moid:1.0/(x)/?nv=(x)/ID:Temperature",
            "urn:oma:mo:moid:1.0/(x)/Data/(y)/Value?nv=(x)/ID:GPS&nv=(y)/Date:12.2",
            "urn:oma:mo:moid:1.0/*/Data/*/Value", "urn:oma:mo:oma-scomo:1.0//Inventory/Deployed/*/ID?lv=3&cv=a%26b",
            "m/i/Data/(x)?nv=(x):12"})
    void reads_and_writes_the_same(String uri) {
        assertThat(ClientUri.parse(uri)).hasToString(uri);
    }

    @Test
    void takes_it_apart() {
        assertThat(ClientUri.parse("urn:x:1.0/(a)/b/*?x=1&nv=(a)/c/d:e%20f:g&lv=2&cv=h+i&y")).isEqualTo(
                new ClientUri("urn:x:1.0", "(a)", List.of("b", "*"),
                        List.of(new Condition('a', List.of("c", "d"), "e f:g")), 2, "h+i"));
    }

    @Test
    void the_slash_of_the_root_may_be_missing() {
        assertThat(ClientUri.parse("m/i")).isEqualTo(ClientUri.of("m", "i", List.of()));
        assertThat(ClientUri.parse("m/")).isEqualTo(ClientUri.of("m", "", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "/i/", "m/i//", "m/i/a/", "m/i/a//b", "m/i/../a", "m/i/./a", "m/./a",
            "m/i/a\u0001",
            "m/(x)/", "m/i/(x)", "m/(x)/(x)?nv=(x)/a:b", "m/i/?nv=(x)/a:b", "m/(x)/?nv=x/a:b", "m/(x)/?nv=(x)a:b",
            "m/(x)/?nv=(x)/:b", "m/(x)/?nv=(x)/a//b:c", "m/(x)/?nv=(x)/a", "m/(x)/?nv=", "m/i/?lv=0", "m/i/?lv=-1",
            "m/i/?lv=x", "m/i/?lv=", "m/i/?lv=99999999999", "m/i/?lv=1&lv=1", "m/i/?cv=a&cv=a", "m/i/?cv=%zz",
            "m/i/?cv=%4", "m/i/a#b"})
    void refuses_what_breaks_the_rules(String uri) {
        assertThatThrownBy(() -> ClientUri.parse(uri)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(");
    }

    @Test
    void tells_what_it_is() {
        assertThat(ClientUri.isLikely("urn:oma:mo:a:1.0//b")).isTrue();
        assertThat(ClientUri.isLikely("./DevInfo/DevId")).isFalse();
        assertThat(ClientUri.isLikely("DevInfo/Ext/a:b")).isFalse();
        assertThat(ClientUri.parse("m/*/a").hasWildcard()).isTrue();
        assertThat(ClientUri.parse("m/i/a/*").hasWildcard()).isTrue();
        assertThat(ClientUri.parse("m/i/a").hasWildcard()).isFalse();
    }

    @Test
    void reads_back_whatever_it_writes() {
        for (long seed = 20261121; seed < 20261121 + 2000; seed++) {
            ClientUri uri = random(new SplittableRandom(seed));
            assertThat(ClientUri.parse(uri.toString())).as("seed " + seed + ": " + uri).isEqualTo(uri);
        }
    }

    private static ClientUri random(SplittableRandom luck) {
        List<String> path = new ArrayList<>();
        List<Condition> where = new ArrayList<>();
        for (int i = luck.nextInt(5); i > 0; i--) {
            path.add(name(luck, (char) ('a' + i), where));
        }
        String instance = luck.nextInt(3) == 0 ? "" : name(luck, 'Z', where);
        return new ClientUri("urn:" + text(luck).replaceAll("[/?#]", ""), instance, path, where,
                luck.nextBoolean() ? 1 + luck.nextInt(99) : null, luck.nextBoolean() ? text(luck) : null);
    }

    private static String name(SplittableRandom luck, char variable, List<Condition> where) {
        int kind = luck.nextInt(4);
        if (kind > 1) {
            return "n" + text(luck).replaceAll("[/?#]", "");
        }
        if (kind == 1) {
            return "*";
        }
        for (int i = luck.nextInt(2); i >= 0; i--) {
            where.add(new Condition(variable,
                    luck.ints(luck.nextInt(3), 0, 9).mapToObj(j -> "leaf" + j).toList(), text(luck)));
        }
        return "(" + variable + ")";
    }

    private static String text(SplittableRandom luck) {
        StringBuilder text = new StringBuilder();
        for (int i = luck.nextInt(6); i > 0; i--) {
            text.append("ab1-._~:@!$&'()*+,;=/?#% ä\"".charAt(luck.nextInt(27)));
        }
        return text.toString();
    }
}
