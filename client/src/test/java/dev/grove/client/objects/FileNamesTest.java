package dev.grove.client.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.NodeUri;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({"readme.txt,readme.txt", "a b,a%20b", "100%,100%25", "x?y#z,x%3Fy%23z", "Äpfel,Äpfel", "😀,😀",
            "a+b=c&d,a%2Bb%3Dc%26d", "...,..."})
    void a_file_has_one_node_name(String fileName, String nodeName) {
        assertThat(FileNames.nodeName(fileName)).contains(nodeName);
        assertThat(FileNames.fileName(nodeName)).contains(fileName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2E%2E", "%2e", "..", ".", "a%2Fb", "a%5Cb", "a%00b", "%41", "a%2bb", "%C3%84", "%FF", "%",
            "%4", "%zz", "a b", ".grove-1", "%2Egrove-1", "a\u0007", "", "%ED%A0%80"})
    void any_other_spelling_is_no_name(String nodeName) {
        assertThat(FileNames.fileName(nodeName)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "", "a/b", "a\\b", "tab\tname", ".grove-draft"})
    void a_file_that_cannot_be_named_is_not_shown(String fileName) {
        assertThat(FileNames.nodeName(fileName)).isEmpty();
    }

    @Test
    void a_name_may_have_255_bytes() {
        assertThat(FileNames.nodeName("x".repeat(255))).isPresent();
        assertThat(FileNames.nodeName("x".repeat(256))).isEmpty();
        assertThat(FileNames.nodeName("Ä".repeat(128))).isEmpty();
    }

    @Test
    void whatever_a_name_is_it_stays_in_its_folder() {
        long seed = Long.getLong("grove.seed", 20261121L);
        SplittableRandom luck = new SplittableRandom(seed);
        String letters = "%2EeFf5cC.0/\\aA \u0000Ä~";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int left = luck.nextInt(10); left > 0; left--) {
                name.append(letters.charAt(luck.nextInt(letters.length())));
            }
            FileNames.fileName(name.toString()).ifPresent(file -> {
                assertThat(file).as("seed %d", seed).isNotIn("", ".", "..").doesNotContain("/", "\\", "\u0000");
                assertThat(NodeUri.parse("./" + name).segments()).containsExactly(name.toString());
            });
        }
    }
}
