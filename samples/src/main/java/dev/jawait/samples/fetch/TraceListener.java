package dev.jawait.samples.fetch;

import dev.jawait.http.ClientListener;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;

/** Writes what happens to a request into the {@link Trace} that it carries as its tag. */
final class TraceListener implements ClientListener {
    @Override
    public void started(RequestInfo request) {
        trace(request).hop(request.hop());
    }

    @Override
    public void phaseStarted(RequestInfo request, Phase phase) {
        trace(request).begin(phase);
    }

    @Override
    public void phaseEnded(RequestInfo request, Phase phase) {
        trace(request).end();
    }

    @Override
    public void connected(RequestInfo request, boolean reused) {
        trace(request).connected(reused);
    }

    @Override
    public void responded(RequestInfo request, int status) {
        trace(request).responded(status);
    }

    private static Trace trace(RequestInfo request) {
        return (Trace) request.tag();
    }
}
