package dev.grove.testkit.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.testkit.lockstep.LockstepDevice.Identity;
import dev.grove.wire.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two scripted peers test each other, over real HTTP. */
class LockstepTest {

    private static final Secret SECRET = new Secret("user", "password", Bytes.EMPTY);

    private final LockstepServer server = LockstepServer.start();
    private final HttpLink link = new HttpLink(server.address());

    @AfterEach
    void close() {
        link.close();
        server.close();
    }

    private LockstepDevice device(Encoding encoding) {
        return new LockstepDevice(link, Identity.of("IMEI:1", server.address().toString()).in(encoding));
    }

    private static <T> Future<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work);
    }

    @ParameterizedTest
    @EnumSource
    void a_session_goes_its_way(Encoding encoding) throws Exception {
        LockstepDevice device = device(encoding);
        Future<Heard> begun = meanwhile(
                () -> device.sends(device.packageOne().proves(Scheme.BASIC, SECRET)).hasStatus("0", 212).answersAll());

        assertThat(server.hears().isFinal().only(Command.Alert.class).code().code()).isEqualTo(1201);
        server.says(server.answer(212).get("./DevInfo/Mod"));
        assertThat(begun.get().asksSomething().only(Command.Get.class).cmdId()).isEqualTo("4");

        Future<Heard> done = meanwhile(() -> device
                .sends(device.answer().results("1", "4", MessageDraft.report("./DevInfo/Mod", "lock-step"))));
        assertThat(server.hears().hasStatus("4", 200).answersAll().resultTexts()).containsExactly("lock-step");
        server.says(server.answer());
        done.get().hasHttpStatus(200).asksNothing().isFinal();
    }

    @Test
    void a_failed_check_shows_the_conversation_but_no_secret() throws Exception {
        LockstepDevice device = device(Encoding.WBXML);
        Future<Heard> begun = meanwhile(() -> device.sends(device.packageOne().proves(Scheme.BASIC, SECRET)));
        server.hears();
        server.says(server.answer(401));
        Heard heard = begun.get();

        assertThatThrownBy(() -> heard.hasStatus("0", 212)).isInstanceOf(LockstepFailure.class)
                .hasMessageContaining("should have Status 212, but has [401]").hasMessageContaining("Alert 1201")
                .hasMessageContaining("./DevInfo/Mod = lock-step")
                .message().doesNotContain("password").doesNotContain("dXNlcjpwYXNzd29yZA");
    }

    @Test
    void says_status_codes_and_broken_connections_too() throws Exception {
        LockstepDevice device = device(Encoding.XML);
        Future<Heard> refused = meanwhile(() -> device.sendsBytes(Bytes.utf8("<SyncML>")));
        assertThat(server.hears().packet().orElseThrow().body().utf8()).isEqualTo("<SyncML>");
        server.saysHttp(400);
        refused.get().hasHttpStatus(400);
        assertThat(refused.get().packet()).isEmpty();

        Future<Heard> broken = meanwhile(device::repeats);
        server.hears();
        server.hangsUp();
        assertThatThrownBy(broken::get).hasCauseInstanceOf(LockstepFailure.class)
                .hasMessageContaining("no answer came").hasMessageContaining("no message");
    }
}
