package dev.jawait.samples.futures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jawait.Coroutine;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.RequestBody;
import dev.jawait.samples.server.SampleServer;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor and Jawait's futures, both ways: each asks the other for no more than it can take, and a cancel goes through. */
public final class ReactorStreams {
    private ReactorStreams() {}

    public static void main(String[] args) {
        SampleServer server = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(server.url("/"))
                .raiseForStatus(true)
                .build();
        Mono.just("tea")
                .toFuture()
                .thenAccept(word -> System.out.println("a Mono awaited: " + word))
                .thenCompose(printed -> Flux.range(1, 4).reduce(Integer::sum).toFuture())
                .thenAccept(sum -> System.out.println("the sum of a Flux: " + sum))
                .thenCompose(printed -> text(session.get("slow?body=milk")).toFuture())
                .thenAccept(text -> System.out.println("a request as a Mono: " + text))
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
        Flux<String> lines = JdkFlowAdapter.flowPublisherToFlux(response.body().lines());
        return echo(session, lines.take(2)).toFuture().whenComplete((echo, error) -> response.close());
    }

    /** Each subscription sends it; one that is cancelled cancels it. */
    private static Mono<String> text(ClientRequest request) {
        return Mono.fromFuture(() -> request.text().toFuture());
    }

    private static Coroutine<String> echo(ClientSession session, Flux<String> words) {
        Flux<ByteBuffer> buffers = words.map(word -> ByteBuffer.wrap((word + ".").getBytes(UTF_8)));
        return session.post("echo")
                .body(RequestBody.publisher(JdkFlowAdapter.publisherToFlowPublisher(buffers)))
                .text();
    }
}
