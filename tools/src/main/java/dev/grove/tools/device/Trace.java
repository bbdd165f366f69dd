package dev.grove.tools.device;

import dev.grove.tools.inspect.Input;
import dev.grove.tools.inspect.Inspection;
import dev.grove.tools.inspect.Inspection.Form;
import dev.grove.tools.inspect.Inspection.View;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;

/** Whole messages in readable form, secrets masked. */
final class Trace {

    private static final View VIEW = new View(Form.TEXT, false, 200, Limits.DEFAULT);

    String of(Packet message) {
        try {
            return Inspection.show(Input.of(message.body()), VIEW).stripTrailing().replace("\n", "\n    ");
        } catch (Malformed malformed) {
            return message.body().length() + " bytes of " + message.mediaType() + " that cannot be read: "
                    + malformed.getMessage();
        }
    }
}
