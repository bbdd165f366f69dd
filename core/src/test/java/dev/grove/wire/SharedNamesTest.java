package dev.grove.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser keeps names in a table that all documents share, for good: what a peer makes up must not get there. */
class SharedNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"<N/>", "<SyncBody N=''/>", "<SyncBody xmlns:N='x'/>", "<N:SyncBody xmlns:N='x'/>",
            "<SyncBody xmlns='a' xmlns:N='b'/>", "<SyncBody><Get><Item><Data><N/></Data></Item></Get></SyncBody>",
            "<?N?>", "<SyncBody><!-- N --><N:Get xmlns:N='urn:x'/></SyncBody>"})
    void keeps_no_name_that_a_peer_invented(String body) throws Exception {
        read("<SyncML><SyncBody><Get><Item><Data/></Item></Get></SyncBody></SyncML>");
        int before = names();

        for (int i = 0; i < 50; i++) {
            read("<SyncML>" + body.replace("N", "invented" + i) + "</SyncML>");
        }

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void keeps_the_names_of_the_standard() throws Exception {
        read("<SyncML xmlns='SYNCML:SYNCML1.1'><SyncBody><Sequence/></SyncBody></SyncML>");

        assertThat(names()).isPositive();
    }

    private static void read(String document) throws Malformed {
        Tokens in = Tokens.ofXml(Bytes.utf8(document), Limits.DEFAULT);
        do {
            in.nextTag();
        } while (in.depth() > 0);
    }

    private static int names() throws Exception {
        Object factory = field(XmlTokens.class, "FACTORY").get(null);
        Object config = field(factory.getClass(), "_config").get(factory);
        Object context = field(config.getClass(), "mEncCtxt").get(config);
        Object table = field(context.getClass(), "mUtf8Table").get(context);
        return (int) field(table.getClass(), "mCount").get(table);
    }

    private static Field field(Class<?> type, String name) throws Exception {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
