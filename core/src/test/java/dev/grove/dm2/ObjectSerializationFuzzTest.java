package dev.grove.dm2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.dm2.ObjectContent.Known;
import dev.grove.dm2.ObjectContent.Read;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Node;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Any bytes are data of objects or malformed; and data is nodes, which are the same written and read again, or not. */
class ObjectSerializationFuzzTest {

    private static final Limits LIMITS = new Limits(1 << 16, 64, 2000, 1 << 16);
    private static final List<Known> KNOWN = List.of(Known.NOTHING,
            new Known(Optional.of(Dm2Objects.dmAcc()), Optional.empty()),
            new Known(Optional.of(DescriptionNode.interior("").withChildren(Dm2Objects.sessionInfo())),
                    Optional.of(Node.interior("m", Instant.EPOCH))));

    @FuzzTest(maxDuration = "20m")
    void reads_or_refuses(FuzzedDataProvider data) {
        Known known = KNOWN.get(data.consumeInt(0, KNOWN.size() - 1));
        Bytes json = data.consumeBoolean() ? Bytes.wrap(data.consumeRemainingAsBytes())
                : Bytes.utf8("[{\"ClientURI\":\"m//\",\"MOData\":{\"n\":" + data.consumeRemainingAsString() + "}}]");
        try {
            ObjectDocument document = ObjectCodec.decode(new Packet(ObjectDocument.MEDIA_TYPE, json), LIMITS);
            if (!ObjectCodec.decode(ObjectCodec.encode(document), Limits.DEFAULT).equals(document)) {
                throw new AssertionError("does not read what it writes");
            }
            document.parts().forEach(part -> readAndWrite(part.data(), known));
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }

    private static void readAndWrite(Json.Obj data, Known known) {
        if (ObjectContent.read(data, known) instanceof Read.Content(ObjectContent content)) {
            Node node = content.toNode(Instant.EPOCH);
            Json.Obj written = ObjectSerialization.write(content.name(), node, Optional.empty(), null);
            Known now = new Known(Optional.empty(), Optional.of(node));
            if (!(ObjectContent.read(written, now) instanceof Read.Content(ObjectContent again))
                    || again.entries().size() != content.entries().size()) {
                throw new AssertionError("does not read what it writes");
            }
        }
    }
}
