package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.ObjectView;
import dev.grove.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever a server wants, in whatever order: each command gets one status, and what is refused changes nothing. */
class DevicePropertyTest {

    private static final List<String> PLACES = List.of(TestDevice.DCMO + "/cam/", TestDevice.DCMO + "/mic/",
            TestDevice.DCMO + "/cam/Enabled", TestDevice.DCMO + "//", TestDevice.DCMO + "/*/", TestDevice.DCMO
                    + "/*/Enabled",
            TestDevice.DCMO + "/(x)/?nv=(x)/Property:Camera", TestDevice.RADIO + "//", TestDevice.RADIO + "//Name",
            TestDevice.RADIO + "//Secret", TestDevice.RADIO + "//Presets", TestDevice.WORK + "//Now",
            TestDevice.WORK + "//Run", TestDevice.DEV_INFO + "//", TestDevice.ACCOUNT + "/dms1/",
            TestDevice.ACCOUNT + "/dms2/", DelegationObject.MOID + "/*/",
            DelegationObject.MOID + "/" + TestDevice.DCMO + "/cam/1/Permissions/1/AR", "urn:none:1.0//", "junk", "");
    private static final List<String> ADDRESSES = List.of("https://dms1.example.com/r", "https://dms1.example.com/[x]",
            "http://dms1.example.com/", "file:///etc/passwd", "https://evil.example/", "", "[");
    private static final List<String> NAMES = List.of("HGET", "HPUT", "HPOST", "DELETE", "EXEC", "GET", "SHOW", "CONT",
            "DEFAULT", "SUB", "UNSUB", "FLY");
    private static final List<String> BODIES = List.of("9", "true", "{", "[]",
            "{\"ClientURI\":\"" + TestDevice.DCMO + "//\",\"MOData\":{\"usb\":{\"Enabled\":true}}}",
            "{\"ClientURI\":\"" + TestDevice.DCMO + "/cam/\",\"MOData\":{\"cam\":{\"Enabled\":[]}}}",
            "{\"ClientURI\":\"" + TestDevice.RADIO + "//\",\"MOData\":{\"Radio\":{\"Serial\":\"1\",\"Volume\":2}}}",
            "{\"ClientURI\":\"" + DelegationObject.MOID + "//\",\"MOData\":{\"x\":{\"AR\":99}}}");

    @RepeatedTest(60)
    void keeps_its_tree_whole(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random luck = new Random(seed);
        TestDevice device = new TestDevice();
        if (luck.nextBoolean()) {
            device.delegating(luck.nextBoolean() ? "dms1" : "dms2")
                    .servedBy(TestDevice.server("dms1", luck.nextBoolean() ? Set.of("*") : Set.of(TestDevice.DCMO)));
        }
        device.begin(Dm2Trigger.CLIENT);
        for (int round = 0; round < 4; round++) {
            List<String> commands = new ArrayList<>();
            for (int i = luck.nextInt(6); i >= 0; i--) {
                commands.add(command(luck));
            }
            Wish wish = device.commands(commands.toArray(String[]::new));
            while (!(wish instanceof Wish.Send)) {
                Tree old = device.tree;
                int facts = device.facts.size();
                wish = device.proceed(event(wish, luck));
                boolean isRefused = device.facts.get(facts) instanceof Dm2Fact.Done done && !done.status().isSuccess();
                if (isRefused && device.facts.size() == facts + 1) {
                    assertThat(device.tree).as("seed " + seed).isEqualTo(old);
                }
            }
            Response response = TestDevice.response(wish);
            assertThat(response.statuses()).as("seed " + seed).hasSameSizeAs(commands);
            check(device, seed);
        }
    }

    private static void check(TestDevice device, long seed) {
        String why = "seed " + seed;
        assertThat(device.text("./Radio/Serial")).as(why).isEqualTo("4711");
        assertThat(device.has("./DMAcc/dms2/ServerID")).as(why).isTrue();
        assertThat(DelegationObject.isSound(device.tree)).as(why).isTrue();
        ObjectView view = new ObjectView(device.tree, device.context());
        assertThat(device.rules().rules()).as(why)
                .allMatch(rule -> view.roots().containsKey(Delegation.Part.root(rule.part().moid(),
                        rule.part().miid())));
    }

    private static String command(Random luck) {
        List<String> words = new ArrayList<>();
        String name = any(NAMES, luck);
        words.add(name);
        boolean isAddressFirst = List.of("HGET", "HPUT", "HPOST", "SHOW", "CONT", "DEFAULT", "SUB").contains(name);
        if (isAddressFirst) {
            words.add(any(ADDRESSES, luck));
        }
        for (int i = luck.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
            words.add(any(PLACES, luck));
        }
        return "[\"" + String.join("\",\"", words) + "\"]";
    }

    private static Event event(Wish wish, Random luck) {
        if (wish instanceof Wish.Browse) {
            return new Event.Browsed(any(List.of(Event.Browsing.values()), luck));
        }
        if (luck.nextInt(6) == 0) {
            return luck.nextBoolean() ? new Event.Failed("lost") : Event.Answered.of(404);
        }
        return new Event.Answered(200, TestDevice.packet(luck.nextBoolean() ? TestDevice.OBJECTS : "text/plain",
                any(BODIES, luck)));
    }

    private static <T> T any(List<T> list, Random luck) {
        return list.get(luck.nextInt(list.size()));
    }
}
