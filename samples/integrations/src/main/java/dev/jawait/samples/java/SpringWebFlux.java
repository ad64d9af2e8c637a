package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.run;

import dev.jawait.CancelledException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientResponse;
import dev.jawait.http.ClientSession;
import dev.jawait.http.RequestInfo;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.JettyCoreHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Handlers of WebFlux whose Mono is a body that awaits two services; where the Mono is cancelled, so are its requests. */
public final class SpringWebFlux {
    private SpringWebFlux() {}

    private static Mono<ServerResponse> answer(ClientSession session, String price, Duration limit) {
        Coroutine<String> both = async(() -> {
            String item = await(session.get("slow?body=tea").text());
            return item + " " + await(session.get(price).text());
        });
        return Mono.fromFuture(() -> both.toFuture())
                .timeout(limit)
                .flatMap(text -> ServerResponse.ok().bodyValue(text))
                .onErrorResume(
                        TimeoutException.class,
                        late -> ServerResponse.status(504).build())
                .onErrorResume(
                        ClientException.class,
                        error -> ServerResponse.status(502).build());
    }

    private static RouterFunction<ServerResponse> routes(ClientSession session) {
        return RouterFunctions.route()
                .GET("/price", request -> answer(session, "slow?body=7", Duration.ofSeconds(20)))
                .GET("/late", request -> answer(session, "slow?body=7&units=100", Duration.ofMillis(500)))
                .GET("/broken", request -> answer(session, "slow?status=500", Duration.ofSeconds(20)))
                .build();
    }

    /** Hears which request was cancelled. */
    private record Cancelled(CompletableFuture<String> path) implements ClientListener {
        @Override
        public void ended(RequestInfo request, @Nullable Throwable error) {
            if (error instanceof CancelledException) {
                path.complete(request.url().getPath());
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Cancelled cancelled = new Cancelled(new CompletableFuture<>());
        try (SampleServer service = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(service.url("/"))
                        .raiseForStatus(true)
                        .listener(cancelled)
                        .build();
                ClientSession caller = ClientSession.create()) {
            Server container = container(routes(session));
            try {
                run(() -> {
                    System.out.println(
                            await(caller.get(container.getURI() + "price").text()));
                    System.out.println(
                            await(caller.get(container.getURI() + "late").use(ClientResponse::status)));
                    System.out.println(
                            await(caller.get(container.getURI() + "broken").use(ClientResponse::status)));
                    System.out.println("cancelled at the service: " + await(cancelled.path()));
                });
            } finally {
                container.stop();
            }
        }
    }

    private static Server container(RouterFunction<ServerResponse> routes) throws Exception {
        Server container = new Server();
        ServerConnector http = new ServerConnector(container, 1, 1);
        http.setHost("127.0.0.1");
        container.addConnector(http);
        container.setHandler(new JettyCoreHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)));
        container.start();
        return container;
    }
}
