package dev.jawait.runtime.transport;

import dev.jawait.http.ClientListener;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.net.Connecting;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an exchange is doing, told to the listener, if there is one; what a listener throws is logged. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger("dev.jawait.http");

    private final @Nullable ClientListener listener;
    private final RequestInfo request;
    private volatile Phase phase = Phase.POOL;
    private boolean phaseOpen;
    private boolean over;

    Progress(@Nullable ClientListener listener, RequestInfo request) {
        this.listener = listener;
        this.request = request;
    }

    static Phase phase(Connecting.Step step) {
        return switch (step) {
            case LOOKUP -> Phase.DNS;
            case CONNECT -> Phase.CONNECT;
            case PROXY -> Phase.PROXY;
            case HANDSHAKE -> Phase.TLS;
        };
    }

    Phase phase() {
        return phase;
    }

    /** It is queued. The grant, and even the end, may be told of on another thread before this is. */
    synchronized void waits() {
        if (listener != null && phase == Phase.POOL && !phaseOpen && !over) {
            start(Phase.POOL);
        }
    }

    /** It has what it waited for. */
    synchronized void granted(boolean waited) {
        if (waited) {
            waits();
        }
    }

    /** The last phase ends, the next begins. */
    void enter(Phase next) {
        if (listener == null) {
            phase = next;
        } else {
            synchronized (this) {
                end();
                start(next);
            }
        }
    }

    private void start(Phase next) {
        phase = next;
        phaseOpen = true;
        tell(to -> to.phaseStarted(request, next));
    }

    private void end() {
        if (phaseOpen) {
            phaseOpen = false;
            Phase last = phase;
            tell(to -> to.phaseEnded(request, last));
        }
    }

    void connected(boolean reused) {
        if (listener != null) {
            leave();
            tell(to -> to.connected(request, reused));
        }
    }

    private synchronized void leave() {
        end();
    }

    void retried(Throwable cause) {
        if (listener != null) {
            leave();
            tell(to -> to.retried(request, cause));
        }
    }

    void responded(int status) {
        if (listener != null) {
            leave();
            tell(to -> to.responded(request, status));
        }
    }

    void ended(@Nullable Throwable error) {
        if (listener != null) {
            synchronized (this) {
                over = true;
                end();
            }
            tell(to -> to.ended(request, error));
        }
    }

    private void tell(Consumer<ClientListener> event) {
        if (listener == null) {
            return;
        }
        try {
            event.accept(listener);
        } catch (Throwable e) {
            // Whatever it is, an error of the user's own included: a request must not hang for it.
            LOG.warn("A listener failed", e);
        }
    }
}
