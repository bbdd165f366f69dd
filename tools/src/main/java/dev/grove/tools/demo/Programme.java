package dev.grove.tools.demo;

import static dev.grove.tools.demo.Asked.add;
import static dev.grove.tools.demo.Asked.delete;
import static dev.grove.tools.demo.Asked.get;
import static dev.grove.tools.demo.Asked.group;
import static dev.grove.tools.demo.Asked.asked;
import static dev.grove.tools.demo.Asked.replace;

import dev.grove.client.DeviceKind;
import dev.grove.client.SessionReport.Result;
import dev.grove.tools.device.BackgroundWork;
import dev.grove.tools.device.DemoNodes;
import dev.grove.wire.Bytes;
import java.util.List;

/** What each device is asked on the tour, and what it is to answer, by the letter of the specifications. */
final class Programme {

    /** The answers of the user at every device. */
    static final String USER = """
            display: shown
            confirm: yes
            input: Grove
            choose: 2
            choose: 1 3
            """;

    /** The alert that every device raises by itself at the end. */
    static final String ALERT_TYPE = "dev.grove.demo.battery";

    static final String ALERT_DATA = "15";

    private static final String SETTINGS = "./Demo/Settings/";
    private static final Bytes FIRMWARE = pattern(300 * 1024);

    private final Guest guest;

    private Programme(Guest guest) {
        this.guest = guest;
    }

    static List<Chapter> chaptersOf(Guest guest) {
        return new Programme(guest).chapters();
    }

    private List<Chapter> chapters() {
        return List.of(inventory(), settings(), atomic(), sequence(), copy(), exec(), largeToDevice(),
                largeFromDevice(), user(), alert());
    }

    private Chapter inventory() {
        return Chapter.of("Inventory",
                get("./DevInfo", 200, new Expected.Children(List.of("DevId", "Man", "Mod", "DmV", "Lang"))),
                get("./DevInfo/DevId", 200, Expected.exactly(guest.id())),
                get("./DevInfo/DmV", 200, Expected.exactly(guest.kind().dmV())),
                get("./DevDetail/SwV", 200, new Expected.SomeText()),
                get("./Demo/Nothing", 404, new Expected.Anything()));
    }

    private Chapter settings() {
        return Chapter.of("Settings", replace(SETTINGS + "Brightness", "int", "80", 200),
                add(SETTINGS + "Greeting", "chr", "Hello", 200), add(SETTINGS + "Greeting", "chr", "Again", 418),
                get(SETTINGS + "Brightness", 200, Expected.exactly("80")),
                get(SETTINGS + "Greeting", 200, Expected.exactly("Hello")));
    }

    /** The second part fails, so the first is undone and the third is not begun. */
    private Chapter atomic() {
        return Chapter.of("Atomic that fails",
                group("atomic", 507, replace(SETTINGS + "Brightness", "int", "10", 216),
                        delete("./Demo/Nothing", 404), replace(SETTINGS + "Greeting", "chr", "Never", 215)),
                get(SETTINGS + "Brightness", 200, Expected.exactly("80")),
                get(SETTINGS + "Greeting", 200, Expected.exactly("Hello")));
    }

    private Chapter sequence() {
        return Chapter.of("Sequence", group("sequence", 200, replace(SETTINGS + "Wifi", "bool", "false", 200),
                get(SETTINGS + "Wifi", 200, Expected.exactly("false")), delete(SETTINGS + "Greeting", 200)));
    }

    private Chapter copy() {
        Asked copy = copied(SETTINGS + "Bookmark", SETTINGS + "Bookmark2", guest.isWindows() ? 406 : 200);
        return guest.isWindows()
                ? Chapter.of("Copy", copy).ending("failed")
                : Chapter.of("Copy", copy,
                        get(SETTINGS + "Bookmark2", 200, Expected.exactly("http://www.example.com/")));
    }

    private static Asked copied(String from, String to, int status) {
        return asked(status, json -> json.child("copy", copy -> copy.text("from", from).text("to", to)));
    }

    /** Accepted first, done later; the alert bears the correlator where the device knows of correlators. */
    private Chapter exec() {
        String correlator = hasCorrelators() ? "tour-" + guest.name() : "";
        Asked exec = asked(202, json -> json.child("exec", work -> work.text("uri", "./Demo/Work/Run")
                .text("value", "20").text("correlator", hasCorrelators() ? correlator : null)));
        Chapter chapter = Chapter.of("Exec, answered later", exec);
        return chapter.alerting(BackgroundWork.ALERT_TYPE, correlator, "200");
    }

    private boolean hasCorrelators() {
        return guest.kind() == DeviceKind.DM12 || guest.kind() == DeviceKind.DM13;
    }

    private Chapter largeToDevice() {
        return Chapter.of("300 KB to the device",
                asked(200, json -> json.child("add", add -> add.text("uri", "./Demo/Firmware").text("format", "bin")
                        .text("type", "application/octet-stream").text("valueBase64", FIRMWARE.base64()))));
    }

    /** Windows cannot send in chunks: it aborts the session (Alert 1223), and the server concludes 413. */
    private Chapter largeFromDevice() {
        return guest.isWindows()
                ? Chapter.of("300 KB from the device", get("./Demo/Photo", 413, new Expected.Anything()))
                        .endingSession(Result.ABORTED_BY_CLIENT)
                : Chapter.of("300 KB from the device",
                        get("./Demo/Photo", 200, new Expected.Binary(DemoNodes.PHOTO)));
    }

    private Chapter user() {
        Asked display = asked(guest.isWindows() ? 406 : 200,
                json -> json.child("display", alert -> alert.text("text", "Grove is going to ask you something")));
        if (guest.isWindows()) {
            return Chapter.of("User interaction", display).ending("failed");
        }
        return Chapter.of("User interaction", display,
                asked(200, json -> json.child("confirm", alert -> alert.text("text", "Go on?"))),
                question("input", "What is this called?", List.of("Grove")), choice(false, "2"),
                choice(true, "1", "3"));
    }

    private static Asked question(String kind, String text, List<String> answers) {
        return new Asked(json -> json.child(kind, alert -> alert.text("text", text)), 200,
                new Expected.Answers(answers), List.of());
    }

    private static Asked choice(boolean multiple, String... answers) {
        return new Asked(json -> json.child("choose", alert -> alert.text("text", "Which tree?")
                .array("choices", list -> list.element("oak").element("birch").element("elm"))
                .flag("multiple", multiple)), 200, new Expected.Answers(List.of(answers)), List.of());
    }

    private Chapter alert() {
        return Chapter.of("Generic alert").alerting(ALERT_TYPE, "", ALERT_DATA);
    }

    private static Bytes pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return Bytes.wrap(bytes);
    }
}
