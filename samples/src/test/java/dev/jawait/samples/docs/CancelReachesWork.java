package dev.jawait.samples.docs;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.sleep;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

public final class CancelReachesWork {
    // begin
    static void cancelTheFuture() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Void> future = async(() -> {
                    try {
                        begun.countDown();
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        System.out.println("the work has ended");
                        ended.countDown();
                    }
                })
                .toFuture();
        begun.await();
        future.cancel(true);
        ended.await();
    }
    // end

    public static void main(String[] args) throws InterruptedException {
        cancelTheFuture();
    }
}
