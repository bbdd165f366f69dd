package dev.grove.server.wake;

import dev.grove.server.fleet.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A store over another one, whose disk is full now and then: it is read, and takes nothing. */
final class FailingStore {

    private static final Set<String> WRITING = Set.of("write", "probe");

    boolean isFull;

    Store over(Store store) {
        return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class},
                (proxy, method, given) -> {
                    if (isFull && WRITING.contains(method.getName())) {
                        throw new Store.Failure("the disk is full", new IOException());
                    }
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }
}
