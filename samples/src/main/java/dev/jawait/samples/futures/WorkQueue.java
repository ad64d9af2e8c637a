package dev.jawait.samples.futures;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import dev.jawait.sync.AsyncQueue;
import dev.jawait.sync.QueueShutDownException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Three workers on one queue, which takes four jobs at most; each is a future of the queue's end. */
public final class WorkQueue {
    private static final int WORKERS = 3;

    private final AsyncQueue<Integer> jobs = AsyncQueue.create(4);
    private final Map<Integer, String> results = new ConcurrentSkipListMap<>();
    private final ClientSession session;

    private WorkQueue(ClientSession session) {
        this.session = session;
    }

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(server.url("/"))
                .raiseForStatus(true)
                .build();
        WorkQueue queue = new WorkQueue(session);
        queue.process(10)
                .thenRun(() -> System.out.println(queue.results))
                .whenComplete((nothing, error) -> {
                    session.close();
                    server.close();
                })
                .join();
    }

    /** Ends when the last worker has; a fault in one, or {@code jobs.shutdown(true)}, ends them all and whoever puts. */
    private CompletableFuture<Void> process(int count) {
        CompletableFuture<?>[] workers =
                Stream.generate(this::worker).limit(WORKERS).toArray(CompletableFuture[]::new);
        put(1, count);
        return CompletableFuture.allOf(workers);
    }

    private void put(int job, int count) {
        if (job > count) {
            jobs.shutdown(); // No more jobs; those that are there are done.
            return;
        }
        jobs.put(job).toFuture().thenRun(() -> put(job + 1, count));
    }

    private CompletableFuture<Void> worker() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        end.whenComplete((nothing, error) -> jobs.shutdown(error != null));
        work(end);
        return end;
    }

    /** Not thenCompose with itself, which would keep a future for each job that is done. */
    private void work(CompletableFuture<Void> end) {
        jobs.get().toFuture().thenCompose(this::answer).whenComplete((done, error) -> {
            if (error == null) {
                work(end);
            } else if (error.getCause() instanceof QueueShutDownException) {
                end.complete(null);
            } else {
                end.completeExceptionally(error.getCause());
            }
        });
    }

    /** A job that fails is a result like any other; the worker goes on. */
    private CompletableFuture<Void> answer(int job) {
        return session.get("slow?body=done&status=" + (job == 7 ? 500 : 200))
                .timeout(Duration.ofSeconds(5))
                .text()
                .toFuture()
                .exceptionally(WorkQueue::failed)
                .thenAccept(answer -> results.put(job, answer));
    }

    private static String failed(Throwable error) {
        if (error instanceof ClientException || error instanceof AsyncTimeoutException) {
            return "failed";
        }
        throw new CompletionException(error);
    }
}
