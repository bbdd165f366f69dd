package dev.grove.syncml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The door of {@code grove decode} and {@code grove encode}: any file is transcoded or {@code Malformed}. */
class TranscoderFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void transcodes_or_refuses(byte[] input) {
        FuzzedDocuments.transcode(input);
    }

    @ParameterizedTest
    @MethodSource({"dev.grove.syncml.FuzzedDocuments#wbxmlSeeds", "dev.grove.syncml.FuzzedDocuments#xmlSeeds"})
    void transcodes_or_refuses_pieces_of_real_documents(byte[] document) {
        FuzzedDocuments.mutations(document, FuzzedDocuments::transcode);
    }
}
