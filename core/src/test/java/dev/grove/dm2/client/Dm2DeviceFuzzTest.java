package dev.grove.dm2.client;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.dm2.client.Event.Browsing;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.dm2.device.BootstrapInstaller;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;

/** The doors of a DM 2.0 device: whatever servers and repositories answer, there is a next step. */
class Dm2DeviceFuzzTest {

    private static final String PACKAGE = "application/vnd.oma.dm.request+json";
    private static final String RULES = "urn:oma:mo:oma-dm-dacmo:1.0/" + TestDevice.DCMO + "/cam/1";
    private static final String HGET = "[\"HGET\",\"https://dms1.example.com/r\"";

    @FuzzTest(maxDuration = "20m")
    void any_package_is_met(FuzzedDataProvider data) {
        TestDevice device = device(data);
        device.begin(Dm2Trigger.CLIENT);
        String text = data.consumeBoolean() ? data.consumeString(2000)
                : "{\"CMD\":[[\"" + data.pickValue(new String[] {"GET", "DELETE", "EXEC", "UNSUB"}) + "\",\""
                        + data.consumeString(300).replace("\\", "").replace("\"", "") + "\"]]}";
        run(device, device.answered(200, TestDevice.packet(PACKAGE, text)), data);
    }

    @FuzzTest(maxDuration = "20m")
    void any_data_is_met(FuzzedDataProvider data) {
        TestDevice device = device(data);
        String to = data.pickValue(new String[] {"", TestDevice.DCMO + "/cam/", TestDevice.RADIO + "//Volume",
                RULES, TestDevice.DCMO + "/*/New/Node"});
        run(device, device.session(HGET + (to.isEmpty() ? "]" : ",\"" + to + "\"]")), data);
    }

    @FuzzTest(maxDuration = "20m")
    void any_bootstrap_is_met(FuzzedDataProvider data) {
        TestDevice device = device(data);
        new BootstrapInstaller(device.context()).install(body(data), device.tree);
    }

    private static TestDevice device(FuzzedDataProvider data) {
        TestDevice device = new TestDevice();
        return data.consumeBoolean() ? device.delegating(data.consumeBoolean() ? "dms1" : "dms2") : device;
    }

    private static void run(TestDevice device, Wish first, FuzzedDataProvider data) {
        Wish wish = first;
        for (int i = 0; i < 20 && !(wish instanceof Wish.Finished); i++) {
            wish = switch (wish) {
                case Wish.Send _ -> device.answered(200, TestDevice.request("[\"END\"]"));
                case Wish.Browse _ -> device.proceed(new Event.Browsed(Browsing.STARTED));
                case Wish.Fetch _,Wish.Deliver _ -> device.answered(data.pickValue(new Integer[] {200, 200, 415, 500}),
                        body(data));
                case Wish.Finished finished -> finished;
            };
        }
    }

    private static Packet body(FuzzedDataProvider data) {
        String type = data.pickValue(new String[] {TestDevice.OBJECTS, TestDevice.OBJECTS, "text/plain", ""});
        Bytes body = data.consumeBoolean() ? Bytes.wrap(data.consumeBytes(1000))
                : Bytes.utf8("[{\"ClientURI\":\"" + data.pickValue(new String[] {TestDevice.DCMO + "//",
                        TestDevice.ACCOUNT + "//", TestDevice.RADIO + "//Volume", "urn:x:1//a/b"})
                        + "\",\"MOData\":" + data.consumeString(500) + "}]");
        return new Packet(type, body, Headers.of("OMADM-Accept", data.consumeString(50)));
    }
}
