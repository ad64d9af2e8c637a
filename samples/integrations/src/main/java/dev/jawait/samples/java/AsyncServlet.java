package dev.jawait.samples.java;

import static dev.jawait.Async.async;
import static dev.jawait.Async.await;
import static dev.jawait.Async.gather;
import static dev.jawait.Async.run;

import dev.jawait.AsyncTimeoutException;
import dev.jawait.Coroutine;
import dev.jawait.http.ClientException;
import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A servlet that answers what another service says, and holds none of its container's threads while it waits. */
public final class AsyncServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient ClientSession session;

    private AsyncServlet(ClientSession session) {
        this.session = session;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        context.setTimeout(0); // The request below has a limit of its own.
        answer(context, response).start();
    }

    /** A body, on a thread of its own; from Java 21 on that is a virtual one. */
    private Coroutine<Void> answer(AsyncContext context, HttpServletResponse response) {
        return async(() -> {
            try {
                response.getWriter()
                        .print(await(session.get("busy?together=20")
                                .timeout(Duration.ofSeconds(10))
                                .text()));
            } catch (ClientException | AsyncTimeoutException error) {
                response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
            } finally {
                context.complete();
            }
        });
    }

    public static void main(String[] args) throws Exception {
        try (SampleServer service = new SampleServer();
                ClientSession session = ClientSession.builder()
                        .baseUrl(service.url("/"))
                        .raiseForStatus(true)
                        .build()) {
            Server container = container(new AsyncServlet(session));
            try {
                List<String> answers = run(gather(Stream.generate(
                                () -> session.get(container.getURI().toString()).text())
                        .limit(20)
                        .toList()));
                System.out.println(answers.size() + " answers: " + new HashSet<>(answers));
                System.out.println("at the service at once: " + service.mostAtOnce());
            } finally {
                container.stop();
            }
        }
    }

    /** Six threads, of which Jetty needs two for itself. */
    private static Server container(HttpServlet servlet) throws Exception {
        Server container = new Server(new QueuedThreadPool(6));
        ServerConnector http = new ServerConnector(container, 1, 1);
        http.setHost("127.0.0.1");
        container.addConnector(http);
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(holder, "/*");
        container.setHandler(context);
        container.start();
        return container;
    }
}
