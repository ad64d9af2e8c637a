package dev.jawait.samples.futures;

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

/** RxJava and Jawait's futures, both ways: each asks the other for no more than it can take, and a cancel goes through. */
public final class RxJavaStreams {
    private RxJavaStreams() {}

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(server.url("/"))
                .raiseForStatus(true)
                .build();
        Single.just("tea")
                .toCompletionStage()
                .thenAccept(word -> System.out.println("a Single awaited: " + word))
                .thenCompose(
                        printed -> Flowable.range(1, 4).reduce(Integer::sum).toCompletionStage())
                .thenAccept(sum -> System.out.println("the sum of a Flowable: " + sum))
                .thenCompose(printed -> text(session.get("slow?body=milk")).toCompletionStage())
                .thenAccept(text -> System.out.println("a request as a Single: " + text))
                .thenCompose(
                        printed -> session.get("slow?body=one%0Atwo%0Athree").toFuture())
                .thenCompose(response -> sendOn(session, response))
                .thenAccept(echo -> System.out.println("two lines, sent on: " + echo))
                .whenComplete((printed, error) -> {
                    session.close();
                    server.close();
                })
                .toCompletableFuture()
                .join();
    }

    private static CompletableFuture<String> sendOn(ClientSession session, ClientResponse response) {
        Flowable<String> lines =
                Flowable.fromPublisher(FlowAdapters.toPublisher(response.body().lines()));
        return echo(session, lines.take(2)).toFuture().whenComplete((echo, error) -> response.close());
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
