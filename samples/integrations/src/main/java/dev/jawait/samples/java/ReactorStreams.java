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
import java.nio.ByteBuffer;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor and Jawait, both ways: each asks the other for no more than it can take, and a cancel goes through. */
public final class ReactorStreams {
    private ReactorStreams() {}

    public static void main(String[] args) {
        try (SampleServer server = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(server.url("/"))
                        .raiseForStatus(true)
                        .build()) {
            run(() -> {
                System.out.println("a Mono awaited: " + await(Mono.just("tea").toFuture()));
                System.out.println("the sum of a Flux: " + await(sum(Flux.range(1, 4))));
                System.out.println("a request as a Mono: "
                        + await(text(session.get("slow?body=milk")).toFuture()));
                try (ClientResponse response = await(session.get("slow?body=one%0Atwo%0Athree"))) {
                    Flux<String> lines =
                            JdkFlowAdapter.flowPublisherToFlux(response.body().lines());
                    System.out.println("two lines, sent on: " + await(echo(session, lines.take(2))));
                }
            });
        }
    }

    private static Coroutine<Integer> sum(Flux<Integer> numbers) {
        return use(subscribe(JdkFlowAdapter.publisherToFlowPublisher(numbers)), items -> {
            int sum = 0;
            for (int number : items) {
                sum += number;
            }
            return sum;
        });
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
