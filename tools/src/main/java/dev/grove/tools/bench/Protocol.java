package dev.grove.tools.bench;

import dev.grove.syncml.Encoding;

/** What the devices of a benchmark speak. */
public enum Protocol {
    /** DM 1.2 in WBXML. */
    WBXML(new SyncmlScript(Encoding.WBXML)),
    /** DM 1.2 in XML. */
    XML(new SyncmlScript(Encoding.XML)),
    /** DM 2.0. */
    DM20(new Dm2Script());

    @SuppressWarnings("ImmutableEnumChecker") // scripts have no state
    private final Script script;

    Protocol(Script script) {
        this.script = script;
    }

    Script script() {
        return script;
    }
}
