package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A controller of Spring MVC whose method awaits two services in a body of its own, not on a thread of the container. */
public final class SpringMvc {
    private SpringMvc() {}

    @RestController
    @EnableWebMvc
    static class Prices {
        private final ClientSession session;

        Prices(ClientSession session) {
            this.session = session;
        }

        @GetMapping("/price")
        CompletableFuture<String> price() {
            return async(() -> {
                        String item = await(session.get("slow?body=tea")
                                .timeout(Duration.ofSeconds(10))
                                .text());
                        return item + " "
                                + await(session.get("busy?together=20")
                                        .timeout(Duration.ofSeconds(10))
                                        .text());
                    })
                    .toFuture();
        }

        @ExceptionHandler({ClientException.class, AsyncTimeoutException.class})
        @ResponseStatus(HttpStatus.BAD_GATEWAY)
        void serviceInTrouble() {}
    }

    public static void main(String[] args) throws Exception {
        try (SampleServer service = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(service.url("/"))
                        .raiseForStatus(true)
                        .build()) {
            Server container = container(session);
            try {
                String url = container.getURI() + "price";
                List<String> answers = run(gather(
                        Stream.generate(() -> session.get(url).text()).limit(20).toList()));
                System.out.println(answers.size() + " answers: " + new HashSet<>(answers));
                System.out.println("at the service at once: " + service.mostAtOnce());
            } finally {
                container.stop();
            }
        }
    }

    /** Six threads, of which Jetty needs two for itself. */
    private static Server container(ClientSession session) throws Exception {
        AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
        beans.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("session", session));
        beans.register(Prices.class);
        Server container = new Server(new QueuedThreadPool(6));
        ServerConnector http = new ServerConnector(container, 1, 1);
        http.setHost("127.0.0.1");
        container.addConnector(http);
        ServletHolder holder = new ServletHolder(new DispatcherServlet(beans));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, "/*");
        container.setHandler(context);
        container.start();
        return container;
    }
}
