package dev.grove.mo;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.time.Instant;

/** Any bytes are a description or malformed; and a description makes a tree. */
class DdfFuzzTest {

    private static final Limits LIMITS = new Limits(1 << 16, 64, 2000, 1 << 16);

    @FuzzTest(maxDuration = "20m")
    void reads_or_says_malformed(FuzzedDataProvider data) {
        try {
            Ddf ddf = DdfReader.read(document(data), LIMITS);
            DescribedTree.of(ddf.description(), Instant.EPOCH);
            ddf.description().at(NodeUri.parse("./A/B/C"));
            Ddf again = DdfReader.read(DdfWriter.xml(ddf), LIMITS);
            if (again.description().places().isEmpty()) {
                throw new AssertionError("does not read what it writes");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }

    private static Bytes document(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 3)) {
            case 0 -> Bytes.wrap(data.consumeRemainingAsBytes());
            case 1 -> Bytes.utf8("<MgmtTree><VerDTD>1.2</VerDTD>" + data.consumeRemainingAsString() + "</MgmtTree>");
            case 2 -> Bytes.utf8("<MgmtTree xmlns:MSFT='http://schemas.microsoft.com/MobileDevice/DM'><Node><NodeName>a"
                    + "</NodeName><DFProperties><DFFormat><int/></DFFormat>" + data.consumeRemainingAsString()
                    + "</DFProperties></Node></MgmtTree>");
            default -> Bytes.hex("03016A00" + "0002" + "60" + "7703312e320001")
                    .plus(Bytes.wrap(data.consumeRemainingAsBytes()));
        };
    }
}
