package dev.grove.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistentTreeTest {

    private static final long SEED = Long.getLong("grove.seed", 20261121L);
    private static final NodeUri LEAF = NodeUri.parse("./Leaf");

    @TempDir
    Path temp;

    private Path folder() {
        return temp.resolve("device");
    }

    private PersistentTree open() throws StorageException {
        return PersistentTree.open(folder(), RandomTrees::initial);
    }

    @Test
    void a_new_device_starts_with_the_initial_state_and_keeps_what_it_commits() throws Exception {
        DeviceState changed;
        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isEqualTo(RandomTrees.initial());
            changed = tree.state().withTree(tree.state().tree().with(LEAF, leaf("one")));
            tree.commit(changed);
            assertThat(tree.state()).isEqualTo(changed);
        }
        try (PersistentTree again = open()) {
            assertThat(again.state()).isEqualTo(changed);
        }
    }

    @Test
    void a_journal_cut_at_any_byte_holds_the_old_state_or_the_new_one() throws Exception {
        SplittableRandom luck = new SplittableRandom(SEED);
        DeviceState before = RandomTrees.initial();
        DeviceState after;
        int lengthBefore;
        try (PersistentTree tree = open()) {
            for (int i = 0; i < 20; i++) {
                before = RandomTrees.changed(tree.state(), luck);
                tree.commit(before);
            }
            lengthBefore = (int) Files.size(journal());
            after = before.withTree(before.tree().with(LEAF, leaf("the last commit")));
            tree.commit(after);
        }
        byte[] whole = Files.readAllBytes(journal());
        assertThat(whole.length).isGreaterThan(lengthBefore + 50);

        for (int cut = lengthBefore; cut <= whole.length; cut++) {
            Files.write(journal(), Arrays.copyOf(whole, cut));
            try (PersistentTree tree = open()) {
                assertThat(tree.state()).as("cut at byte %d of %d, seed %d", cut, whole.length, SEED)
                        .isEqualTo(cut == whole.length ? after : before);
                tree.commit(before.withTree(before.tree().with(LEAF, leaf("goes on"))));
            }
            try (PersistentTree tree = open()) {
                assertThat(tree.state().tree().at(LEAF).orElseThrow().value().text()).isEqualTo("goes on");
            }
        }
    }

    @Test
    void a_torn_record_with_garbage_in_it_is_dropped() throws Exception {
        DeviceState before;
        try (PersistentTree tree = open()) {
            before = tree.state().withTree(tree.state().tree().with(LEAF, leaf("kept")));
            tree.commit(before);
        }
        byte[] whole = Files.readAllBytes(journal());
        byte[] withTail = Arrays.copyOf(whole, whole.length + 100);
        Arrays.fill(withTail, whole.length, withTail.length, (byte) 0x5A);
        Files.write(journal(), withTail);

        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isEqualTo(before);
        }
        assertThat(Files.size(journal())).isEqualTo(whole.length);
    }

    @Test
    void damage_before_the_tail_is_reported_and_not_taken_for_a_crash() throws Exception {
        long first;
        try (PersistentTree tree = open()) {
            first = Files.size(journal());
            for (String text : List.of("one", "two", "three")) {
                tree.commit(tree.state().withTree(tree.state().tree().with(LEAF, leaf(text))));
            }
        }
        byte[] damaged = Files.readAllBytes(journal());
        damaged[(int) first + 20] ^= 1;
        Files.write(journal(), damaged);

        assertThatThrownBy(this::open).isInstanceOf(StorageException.class)
                .hasMessageContaining("damaged at byte " + first);
    }

    @Test
    void a_crash_in_the_middle_of_tidying_loses_nothing() throws Exception {
        DeviceState state;
        byte[] old;
        byte[] fresh;
        try (PersistentTree tree = open()) {
            state = tree.state().withTree(tree.state().tree().with(LEAF, leaf("kept")));
            tree.commit(state);
            old = Files.readAllBytes(file("tree-000001.grove"));
            tree.compact();
            fresh = Files.readAllBytes(file("tree-000002.grove"));
            assertThat(names()).containsExactlyInAnyOrder("lock", "tree-000002.grove");
        }

        for (int written = 0; written <= fresh.length; written += 7) {
            Files.deleteIfExists(file("tree-000002.grove"));
            Files.write(file("tree-000001.grove"), old);
            Files.write(file("tree-000002.grove.tmp"), Arrays.copyOf(fresh, written));
            try (PersistentTree tree = open()) {
                assertThat(tree.state()).isEqualTo(state);
            }
            assertThat(names()).containsExactlyInAnyOrder("lock", "tree-000001.grove");
        }

        Files.write(file("tree-000002.grove"), fresh);
        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isEqualTo(state);
        }
        assertThat(names()).containsExactlyInAnyOrder("lock", "tree-000002.grove");
    }

    @Test
    void a_journal_that_has_grown_is_written_anew_by_itself() throws Exception {
        DeviceState last = RandomTrees.initial();
        try (PersistentTree tree = open()) {
            for (int i = 0; i < 30; i++) {
                last = tree.state().withTree(tree.state().tree().with(LEAF, leaf(i + "x".repeat(100_000))));
                tree.commit(last);
            }
        }
        assertThat(Files.size(newest())).isLessThan(1_500_000);
        assertThat(newest().getFileName()).hasToString("tree-000003.grove");
        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isEqualTo(last);
        }
    }

    @Test
    void a_folder_serves_one_device_at_a_time() throws Exception {
        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isNotNull();
            assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("in use");
        }
        try (PersistentTree again = open()) {
            assertThat(again.state()).isEqualTo(RandomTrees.initial());
        }
    }

    @Test
    void refuses_a_file_of_another_kind_or_of_a_later_format() throws Exception {
        try (PersistentTree tree = open()) {
            tree.commit(tree.state().withTree(tree.state().tree().with(LEAF, leaf("x"))));
        }
        byte[] whole = Files.readAllBytes(journal());

        byte[] later = whole.clone();
        later[11] = 2;
        Files.write(journal(), later);
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("format 2");

        Files.writeString(journal(), "something else altogether");
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("not the tree");

        Files.write(journal(), Arrays.copyOf(whole, 40));
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("first record");
    }

    @Test
    void nobody_else_may_read_what_is_kept() throws Exception {
        try (PersistentTree tree = open()) {
            assertThat(tree.state()).isNotNull();
        }
        if (Files.getFileStore(folder()).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder()))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal()))).isEqualTo("rw-------");
        }
    }

    private Path journal() {
        return file("tree-000001.grove");
    }

    private Path file(String name) {
        return folder().resolve(name);
    }

    private Path newest() throws IOException {
        return file(names().stream().filter(name -> name.startsWith("tree-")).max(String::compareTo).orElseThrow());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Node leaf(String text) {
        return Node.of(Value.text(text), Instant.EPOCH);
    }
}
