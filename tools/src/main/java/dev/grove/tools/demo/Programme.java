package dev.grove.tools.demo;

import static dev.grove.tools.demo.Asked.add;
import static dev.grove.tools.demo.Asked.delete;
import static dev.grove.tools.demo.Asked.get;
import static dev.grove.tools.demo.Asked.group;
import static dev.grove.tools.demo.Asked.asked;
import static dev.grove.tools.demo.Asked.replace;

import dev.grove.client.DeviceKind;
import dev.grove.client.SessionReport.Result;
import dev.grove.dm2.Dm2Objects;
import dev.grove.tools.device.BackgroundWork;
import dev.grove.tools.device.DemoNodes;
import dev.grove.tree.NodeUri;
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

    private static final Bytes FIRMWARE = pattern(300 * 1024);

    private final Guest guest;
    private final NoticePage notice;
    private final String demo;
    private final String settings;

    private Programme(Guest guest, NoticePage notice) {
        this.guest = guest;
        this.notice = notice;
        this.demo = guest.isDm2() ? DemoNodes.MOID + "//" : "./Demo/";
        this.settings = demo + "Settings/";
    }

    /** @param notice what is shown to users */
    static List<Chapter> chaptersOf(Guest guest, NoticePage notice) {
        return new Programme(guest, notice).chapters();
    }

    private List<Chapter> chapters() {
        return List.of(inventory(), structure(), settings(), atomic(), sequence(), copy(), exec(), largeToDevice(),
                largeFromDevice(), user(), page(), subscription(), alert(), woken());
    }

    private Chapter inventory() {
        return Chapter.of("Inventory",
                get("./DevInfo", 200, new Expected.Children(List.of("Man", "Mod", "DmV", "Lang"))),
                get("./DevInfo/DevId", 200, Expected.exactly(guest.id())),
                get("./DevInfo/DmV", 200, Expected.exactly(guest.kind().dmV())),
                get("./DevDetail/SwV", 200, new Expected.SomeText()),
                get(demo + "Nothing", 404, new Expected.Anything()));
    }

    /** What there is, in one answer; a device of DM 2.0 also tells of its objects when asked. */
    private Chapter structure() {
        Expected nodes = new Expected.Nodes(List.of("Name", "Brightness", "Wifi", "Bookmark"));
        return guest.isDm2()
                ? Chapter.of("Structure", get(settings + "*", 200, nodes))
                        .followedBy(new ObjectsTold(List.of(Dm2Objects.DEV_INFO_MOID, DemoNodes.MOID)))
                : Chapter.of("Structure", get("./Demo/Settings?list=StructData", 200, nodes));
    }

    private Chapter settings() {
        Asked again = add(settings + "Greeting", "chr", guest.isDm2() ? "Hello" : "Again", guest.isDm2() ? 200 : 418);
        return Chapter.of("Settings", replace(settings + "Brightness", "int", "80", 200),
                add(settings + "Greeting", "chr", "Hello", 200), again,
                get(settings + "Brightness", 200, Expected.exactly("80")),
                get(settings + "Greeting", 200, Expected.exactly("Hello")));
    }

    /** The second part fails, so the first is undone and the third is not begun. */
    private Chapter atomic() {
        if (guest.isDm2()) {
            return Chapter.of("Atomic that fails", asked(406, json -> json.array("atomic",
                    list -> list.element(delete(demo + "Nothing", 404).member())))).ending(Chapter.REFUSED);
        }
        return Chapter.of("Atomic that fails",
                group("atomic", 507, replace(settings + "Brightness", "int", "10", 216),
                        delete(demo + "Nothing", 404), replace(settings + "Greeting", "chr", "Never", 215)),
                get(settings + "Brightness", 200, Expected.exactly("80")),
                get(settings + "Greeting", 200, Expected.exactly("Hello")));
    }

    private Chapter sequence() {
        return Chapter.of("Sequence", group("sequence", 200, replace(settings + "Wifi", "bool", "false", 200),
                get(settings + "Wifi", 200, Expected.exactly("false")), delete(settings + "Greeting", 200)));
    }

    private Chapter copy() {
        Asked copy = copied(settings + "Bookmark", settings + "Bookmark2", hasCopy() ? 200 : 406);
        return !hasCopy()
                ? Chapter.of("Copy", copy).ending(guest.isDm2() ? Chapter.REFUSED : "failed")
                : Chapter.of("Copy", copy,
                        get(settings + "Bookmark2", 200, Expected.exactly("http://www.example.com/")));
    }

    private boolean hasCopy() {
        return !guest.isWindows() && !guest.isDm2();
    }

    private static Asked copied(String from, String to, int status) {
        return asked(status, json -> json.child("copy", copy -> copy.text("from", from).text("to", to)));
    }

    /** Accepted first, done later; the alert bears the correlator where the device knows of correlators. */
    private Chapter exec() {
        String correlator = hasCorrelators() ? "tour-" + guest.name() : "";
        if (guest.isDm2()) {
            return Chapter.of("Exec, answered later", asked(200, json -> json.child("exec",
                    work -> work.text("uri", demo + "Work/Run")))).alerting(BackgroundWork.ALERT_TYPE, "", "200");
        }
        Asked exec = asked(202, json -> json.child("exec", work -> work.text("uri", demo + "Work/Run")
                .text("value", "20").text("correlator", hasCorrelators() ? correlator : null)));
        Chapter chapter = Chapter.of("Exec, answered later", exec);
        return chapter.alerting(BackgroundWork.ALERT_TYPE, correlator, "200");
    }

    private boolean hasCorrelators() {
        return guest.kind() == DeviceKind.DM12 || guest.kind() == DeviceKind.DM13;
    }

    private Chapter largeToDevice() {
        return Chapter.of("300 KB to the device",
                asked(200, json -> json.child("add", add -> add.text("uri", demo + "Firmware").text("format", "bin")
                        .text("type", "application/octet-stream").text("valueBase64", FIRMWARE.base64()))));
    }

    /** Windows cannot send in chunks: it aborts the session (Alert 1223), and the server concludes 413. */
    private Chapter largeFromDevice() {
        if (guest.isDm2()) {
            return Chapter.of("300 KB from the device", new Asked(
                    json -> json.child("get", get -> get.text("uri", demo + "Photo").text("via", "repository")), 200,
                    new Expected.Binary(DemoNodes.PHOTO), List.of()));
        }
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

    private Chapter page() {
        Asked show = asked(guest.isDm2() ? 200 : 406,
                json -> json.child("show", page -> page.text("url", notice.url())));
        return guest.isDm2() ? Chapter.of("Page for the user", show).followedBy(new PageShown(notice))
                : Chapter.of("Page for the user", show).ending("failed");
    }

    private Chapter subscription() {
        String uri = settings + "Brightness";
        Asked subscribe = asked(guest.isDm2() ? 200 : 406,
                json -> json.child("subscribe", to -> to.text("uri", uri)));
        return guest.isDm2()
                ? Chapter.of("Subscription", subscribe)
                        .followedBy(new ChangesTold(NodeUri.parse("./Demo/Settings/Brightness"), uri))
                : Chapter.of("Subscription", subscribe).ending("failed");
    }

    private Chapter alert() {
        return Chapter.of("Generic alert").alerting(ALERT_TYPE, "", ALERT_DATA);
    }

    private static Chapter woken() {
        return Chapter.of("Woken from sleep").followedBy(new Woken());
    }

    private static Bytes pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return Bytes.wrap(bytes);
    }
}
