package dev.grove.client.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.objects.FolderOfFiles.Quota;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject.Change;
import dev.grove.tree.ManagementObject.Live;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderOfFilesTest {

    @TempDir
    Path temp;
    private Path folder;
    private FolderOfFiles object;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = temp.toRealPath().resolve("shared");
        object = new FolderOfFiles(folder, new Quota(100, 250, 6));
    }

    @Test
    void folders_are_interior_nodes_and_files_leaves() throws IOException {
        Files.createDirectories(folder.resolve("docs/empty"));
        Files.writeString(folder.resolve("docs/read me.txt"), "hello\nworld");
        Files.write(folder.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        Files.writeString(folder.resolve("a.xml"), "<a/>");

        assertThat(object.read(NodeUri.ROOT))
                .contains(new Live.Interior("", List.of("a.xml", "docs", "logo.png")));
        assertThat(object.read(path("docs"))).contains(new Live.Interior("", List.of("empty", "read%20me.txt")));
        assertThat(object.read(path("docs/empty"))).contains(new Live.Interior("", List.of()));
        assertThat(object.read(path("docs/read%20me.txt"))).contains(new Live.Leaf(Value.text("hello\nworld")));
        assertThat(object.read(path("logo.png"))).contains(new Live.Leaf(Value.binary(Bytes.hex("89504e47"))));
        assertThat(object.read(path("a.xml")))
                .contains(new Live.Leaf(new Value(Format.XML, "text/xml", Bytes.utf8("<a/>"))));
        assertThat(object.read(path("absent"))).isEmpty();
        assertThat(object.read(path("a.xml/below"))).isEmpty();
    }

    @Test
    void adds_replaces_renames_and_deletes() throws IOException {
        assertThat(apply(new Change.Add(path("sub"), Value.interior("")))).isEqualTo(StatusCode.OK);
        assertThat(apply(new Change.Add(path("sub/file"), Value.text("one")))).isEqualTo(StatusCode.OK);
        assertThat(apply(new Change.Replace(path("sub/file"), Value.text("two")))).isEqualTo(StatusCode.OK);
        assertThat(folder.resolve("sub/file")).hasContent("two");
        assertThat(apply(new Change.Rename(path("sub/file"), "new%20name"))).isEqualTo(StatusCode.OK);
        assertThat(folder.resolve("sub/new name")).hasContent("two");
        assertThat(apply(new Change.Delete(path("sub")))).isEqualTo(StatusCode.OK);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refuses_what_cannot_be_with_the_code_of_the_reason() throws IOException {
        Files.writeString(folder.resolve("file"), "x");

        assertThat(apply(new Change.Add(path("file"), Value.text("y")))).isEqualTo(StatusCode.ALREADY_EXISTS);
        assertThat(apply(new Change.Add(path("no/file"), Value.text("y")))).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(apply(new Change.Add(path("file/below"), Value.text("y")))).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(apply(new Change.Replace(path("absent"), Value.text("y")))).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(apply(new Change.Delete(path("absent")))).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(apply(new Change.Delete(NodeUri.ROOT))).isEqualTo(StatusCode.COMMAND_NOT_ALLOWED);
        assertThat(apply(new Change.Rename(path("file"), "%2E%2E"))).isEqualTo(StatusCode.BAD_REQUEST);
        assertThat(apply(new Change.Rename(path("absent"), "b"))).isEqualTo(StatusCode.NOT_FOUND);
        assertThat(apply(new Change.Add(path("n"), Value.of(Format.INT, "1"))))
                .isEqualTo(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT);
        assertThat(folder.resolve("file")).hasContent("x");
    }

    @Test
    void keeps_its_quota() throws IOException {
        Files.writeString(folder.resolve("big"), "x".repeat(101));

        assertThat(object.read(path("big")))
                .contains(new Live.WriteOnly(Format.BIN, "application/octet-stream"));
        assertThat(apply(add("large", 101))).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(apply(add("a", 100))).isEqualTo(StatusCode.OK);
        assertThat(apply(add("b", 50))).isEqualTo(StatusCode.DEVICE_FULL);
        assertThat(apply(new Change.Replace(path("big"), Value.text("small")))).isEqualTo(StatusCode.OK);
        for (String name : List.of("b", "c", "d", "e")) {
            assertThat(apply(add(name, 1))).isEqualTo(StatusCode.OK);
        }
        assertThat(apply(add("f", 1))).isEqualTo(StatusCode.DEVICE_FULL);
    }

    @Test
    void no_link_leads_out_of_the_folder() throws IOException {
        Path secret = Files.writeString(Files.createDirectory(temp.resolve("outside")).resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("linked"), secret.getParent());
        Files.createSymbolicLink(folder.resolve("dangling"), temp.resolve("nowhere"));

        assertThat(object.read(NodeUri.ROOT)).contains(new Live.Interior("", List.of()));
        for (String name : List.of("link", "linked", "linked/secret", "dangling")) {
            assertThat(object.read(path(name))).isEmpty();
            assertThat(apply(new Change.Replace(path(name), Value.text("x"))).isSuccess()).isFalse();
            assertThat(apply(new Change.Delete(path(name)))).isEqualTo(StatusCode.NOT_FOUND);
            assertThat(apply(add(name, 1)).isSuccess()).isFalse();
        }
        assertThat(apply(add("linked/new", 1)).isSuccess()).isFalse();
        assertThat(apply(new Change.Rename(path("linked/secret"), "other")).isSuccess()).isFalse();
        assertThat(secret).hasContent("secret");
        assertThat(temp.resolve("nowhere")).doesNotExist();
        assertThat(temp.resolve("outside/new")).doesNotExist();
    }

    @Test
    void no_name_leads_out_of_the_folder() throws IOException {
        Files.writeString(temp.resolve("secret"), "secret");
        Files.createDirectory(folder.resolve("sub"));

        for (String name : List.of("%2E%2E", "%2e%2e", "%2E%2E%2Fsecret", "..%2Fsecret", "sub%2F..%2F..%2Fsecret",
                "..%5Csecret", "%2Fetc%2Fpasswd", "secret%00")) {
            assertThat(object.read(new NodeUri(List.of(name)))).as(name).isEmpty();
            assertThat(object.read(new NodeUri(List.of(name, "secret")))).as(name).isEmpty();
            assertThat(apply(new Change.Add(new NodeUri(List.of(name)), Value.text("x")))).as(name)
                    .isEqualTo(StatusCode.BAD_REQUEST);
        }
        // not even if somebody forgets to parse the URI
        assertThat(object.read(new NodeUri(List.of("..", "secret")))).isEmpty();
        assertThat(temp.resolve("secret")).hasContent("secret");
    }

    @Test
    void deleting_a_folder_does_not_follow_its_links() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside"), "keep");
        Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("sub/link"), outside);
        Files.createSymbolicLink(folder.resolve("sub/up"), temp);

        assertThat(apply(new Change.Delete(path("sub")))).isEqualTo(StatusCode.OK);

        assertThat(outside).hasContent("keep");
        assertThat(folder.resolve("sub")).doesNotExist();
    }

    @Test
    void what_a_crash_left_behind_is_not_seen_and_goes() throws IOException {
        Files.createDirectories(folder.resolve(".grove-7-1/half/deleted"));
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/.grove-7-2"), "half written");

        assertThat(object.read(path("sub"))).contains(new Live.Interior("", List.of()));

        new FolderOfFiles(folder, Quota.DEFAULT);
        assertThat(folder.resolve(".grove-7-1")).doesNotExist();
        assertThat(folder.resolve("sub/.grove-7-2")).doesNotExist();
    }

    private StatusCode apply(Change change) {
        return object.apply(change);
    }

    private static Change add(String path, int bytes) {
        return new Change.Add(path(path), Value.text("x".repeat(bytes)));
    }

    private static NodeUri path(String path) {
        return NodeUri.parse(path);
    }
}
