package dev.grove.syncml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The door of WBXML messages: any bytes are a message or {@code Malformed}, in bounded time and memory. */
class WbxmlSyncmlFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_or_refuses(byte[] input) {
        FuzzedDocuments.decode(input, Encoding.WBXML);
    }

    @ParameterizedTest
    @MethodSource("dev.grove.syncml.FuzzedDocuments#wbxmlSeeds")
    void reads_or_refuses_pieces_of_real_documents(byte[] document) {
        FuzzedDocuments.mutations(document, piece -> FuzzedDocuments.decode(piece, Encoding.WBXML));
    }
}
