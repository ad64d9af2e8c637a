package dev.jawait;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.createTask;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.sleep;
import static dev.jawait.testing.VirtualTime.ms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in JVMs of their own, which are told to end. */
@Timeout(60)
class ShutdownTest {
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    /** Says that it runs, waits, and tells how it is ended. */
    static final class Waits {
        public static void main(String[] args) {
            try {
                run(() -> {
                    createTask(async(() -> {
                        try {
                            await(sleep(ms(60_000)));
                        } finally {
                            System.out.println("child ended");
                        }
                    }));
                    System.out.println("running");
                    try {
                        await(sleep(ms(60_000)));
                    } catch (CancelledException cancelled) {
                        await(sleep(ms(5)));
                        System.out.println("cleaned up after: " + cancelled.getMessage());
                        throw cancelled;
                    }
                });
            } catch (CancelledException cancelled) {
                // What run() throws; the JVM ends by the signal.
            }
        }
    }

    /** Takes the cancel and goes on to its end. */
    static final class Refuses {
        public static void main(String[] args) {
            run(() -> {
                System.out.println("running");
                try {
                    await(sleep(ms(60_000)));
                } catch (CancelledException cancelled) {
                    currentTask().uncancel();
                }
                await(sleep(ms(5)));
                System.out.println("to its end");
            });
        }
    }

    /** Ends the JVM itself, from inside of a body. */
    static final class Exits {
        public static void main(String[] args) {
            run(() -> {
                System.out.println("running");
                await(createTask(async(() -> System.exit(3))));
            });
        }
    }

    private static Process start(Class<?> program) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        // A JVM in the background of a shell inherits that SIGINT is ignored, and so would its children.
        List<String> line = LINUX ? List.of("env", "--default-signal=INT", java) : List.of(java);
        return new ProcessBuilder(Stream.concat(line.stream(), Stream.of("-cp", classPath, program.getName()))
                        .toList())
                .redirectErrorStream(true)
                .start();
    }

    private static List<String> endOf(Process process, BufferedReader out, int code) throws Exception {
        List<String> lines = out.lines().toList();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(code, process.exitValue(), lines::toString);
        return lines;
    }

    private static void signal(Process process, String signal) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    @Test
    @DisplayName("133: Ctrl-C cancels the main task, and the JVM ends when the run has")
    void interrupted() throws Exception {
        Process process = start(Waits.class);
        try (BufferedReader out = process.inputReader()) {
            assertEquals("running", out.readLine());
            signal(process, "-INT");
            assertEquals(
                    List.of("cleaned up after: The JVM is shutting down", "child ended"), endOf(process, out, 130));
        }
    }

    @Test
    void asCtrlCSoSigterm() throws Exception {
        Process process = start(Waits.class);
        try (BufferedReader out = process.inputReader()) {
            assertEquals("running", out.readLine());
            signal(process, "-TERM");
            assertEquals(
                    List.of("cleaned up after: The JVM is shutting down", "child ended"), endOf(process, out, 143));
        }
    }

    @Test
    void aMainTaskThatRefusesTheCancelIsWaitedFor() throws Exception {
        Process process = start(Refuses.class);
        try (BufferedReader out = process.inputReader()) {
            assertEquals("running", out.readLine());
            signal(process, "-INT");
            assertEquals(List.of("to its end"), endOf(process, out, 130));
        }
    }

    @Test
    void aBodyMayEndTheJvmAndNobodyWaitsForIt() throws Exception {
        Process process = start(Exits.class);
        long started = System.nanoTime();
        try (BufferedReader out = process.inputReader()) {
            assertEquals(List.of("running"), endOf(process, out, 3));
        }
        assertTrue(System.nanoTime() - started < TimeUnit.SECONDS.toNanos(9), "It waited for itself");
    }
}
