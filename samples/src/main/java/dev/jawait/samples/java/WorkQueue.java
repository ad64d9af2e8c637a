package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.taskGroup;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import dev.jawait.sync.AsyncQueue;
import dev.jawait.sync.QueueShutDownException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Three workers on one queue, which takes four jobs at most: whoever is faster than the workers waits. */
public final class WorkQueue {
    private static final int WORKERS = 3;

    private final AsyncQueue<Integer> jobs = AsyncQueue.create(4);
    private final Map<Integer, String> results = new ConcurrentSkipListMap<>();
    private final ClientSession session;

    private WorkQueue(ClientSession session) {
        this.session = session;
    }

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(server.url("/"))
                        .raiseForStatus(true)
                        .build()) {
            run(() -> new WorkQueue(session).process(10));
        }
    }

    /** The group ends when the last worker has; a fault in one of them ends them all, and whoever waits to put. */
    private void process(int count) {
        await(taskGroup(group -> {
            for (int worker = 1; worker <= WORKERS; worker++) {
                group.createTask("worker " + worker, async(this::work));
            }
            for (int job = 1; job <= count; job++) {
                await(jobs.put(job));
            }
            jobs.shutdown(); // No more jobs; those that are there are done.
            return null;
        }));
        System.out.println(results);
    }

    private void work() {
        while (true) {
            int job;
            try {
                job = await(jobs.get());
            } catch (QueueShutDownException end) {
                return;
            }
            results.put(job, answer(job));
        }
    }

    /** A job that fails is a result like any other; the worker goes on. */
    private String answer(int job) {
        try {
            return await(session.get("slow?body=done&status=" + (job == 7 ? 500 : 200))
                    .timeout(Duration.ofSeconds(5))
                    .text());
        } catch (ClientException | AsyncTimeoutException error) {
            return "failed";
        }
    }
}
