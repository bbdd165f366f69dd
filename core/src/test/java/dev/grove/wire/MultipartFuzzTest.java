package dev.grove.wire;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any body has parts, which are the same when they are written and read again, or is malformed. */
class MultipartFuzzTest {

    private static final Limits LIMITS = new Limits(1 << 16, 64, 100, 1 << 16);

    @FuzzTest(maxDuration = "20m")
    void takes_apart_or_says_malformed(FuzzedDataProvider data) {
        String mediaType = data.consumeBoolean() ? "multipart/form-data; boundary=b" : data.consumeString(60);
        Bytes body = Bytes.wrap(data.consumeRemainingAsBytes());
        Multipart form;
        try {
            form = Multipart.read(new Packet(mediaType, body), LIMITS);
        } catch (Malformed expected) {
            return;
        }
        form.parts().forEach(part -> {
            part.name();
            part.content().baseMediaType();
        });
        try {
            Multipart plain = new Multipart(form.parts().stream()
                    .map(part -> Multipart.Part.of(part.name().orElse(null), new Packet("a/b", part.body()))).toList());
            Multipart again = Multipart.read(plain.write(), Limits.DEFAULT);
            if (again.parts().size() != form.parts().size()
                    || !again.parts().getLast().body().equals(form.parts().getLast().body())) {
                throw new AssertionError("does not read what it writes");
            }
        } catch (Malformed broken) {
            throw new AssertionError("what is written is malformed", broken);
        }
    }
}
