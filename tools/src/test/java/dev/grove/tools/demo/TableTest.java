package dev.grove.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aligns_columns_and_leaves_no_blanks_at_the_end() {
        Table table = new Table();
        table.row(List.of("", "oak", "birch"));
        table.row(List.of("Settings", "200 418", "2"));
        table.row(List.of("Copy", "200"));
        assertThat(table).hasToString("""
                          oak      birch
                Settings  200 418  2
                Copy      200
                """);
    }
}
