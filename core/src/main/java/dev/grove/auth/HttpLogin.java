package dev.grove.auth;

/**
 * A user name and a password as HTTP wants them, for the Basic and for the Digest scheme.
 *
 * @param userName travels in the clear; holds no colon
 * @param password never printed
 */
public record HttpLogin(String userName, String password) {

    public HttpLogin {
        if (userName.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name holds no colon: it would be read as the end of the name");
        }
    }

    /** Names the user only. */
    @Override
    public String toString() {
        return "HttpLogin[" + userName + "]";
    }
}
