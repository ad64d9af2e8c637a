package dev.jawait.runtime.transport;

import dev.jawait.CancelledException;
import dev.jawait.http.ClientListener;
import dev.jawait.http.Phase;
import dev.jawait.http.RequestInfo;
import dev.jawait.runtime.loop.Loop;
import dev.jawait.runtime.net.Connecting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One exchange. While it waits in the queue, it belongs to who takes it out: the pool with a grant, or who ends it. From
 * then on all happens on its loop, which is that of its connection; a grant may move it there, and whatever was on its way
 * to the old loop follows.
 */
final class HttpExchange extends Claim<Connection> implements Exchange, Connecting.Client {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private enum Stage {
        /** Has nothing yet, or what {@link #assign} noted. */
        WAITING,
        CONNECTING,
        /** A connection serves it. */
        SERVED,
        /** The response has come in whole, or as far as it ever will; the connection is given up. */
        RECEIVED,
        OVER
    }

    private final Transport transport;
    private final WireRequest request;
    private final ExchangeHandler handler;
    private final Progress progress;
    private final Deadlines deadlines;

    /** Null while it waits: many may, and each would keep its bytes. */
    private @Nullable RequestHead head;

    private volatile Loop loop;
    private volatile Stage stage = Stage.WAITING;
    private @Nullable Connection connection;

    /** What of the body has come and was not asked for; null until some has. */
    private @Nullable BodyBuffer body;

    private @Nullable Connecting connecting;
    private @Nullable Throwable broken;
    private boolean waited;
    private boolean hasHead;

    /** What has come and was not told. */
    private @Nullable WireResponse untold;

    private boolean retried;
    private boolean delivering;
    private int wanted;

    HttpExchange(
            Transport transport,
            Loop loop,
            WireRequest request,
            RequestHead head,
            Limits limits,
            @Nullable ClientListener listener,
            ExchangeHandler handler) {
        super(request.route());
        this.transport = transport;
        this.loop = loop;
        this.request = request;
        this.head = head;
        this.handler = handler;
        this.progress = new Progress(listener, request.info());
        this.deadlines = new Deadlines(limits, this::timerFired);
    }

    RequestInfo info() {
        return request.info();
    }

    @Override
    public String toString() {
        return request.toString();
    }

    private ConnectionPool<Connection> pool() {
        return transport.pool();
    }

    // ---- Getting a connection

    /** Asks the pool. On the sender's thread: who sends first is first in the queue. */
    void begin() {
        Loop home = loop;
        switch (pool().acquire(this)) {
            case CONNECTION -> onLoop(this::serve);
            case PLACE -> home.execute(this::connect);
            case WAIT -> {
                head = null;
                deadlines.watch(home.timers());
                progress.waits();
            }
            case CLOSED -> failLater(Failures.closed());
        }
    }

    @Override
    int loopIndex() {
        return loop.index();
    }

    @Override
    void assign(@Nullable Connection connection) {
        this.connection = connection;
        if (connection != null) {
            loop = connection.loop();
        }
    }

    @Override
    void granted() {
        waited = true;
        if (connection != null) {
            onLoop(this::serve);
        } else {
            loop.execute(this::connect);
        }
    }

    @Override
    void poolClosed() {
        failLater(Failures.closed());
    }

    private void onLoop(Runnable step) {
        Loop current = loop;
        if (current.isCurrent()) {
            step.run();
        } else {
            current.execute(() -> onLoop(step));
        }
    }

    private void connect() {
        if (stage != Stage.WAITING) {
            return;
        }
        stage = Stage.CONNECTING;
        progress.granted(waited);
        deadlines.enter(Phase.CONNECT);
        connecting = new Connecting(
                transport.target(request.route()), transport.config().dialing(), loop, this);
        deadlines.watch(loop.timers());
        connecting.start(transport.resolver());
    }

    @Override
    public void enter(Connecting.Step step) {
        enter(Progress.phase(step));
    }

    @Override
    public void attemptSince(long nanoTime) {
        deadlines.attemptSince(nanoTime);
        deadlines.watch(loop.timers());
    }

    private void enter(Phase phase) {
        progress.enter(phase);
        deadlines.enter(phase);
        deadlines.watch(loop.timers());
    }

    @Override
    public void connected(Channel channel) {
        connecting = null;
        Connection opened = transport.connection(request.route(), loop, channel);
        if (pool().established(this, opened)) {
            connection = opened;
            serveOn(opened);
        } else {
            opened.abort();
            fail(Failures.closed());
        }
    }

    @Override
    public void connectFailed(Connecting.Step at, Throwable cause) {
        fail(Failures.connecting(request.route(), request.info(), at, cause));
    }

    // ---- The request

    private void serve() {
        Connection granted = connection;
        if (stage != Stage.WAITING || granted == null) {
            return;
        }
        progress.granted(waited);
        if (granted.isActive()) {
            serveOn(granted);
        } else {
            connectInstead(granted);
        }
    }

    private void serveOn(Connection granted) {
        stage = Stage.SERVED;
        deadlines.connected();
        progress.connected(granted.isReused());
        enter(Phase.WRITE);
        RequestHead made = head;
        granted.serve(this, made == null ? transport.head(request) : made, request);
    }

    /** Opens a connection in the place of one that turned out to be dead. */
    private void connectInstead(Connection dead) {
        connection = null;
        dead.abort();
        if (pool().reopen(this, dead)) {
            stage = Stage.WAITING;
            deadlines.connects();
            loop.execute(this::connect);
        } else {
            failLater(Failures.closed());
        }
    }

    /** The request is with the system. */
    void written() {
        enter(Phase.FIRST_BYTE);
        awaitBytes();
    }

    /** The system has taken more of the request. */
    void writing() {
        deadlines.enter(Phase.WRITE);
        deadlines.watch(loop.timers());
    }

    /** The body cannot be sent in whole. */
    void bodyFailed(Throwable cause) {
        fail(Failures.bodyFailed(request.info(), cause));
    }

    private void awaitBytes() {
        deadlines.readStarts();
        deadlines.watch(loop.timers());
    }

    // ---- The response

    void responded(WireResponse response) {
        hasHead = true;
        progress.responded(response.status());
        progress.enter(Phase.READ);
        deadlines.enter(Phase.READ);
        deadlines.readStops();
        untold = response;
    }

    /** Not before the portion that it came in is read: what came in whole has given its connection back by then. */
    private void tellHead() {
        WireResponse told = untold;
        if (told != null) {
            untold = null;
            handler.onHead(told);
        }
    }

    /** How many bytes are worth receiving before they are asked for. */
    int bufferSize() {
        return transport.config().bodyBuffer();
    }

    /** Whether a switch of protocols is wanted. */
    boolean wantsUpgrade() {
        return handler.wantsUpgrade();
    }

    /** The server has switched protocols; the connection is the handler's from now on. */
    void upgraded(WireResponse response, Upgraded switched) {
        progress.responded(response.status());
        stage = Stage.OVER;
        connection = null;
        deadlines.cancel();
        progress.ended(null);
        handler.onUpgrade(response, switched);
    }

    void received(ByteBuf data) {
        if (body == null) {
            body = new BodyBuffer(transport.config().bodyBuffer());
        }
        body.add(data);
        if (untold == null) {
            deliver();
        }
    }

    /** The response is complete; the connection is about to be given back. */
    void complete() {
        finish(null);
    }

    private void finish(@Nullable Throwable error) {
        stage = Stage.RECEIVED;
        broken = error;
        connection = null;
        deadlines.cancel();
    }

    /** What came is not a response, or ended before its end. What of the body came before is delivered first. */
    void broken(Throwable error) {
        Connection lost = connection;
        if (!hasHead || lost == null) {
            fail(error);
            return;
        }
        finish(error);
        lost.discard();
        deliver();
    }

    /** The connection ended before a head was there. */
    void disconnected(Throwable error) {
        Connection lost = connection;
        if (lost == null || retried || !lost.isReused() || lost.hasHeard() || !isRepeatable()) {
            fail(error);
            return;
        }
        retried = true;
        progress.retried(error);
        lost.leave();
        connectInstead(lost);
    }

    private boolean isRepeatable() {
        WireBody sent = request.body();
        return IDEMPOTENT.contains(request.method()) && (sent == null || sent.isReplayable());
    }

    @Override
    public void read() {
        onLoop(this::readOnLoop);
    }

    private void readOnLoop() {
        wanted++;
        deliver();
        Connection serving = connection;
        if (stage != Stage.SERVED || serving == null) {
            return;
        }
        if (wanted == 1) {
            awaitBytes();
        }
        if (wanted > 0 || !isFull()) {
            serving.read();
        }
    }

    /** A portion has been read from the socket, and what was in it delivered. */
    void readComplete() {
        if (untold != null) {
            deliver();
        }
        Connection serving = connection;
        if (serving == null) {
            return;
        }
        if (!hasHead || wanted > 0) {
            touch();
            serving.read();
        } else {
            deadlines.readStops();
            if (!isFull()) {
                serving.read();
            }
        }
    }

    private boolean isEmpty() {
        return body == null || body.isEmpty();
    }

    private boolean isFull() {
        return body != null && body.isFull();
    }

    private void touch() {
        if (progress.phase() != Phase.WRITE) {
            deadlines.readStarts();
        }
    }

    /** Hands over what is there and was asked for. A handler that asks again while it is told is not told deeper down. */
    void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            tellHead();
            deliverWanted();
        } finally {
            delivering = false;
        }
        if (stage == Stage.RECEIVED && isEmpty()) {
            end();
        }
    }

    /** What is complete is handed over unasked: to be asked would cost who lives on another loop a way there and back. */
    private void deliverWanted() {
        while (stage != Stage.OVER && (wanted > 0 || isWhole())) {
            ByteBuf piece = body == null ? null : body.poll();
            if (piece == null) {
                return;
            }
            wanted--;
            handler.onData(piece);
        }
    }

    private boolean isWhole() {
        return stage == Stage.RECEIVED && broken == null;
    }

    private void end() {
        if (broken != null) {
            fail(broken);
        } else {
            stage = Stage.OVER;
            progress.ended(null);
            handler.onEnd();
        }
    }

    // ---- The end before the end

    @Override
    public void cancel() {
        failLater(new CancelledException(null));
    }

    private void failLater(Throwable error) {
        loop.execute(() -> onLoop(() -> fail(error)));
    }

    private void timerFired() {
        onLoop(this::checkLimits);
    }

    private void checkLimits() {
        if (stage == Stage.OVER) {
            return;
        }
        if (!deadlines.due()) {
            deadlines.watch(loop.timers());
        } else if (!takeOver()) {
            loop.execute(() -> onLoop(this::checkLimits));
        } else if (connecting == null || !deadlines.isAttemptDue() || !connecting.attemptTimedOut()) {
            fail(deadlines.error(request.info(), progress.phase(), pool().stats(), pool().stats(request.origin())));
        }
    }

    /** Leaves the queue; false if a grant was faster and has moved the exchange to another loop. */
    private boolean takeOver() {
        if (stage == Stage.WAITING) {
            pool().cancel(this);
        }
        return loop.isCurrent();
    }

    private void fail(Throwable error) {
        if (stage == Stage.OVER) {
            return;
        }
        if (!takeOver()) {
            failLater(error);
            return;
        }
        Stage last = stage;
        stage = Stage.OVER;
        deadlines.cancel();
        if (body != null) {
            body.release();
        }
        letGo(last);
        progress.ended(hasHead && error instanceof CancelledException ? null : error);
        handler.onFailure(error);
    }

    private void letGo(Stage last) {
        Connection held = connection;
        connection = null;
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
        if (held == null) {
            pool().abandon(this);
        } else if (last == Stage.WAITING && held.isActive()) {
            pool().release(held);
        } else {
            held.discard();
        }
    }
}
