package dev.grove.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.client.Event.Browsing;
import dev.grove.tools.demo.Chapter.Verdict;
import dev.grove.tools.json.JsonView;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tour notices what goes otherwise than it says. */
class ChapterTest {

    private static final Chapter CHAPTER = Chapter.of("A chapter",
            Asked.group("atomic", 507, Asked.delete("./A", 216), Asked.delete("./B", 404)),
            Asked.get("./C", 200, Expected.exactly("80")));

    @Test
    void finds_nothing_wrong_with_what_it_expects() {
        Verdict verdict = CHAPTER.judge(job("done", 404, "80"));
        assertThat(verdict).isEqualTo(new Verdict("507 (216 404) 200", List.of()));
        assertThat(verdict.isGood()).isTrue();
    }

    @Test
    void notices_another_status_state_and_value() {
        assertThat(CHAPTER.judge(job("done", 500, "80")).complaints()).singleElement().asString()
                .startsWith("operation 0.1: expected 404, got 500");
        assertThat(CHAPTER.judge(job("failed", 404, "80")).complaints()).singleElement().asString()
                .startsWith("the job is failed, expected done");
        assertThat(CHAPTER.judge(job("done", 404, "70")).complaints()).singleElement().asString()
                .isEqualTo("operation 1: expected \"80\", got \"70\"");
    }

    @Test
    void notices_missing_outcomes() {
        assertThat(CHAPTER.judge(JsonView.read("{\"state\":\"done\"}")).complaints()).hasSize(4)
                .allMatch(complaint -> complaint.contains("got no answer"));
    }

    @Test
    void judges_a_job_that_is_refused_at_once() {
        JsonView refusal = JsonView.read("{\"detail\":\"why\",\"errors\":[{\"operation\":\"0\",\"status\":406}]}");
        Chapter refused = Chapter.of("Refused", Asked.get("./C", 406, new Expected.Anything()));
        assertThat(refused.ending(Chapter.REFUSED).judge(refusal)).isEqualTo(new Verdict("406", List.of()));
        assertThat(refused.judge(refusal).complaints()).singleElement().asString()
                .isEqualTo("the job is refused, expected done why");
    }

    @Test
    void compares_each_kind_of_result() {
        JsonView text = JsonView.read("{\"value\":\"DevId/Man\"}");
        JsonView bytes = JsonView.read("{\"valueBase64\":\"AAE=\"}");
        assertThat(new Expected.Children(List.of("Man")).complaint(List.of(text))).isEmpty();
        assertThat(new Expected.Children(List.of("Mod")).complaint(List.of(text))).isPresent();
        JsonView node = JsonView.read("{\"uri\":\"./Demo/Settings/Name\"}");
        assertThat(new Expected.Nodes(List.of("Name")).complaint(List.of(node))).isEmpty();
        assertThat(new Expected.Nodes(List.of("Settings")).complaint(List.of(node))).isPresent();
        assertThat(new Expected.Binary(Bytes.hex("0001")).complaint(List.of(bytes))).isEmpty();
        assertThat(new Expected.Binary(Bytes.hex("0002")).complaint(List.of(bytes))).isPresent();
        assertThat(new Expected.SomeText().complaint(List.of(text))).isEmpty();
        assertThat(new Expected.SomeText().complaint(List.of())).isPresent();
        assertThat(new Expected.Answers(List.of("DevId/Man")).complaint(List.of(text))).isEmpty();
        assertThat(new Expected.Answers(List.of("1", "2")).complaint(List.of(text))).isPresent();
    }

    @Test
    void every_device_has_the_same_chapters() throws IOException {
        try (NoticePage notice = new NoticePage("http://127.0.0.1:8080")) {
            List<String> titles = Programme.chaptersOf(Guest.ALL.getFirst(), notice).stream().map(Chapter::title)
                    .toList();
            assertThat(titles).contains("Structure", "Subscription", "Page for the user");
            for (Guest guest : Guest.ALL) {
                assertThat(Programme.chaptersOf(guest, notice)).extracting(Chapter::title).isEqualTo(titles);
            }
        }
    }

    @Test
    void the_page_for_users_notes_on_which_device_it_was_opened() throws IOException {
        try (NoticePage notice = new NoticePage("http://127.0.0.1:8080")) {
            assertThat(new ScriptedBrowser().open(URI.create(notice.url().replace("[DevID]", "IMEI%3A1"))))
                    .isEqualTo(Browsing.STARTED);
            assertThat(notice.readers()).containsExactly("IMEI:1");
        }
    }

    private static JsonView job(String state, int status, String value) {
        return JsonView.read("""
                {"state": "%s", "outcomes": [
                  {"operation": "0", "status": 507}, {"operation": "0.0", "status": 216},
                  {"operation": "0.1", "status": %d},
                  {"operation": "1", "status": 200, "results": [{"uri": "./C", "value": "%s"}]}]}
                """.formatted(state, status, value));
    }
}
