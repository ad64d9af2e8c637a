package dev.jawait.samples.futures;

import static dev.jawait.Async.gather;

import dev.jawait.http.ClientSession;
import dev.jawait.samples.server.SampleServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A servlet that answers from a future's callback, and holds none of its container's threads until then. */
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
        session.get("busy?together=20")
                .timeout(Duration.ofSeconds(10))
                .text()
                .toFuture()
                .whenComplete((text, error) -> {
                    try {
                        answer(response, text, error);
                    } finally {
                        context.complete();
                    }
                });
    }

    private void answer(HttpServletResponse response, @Nullable String text, @Nullable Throwable error) {
        try {
            if (error == null) {
                response.getWriter().print(text);
            } else {
                response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
            }
        } catch (IOException gone) {
            log("The client has gone", gone);
        }
    }

    public static void main(String[] args) throws Exception {
        SampleServer service = new SampleServer();
        ClientSession session = ClientSession.builder()
                .baseUrl(service.url("/"))
                .raiseForStatus(true)
                .build();
        Server container = container(new AsyncServlet(session));
        gather(Stream.generate(() -> session.get(container.getURI().toString()).text())
                        .limit(20)
                        .toList())
                .toFuture()
                .thenAccept(answers -> {
                    System.out.println(answers.size() + " answers: " + new HashSet<>(answers));
                    System.out.println("at the service at once: " + service.mostAtOnce());
                })
                .whenComplete((printed, error) -> {
                    LifeCycle.stop(container);
                    session.close();
                    service.close();
                })
                .join();
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
