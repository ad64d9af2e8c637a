package dev.jawait.samples.fetch;

import dev.jawait.http.ClientListener;
import dev.jawait.http.ClientRequest;
import dev.jawait.http.ClientSession;
import dev.jawait.http.ClientTimeout;
import dev.jawait.http.Connector;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that a session and its requests are made of. */
final class RequestOptions {
    private int limit = 100;
    private int limitPerHost;
    private int retries;
    private Duration timeout;
    private Duration connectTimeout;
    private Duration readTimeout;
    private Duration defaultTimeout = Duration.ofSeconds(30);

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "GET if not said",
            converter = MethodConverter.class)
    private String method = "GET";

    @Option(
            names = "--header",
            paramLabel = "'K: V'",
            description = "sent with every request; may be repeated",
            converter = Header.Converter.class)
    private List<Header> headers = List.of();

    @Option(names = "--raise-for-status", description = "a status of 400 or more is a failure")
    private boolean raiseForStatus;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--limit", paramLabel = "N", description = "requests and connections at once; 100 if not said")
    void limit(int value) {
        limit = atLeast(1, "--limit", value);
    }

    @Option(names = "--limit-per-host", paramLabel = "N", description = "connections to one host; no limit if not said")
    void limitPerHost(int value) {
        limitPerHost = atLeast(0, "--limit-per-host", value);
    }

    @Option(names = "--retries", paramLabel = "N", description = "more attempts after a failure; none if not said")
    void retries(int value) {
        retries = atLeast(0, "--retries", value);
    }

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "for a whole request; 30s if not said, 2s in the demonstration",
            converter = DurationConverter.class)
    void timeout(Duration value) {
        timeout = value;
    }

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "for getting a connection, the wait in the pool included",
            converter = DurationConverter.class)
    void connectTimeout(Duration value) {
        connectTimeout = value;
    }

    @Option(
            names = "--read-timeout",
            paramLabel = "TIME",
            description = "for the silence between two portions received",
            converter = DurationConverter.class)
    void readTimeout(Duration value) {
        readTimeout = value;
    }

    void defaultTimeout(Duration value) {
        defaultTimeout = value;
    }

    int limit() {
        return limit;
    }

    int retries() {
        return retries;
    }

    Connector openConnector() {
        return Connector.builder().limit(limit).limitPerHost(limitPerHost).build();
    }

    ClientSession openSession(Connector connector, ClientListener listener) {
        ClientSession.Builder session = ClientSession.builder()
                .connector(connector)
                .timeout(timeouts())
                .raiseForStatus(raiseForStatus)
                .listener(listener);
        headers.forEach(header -> session.header(header.name(), header.value()));
        return session.build();
    }

    ClientRequest request(ClientSession session, String url) {
        return session.request(method, url);
    }

    private ClientTimeout timeouts() {
        return ClientTimeout.builder()
                .total(timeout == null ? defaultTimeout : timeout)
                .connect(connectTimeout)
                .sockRead(readTimeout)
                .build();
    }

    private int atLeast(int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '" + option + "': " + value + " is below " + least);
        }
        return value;
    }
}
