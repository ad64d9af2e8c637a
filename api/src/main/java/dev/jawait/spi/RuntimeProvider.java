package dev.jawait.spi;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The service that a runtime is found by. Free of generics: the build's reader of service types knows no type annotations. */
public interface RuntimeProvider {
    /**
     * The one found on the class path or module path.
     *
     * @throws IllegalStateException if there is none
     */
    static RuntimeProvider get() {
        if (Found.PROVIDER == null) {
            throw new IllegalStateException(
                    "No Jawait runtime found: add dev.jawait:jawait-runtime beside dev.jawait:jawait-api");
        }
        return Found.PROVIDER;
    }

    /** The tasks. */
    TaskRuntime tasks();

    /** The sessions. */
    HttpRuntime http();

    /** The sockets. */
    NetRuntime net();

    /** The locks and queues. */
    SyncRuntime sync();

    /** Looked up once. */
    final class Found {
        private static final @Nullable RuntimeProvider PROVIDER = load();

        private Found() {}

        private static @Nullable RuntimeProvider load() {
            // The loader of the API first: a thread's own may not see the runtime.
            return ServiceLoader.load(RuntimeProvider.class, RuntimeProvider.class.getClassLoader())
                    .findFirst()
                    .or(() -> ServiceLoader.load(RuntimeProvider.class).findFirst())
                    .orElse(null);
        }
    }
}
