package dev.jawait.samples.java;

import static dev.jawait.Async.await;
import static dev.jawait.Async.run;
import static dev.jawait.Async.subscribe;
import static dev.jawait.Async.use;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.RequestBody;
import dev.jawait.samples.server.SampleServer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.FlowAdapters;

/** RxJava and Jawait, both ways: each asks the other for no more than it can take, and a cancel goes through. */
public final class RxJavaStreams {
    private RxJavaStreams() {}

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(server.url("/"))
                        .raiseForStatus(true)
                        .build()) {
            run(() -> {
                System.out.println(
                        "a Single awaited: " + await(Single.just("tea").toCompletionStage()));
                System.out.println("the sum of a Flowable: " + await(sum(Flowable.range(1, 4))));
                System.out.println("a request as a Single: "
                        + await(text(session.get("slow?body=milk")).toCompletionStage()));
                try (ClientResponse response = await(session.get("slow?body=one%0Atwo%0Athree"))) {
                    Flowable<String> lines = Flowable.fromPublisher(
                            FlowAdapters.toPublisher(response.body().lines()));
                    System.out.println("two lines, sent on: " + await(echo(session, lines.take(2))));
                }
            });
        }
    }

    private static Coroutine<Integer> sum(Flowable<Integer> numbers) {
        return use(subscribe(FlowAdapters.toFlowPublisher(numbers)), items -> {
            int sum = 0;
            for (int number : items) {
                sum += number;
            }
            return sum;
        });
    }

    /** Each subscription sends it; one that is disposed of cancels it. */
    private static Single<String> text(ClientRequest request) {
        return Single.create(emitter -> {
            CompletableFuture<String> text = request.text().toFuture();
            emitter.setCancellable(() -> text.cancel(true));
            text.thenAccept(emitter::onSuccess).exceptionally(error -> {
                emitter.tryOnError(error.getCause());
                return null;
            });
        });
    }

    private static Coroutine<String> echo(ClientSession session, Flowable<String> words) {
        Flowable<ByteBuffer> buffers = words.map(word -> ByteBuffer.wrap((word + ".").getBytes(UTF_8)));
        return session.post("echo")
                .body(RequestBody.publisher(FlowAdapters.toFlowPublisher(buffers)))
                .text();
    }
}
