package dev.grove.dm1.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * {@code RespURI}: where the server wants the later messages of the session ([REPPRO 1.2 §6.2]). The specification does
 * not say what a relative one means; it is taken relative to the address in use.
 */
final class ResponseUri {

    private ResponseUri() {}

    /** The address from now on; the one in use if {@code wanted} is no URI. */
    static String resolve(String inUse, String wanted) {
        if (wanted.isBlank()) {
            return inUse;
        }
        try {
            return new URI(inUse).resolve(new URI(wanted)).toString();
        } catch (URISyntaxException illegal) {
            return inUse;
        }
    }
}
