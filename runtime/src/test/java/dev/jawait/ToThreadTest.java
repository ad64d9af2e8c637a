package dev.jawait;

import static dev.jawait.Async.await;
import static dev.jawait.Async.currentTask;
import static dev.jawait.Async.run;
import static dev.jawait.Async.toThread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawait.testing.NothingLeft;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
@Timeout(20)
class ToThreadTest {
    @Test
    void itRunsOnAThreadOfItsOwnAndInNoTask() {
        run(() -> {
            assertNotSame(Thread.currentThread(), await(toThread(Thread::currentThread)));
            assertNull(await(toThread(() -> currentTask())));
        });
    }

    @Test
    void itsErrorIsTheAwaitersOwn() {
        Task<Object> task = toThread(() -> {
                    throw new IOException("disk");
                })
                .start();
        assertThrows(RuntimeException.class, task::join);
        assertEquals("disk", task.exception().getMessage());
    }

    @Test
    void aCancelledWaiterDoesNotWaitForCodeThatDoesNotHear() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Task<String> task = toThread(() -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    go.await();
                    return "too late";
                })
                .start();
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        task.cancel("enough");
        assertEquals(
                "enough", assertThrows(CancelledException.class, task::join).getMessage());
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        go.countDown();
    }
}
