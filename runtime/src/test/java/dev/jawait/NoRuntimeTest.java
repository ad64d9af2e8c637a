package dev.jawait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** The API alone, without a runtime beside it. */
class NoRuntimeTest {
    @Test
    void everyCallSaysWhatIsMissing() throws Exception {
        URL api = Async.class.getProtectionDomain().getCodeSource().getLocation();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {api}, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Method call = loader.loadClass(Async.class.getName()).getMethod("time");
            for (int i = 0; i < 2; i++) {
                Throwable error = assertThrows(InvocationTargetException.class, () -> call.invoke(null))
                        .getCause();
                assertInstanceOf(IllegalStateException.class, error);
                assertEquals(
                        "No Jawait runtime found: add dev.jawait:jawait-runtime beside dev.jawait:jawait-api",
                        error.getMessage());
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
