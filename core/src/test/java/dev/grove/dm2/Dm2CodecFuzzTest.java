package dev.grove.dm2;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.dm2.Dm2Command.Misshapen;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;

/** Any bytes are a package, which is the same when it is written and read again, or are malformed. */
class Dm2CodecFuzzTest {

    private static final Limits LIMITS = new Limits(1 << 16, 64, 2000, 1 << 16);
    private static final String FORM = "--b\r\nContent-Type: " + Response.MEDIA_TYPE + "\r\n\r\n{\"Status\":[200]}\r\n";

    @FuzzTest(maxDuration = "20m")
    void package_1_is_read_or_malformed(FuzzedDataProvider data) {
        readAndWrite(new Packet(Initiation.MEDIA_TYPE, json(data, "{\"MOS\":[{\"MIID\":[]}],\"Alert\":[")));
    }

    @FuzzTest(maxDuration = "20m")
    void package_2_is_read_or_malformed(FuzzedDataProvider data) {
        readAndWrite(new Packet(Request.MEDIA_TYPE, json(data, "{\"CMD\":[[\"GET\",\"m/i/\"],[")));
    }

    @FuzzTest(maxDuration = "20m")
    void package_3_is_read_or_malformed(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            readAndWrite(new Packet(Response.MEDIA_TYPE, json(data, "{\"Status\":[200,")));
        } else {
            readAndWrite(new Packet("multipart/form-data; boundary=b",
                    Bytes.utf8(FORM).plus(Bytes.wrap(data.consumeRemainingAsBytes()))));
        }
    }

    private static Bytes json(FuzzedDataProvider data, String beginning) {
        return data.consumeBoolean() ? Bytes.wrap(data.consumeRemainingAsBytes())
                : Bytes.utf8(beginning + data.consumeRemainingAsString());
    }

    private static void readAndWrite(Packet packet) {
        Dm2Package read;
        try {
            read = Dm2Codec.decode(packet, LIMITS);
        } catch (Malformed expected) {
            return;
        }
        boolean isWritable = !(read instanceof Request request)
                || request.commands().stream().noneMatch(Misshapen.class::isInstance);
        try {
            if (isWritable) {
                Packet written = Dm2Codec.encode(read);
                Packet again = Dm2Codec.encode(Dm2Codec.decode(written, Limits.DEFAULT));
                if (!again.body().equals(written.body())) {
                    throw new AssertionError("reads back something else than was written");
                }
            }
        } catch (Malformed broken) {
            throw new AssertionError("what is written is malformed", broken);
        }
    }
}
