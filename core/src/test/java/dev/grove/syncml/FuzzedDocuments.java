package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the fuzz targets of this package share: the doors, and documents to begin with. */
final class FuzzedDocuments {

    // Small, so that a fuzzer reaches them.
    private static final Limits LIMITS = new Limits(64 << 10, 20, 2000, 16 << 10);

    private FuzzedDocuments() {}

    /** A message that is read can be written in both spellings, and what is written can be read. */
    static void decode(byte[] input, Encoding encoding) {
        Message message;
        try {
            message = SyncmlCodec.decode(Bytes.copyOf(input), encoding, LIMITS);
        } catch (Malformed e) {
            assertThat(e.rule()).isNotEmpty();
            return;
        }
        try {
            for (Encoding other : Encoding.values()) {
                Message read = SyncmlCodec.decode(SyncmlCodec.encode(message, other), other, Limits.DEFAULT);
                assertThat(read.body()).hasSameSizeAs(message.body());
            }
        } catch (Malformed e) {
            throw new AssertionError("what Grove writes, Grove reads", e);
        }
    }

    static void transcode(byte[] input) {
        Bytes document = Bytes.copyOf(input);
        try {
            Bytes xml = Transcoder.transcode(document, Encoding.XML, LIMITS);
            Bytes wbxml = Transcoder.transcode(document, Encoding.WBXML, LIMITS);
            assertThat(xml.length() + wbxml.length()).isLessThan(64 * (64 << 10));
            Transcoder.indented(document, LIMITS);
        } catch (Malformed e) {
            assertThat(e.rule()).isNotEmpty();
            return;
        }
    }

    static Stream<byte[]> xmlSeeds() {
        return Stream.of("dmpro-1.3/11.1.2-package-2", "dmpro-1.3/5.2-relative-uri-2", "ms-mdm/4-package-3")
                .map(name -> GoldenFiles.bytes(GoldenFiles.file(name + ".strict.xml")).toArray());
    }

    static Stream<byte[]> wbxmlSeeds() {
        return Stream
                .of("wbxml-1.3/8-m2-nested-tnds", "wbxml-1.3/8-m1-textual-id",
                        "dmpro-1.3/9.4.1-basic-2-challenge.wbxml")
                .map(name -> GoldenFiles.hex(Path.of(GoldenFiles.file(name) + ".hex")).toArray());
    }

    /** Cut, changed and doubled pieces of a document, the same in every run. */
    static void mutations(byte[] document, Consumer<byte[]> door) {
        SplittableRandom random = new SplittableRandom(document.length);
        for (int i = 0; i < 400; i++) {
            byte[] piece = document.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                piece[random.nextInt(piece.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                int from = random.nextInt(piece.length);
                System.arraycopy(piece, from, piece, random.nextInt(from + 1), piece.length - from);
            }
            door.accept(piece);
        }
    }
}
