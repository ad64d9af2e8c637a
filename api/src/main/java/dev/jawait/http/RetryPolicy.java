package dev.jawait.http;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When a request is sent again, beside the one silent retry on a reused connection that turns out to be dead. It covers a
 * request up to its response's head; all attempts share the time limit {@link ClientTimeout#total()}, and no pause is begun
 * that would outlast it: the last answer or error is the result then.
 *
 * <p>Each attempt is told to the {@link ClientListener} as a request of its own, with its number in
 * {@link RequestInfo#attempt()}, and {@link ClientListener#retried} between them. Middlewares run for each.
 *
 * @param attempts how often it is sent at most; 1: no retry
 * @param backoff the pause after the first attempt; it doubles with each
 * @param maxBackoff how long a pause may become
 * @param jitter whether each pause is a random part of that, so that clients do not come back all at once
 * @param statuses which statuses are tried again
 * @param methods which methods are; by default those that may be repeated without harm (RFC 9110, section 9.2.2)
 * @param errors which errors are; by default {@linkplain #isTransient those of connections}
 * @param maxRetryAfter how long a {@code Retry-After} may be that is kept to; a longer one ends the attempts
 * @param budget how many retries a session allows itself for each request, on average, so that a server in trouble is not
 *     given more of it; ten are free; 0: no such limit
 */
public record RetryPolicy(
        int attempts,
        Duration backoff,
        Duration maxBackoff,
        boolean jitter,
        Set<Integer> statuses,
        Set<String> methods,
        Predicate<? super Throwable> errors,
        Duration maxRetryAfter,
        double budget) {
    /** Nothing is tried again. */
    public static final RetryPolicy NONE = attempts(1);

    /** @throws IllegalArgumentException if there is to be no attempt, or a time or the budget is negative */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("A request is attempted once at least, not " + attempts + " times");
        }
        if (backoff.isNegative() || maxBackoff.isNegative() || maxRetryAfter.isNegative() || budget < 0) {
            throw new IllegalArgumentException("Negative: backoff " + backoff + ", maxBackoff " + maxBackoff
                    + ", maxRetryAfter " + maxRetryAfter + ", budget " + budget);
        }
        statuses = Set.copyOf(statuses);
        methods = Set.copyOf(methods);
    }

    /** The defaults with so many attempts. */
    public static RetryPolicy attempts(int attempts) {
        return builder().attempts(attempts).build();
    }

    /**
     * A builder: 3 attempts; pauses of 100 ms, 200 ms, … 10 s at most, with jitter; 429, 502, 503 and 504; GET, HEAD,
     * OPTIONS, TRACE, PUT and DELETE; {@code Retry-After} up to a minute; a budget of 0.2.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether {@code error} is one of a connection, or of a time limit other than the total one, that may be gone the next
     * time. What is wrong with a certificate, a URL or a response is not.
     */
    public static boolean isTransient(Throwable error) {
        if (error instanceof ClientTimeoutException timeout) {
            return !timeout.limitName().equals("total");
        }
        return error instanceof ClientConnectionException
                && !(error instanceof ClientSslException || error instanceof ServerFingerprintMismatchException);
    }

    /** Builds a {@link RetryPolicy}. */
    public static final class Builder {
        private int attempts = 3;
        private Duration backoff = Duration.ofMillis(100);
        private Duration maxBackoff = Duration.ofSeconds(10);
        private boolean jitter = true;
        private Set<Integer> statuses = Set.of(429, 502, 503, 504);
        private Set<String> methods = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
        private Predicate<? super Throwable> errors = RetryPolicy::isTransient;
        private Duration maxRetryAfter = Duration.ofMinutes(1);
        private double budget = 0.2;

        private Builder() {}

        /** See {@link RetryPolicy#attempts()}. */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /** See {@link RetryPolicy#backoff()} and {@link RetryPolicy#maxBackoff()}. */
        public Builder backoff(Duration first, Duration longest) {
            backoff = first;
            maxBackoff = longest;
            return this;
        }

        /** See {@link RetryPolicy#jitter()}. */
        public Builder jitter(boolean jitter) {
            this.jitter = jitter;
            return this;
        }

        /** See {@link RetryPolicy#statuses()}. */
        public Builder statuses(Set<Integer> statuses) {
            this.statuses = statuses;
            return this;
        }

        /** See {@link RetryPolicy#methods()}. Add POST only where the server takes a repeated one for the same. */
        public Builder methods(Set<String> methods) {
            this.methods = methods;
            return this;
        }

        /** See {@link RetryPolicy#errors()}. */
        public Builder errors(Predicate<? super Throwable> errors) {
            this.errors = errors;
            return this;
        }

        /** See {@link RetryPolicy#maxRetryAfter()}. */
        public Builder maxRetryAfter(Duration longest) {
            maxRetryAfter = longest;
            return this;
        }

        /** See {@link RetryPolicy#budget()}. */
        public Builder budget(double retriesPerRequest) {
            budget = retriesPerRequest;
            return this;
        }

        /** The policy. */
        public RetryPolicy build() {
            return new RetryPolicy(
                    attempts, backoff, maxBackoff, jitter, statuses, methods, errors, maxRetryAfter, budget);
        }
    }
}
