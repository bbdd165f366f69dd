package dev.grove.server.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void makesTheFileThatItStandsBeside() throws IOException {
        table = Files.createFile(folder.resolve("t.db"));
    }

    private static Bytes entry(String text) {
        return Bytes.utf8(text);
    }

    private List<Journal.Segment> found() throws IOException {
        try (Journal journal = Journal.open(table)) {
            return journal.segments();
        }
    }

    private void write(long segment, String... texts) throws IOException {
        try (Journal journal = Journal.open(table)) {
            journal.begin(segment);
            for (String text : texts) {
                journal.append(entry(text));
            }
        }
    }

    @Test
    void keeps_entries_in_order() throws IOException {
        write(7, "one", "", "three");
        assertThat(found()).containsExactly(new Journal.Segment(7, List.of(entry("one"), entry(""), entry("three"))));
    }

    @Test
    void has_nothing_at_first() throws IOException {
        assertThat(found()).isEmpty();
    }

    @Test
    void gives_the_older_of_two_segments_first() throws IOException {
        write(4, "newer");
        write(3, "older");
        assertThat(found()).extracting(Journal.Segment::number).containsExactly(3L, 4L);
    }

    @Test
    void forgets_what_a_file_held_before_its_turn_came_again() throws IOException {
        write(1, "a long entry that is written over", "and another one behind it");
        write(3, "short");
        assertThat(found()).containsExactly(new Journal.Segment(3, List.of(entry("short"))));
    }

    @Test
    void ends_before_an_entry_that_was_not_written_whole() throws IOException {
        write(2, "whole", "torn");
        Path file = folder.resolve("t.db-redo0");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            int lastByte = 20 + "whole".length() + 20 + "torn".length() - 1;
            bytes.seek(lastByte);
            bytes.write('?');
        }
        assertThat(found()).containsExactly(new Journal.Segment(2, List.of(entry("whole"))));
    }

    @Test
    void ends_where_a_file_is_cut() throws IOException {
        write(2, "whole", "cut");
        try (RandomAccessFile bytes = new RandomAccessFile(folder.resolve("t.db-redo0").toFile(), "rw")) {
            bytes.setLength(20 + "whole".length() + 20 + 1);
        }
        assertThat(found()).containsExactly(new Journal.Segment(2, List.of(entry("whole"))));
    }

    @Test
    void takes_a_length_beyond_the_file_for_the_end() throws IOException {
        write(2, "whole");
        try (RandomAccessFile bytes = new RandomAccessFile(folder.resolve("t.db-redo0").toFile(), "rw")) {
            bytes.seek(20 + "whole".length());
            bytes.writeInt(0x47524F56);
            bytes.writeInt(Integer.MAX_VALUE);
        }
        assertThat(found()).containsExactly(new Journal.Segment(2, List.of(entry("whole"))));
    }

    @Test
    void is_readable_by_nobody_who_may_not_read_the_tables() throws IOException {
        Files.setPosixFilePermissions(table, PosixFilePermissions.fromString("rw-------"));
        write(1, "x");
        assertThat(Files.getPosixFilePermissions(folder.resolve("t.db-redo0")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("t.db-redo1")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
