package dev.grove.client.store;

import org.jspecify.annotations.Nullable;

/** The disk failed, or what stands on it cannot be read; the message names the file and says what is wrong. */
public final class StorageException extends Exception {

    public StorageException(String message) {
        this(message, null);
    }

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
