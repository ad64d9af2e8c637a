package dev.jawait.runtime.tasks

import dev.jawait.CancelledException
import dev.jawait.InvalidStateException
import dev.jawait.Outcome
import dev.jawait.Task
import dev.jawait.TaskTree
import dev.jawait.runtime.loop.Loop
import dev.jawait.runtime.loop.Timers
import kotlinx.coroutines.Job
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.function.Consumer
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/*
 * A task is a promise of its end and, while it runs, a sequence of steps: from one await to the next. It is built as
 * asyncio's is. It awaits one promise at a time (`waiter`, asyncio's _fut_waiter); to cancel the task is to cancel that
 * promise, and where there is none, to remember it for the next await (`cancelPending`, asyncio's _must_cancel). The end
 * of the promise is the task's wake-up: its next step is put in line at its place, never run on the spot.
 *
 * To save objects it is several things at once: the runnable of its steps, the continuation of its body, and the
 * coroutine context of everything that runs inline in it. The context is how suspend code finds its task; code that has
 * another one (withContext, a child of coroutineScope) runs beside the task, not in it.
 */
internal class TaskImpl<T>(
    val runner: RunnerImpl,
    val scope: TaskScope,
    private val givenName: String?,
    private val recipe: Recipe<T>,
    val home: LoopPlace,
    @Volatile private var place: Place,
    creator: TaskImpl<*>? = null,
    elements: CoroutineContext = EmptyCoroutineContext,
    slot: JobSlot? = recipe.newSlot(),
) : TaskContext<T>(elements, slot, creator?.deadline),
    Task<T>,
    Continuation<T>,
    Promise.Listener,
    Runnable {
    private val number = runner.nextTaskNumber()
    private val createdNanos = System.nanoTime()
    private val site = Debug.site()

    init {
        recipe.used()
    }

    // Its place in the list of its scope, which guards them.
    var before: TaskImpl<*>? = null
    var after: TaskImpl<*>? = null

    /** On whose stack its first step runs, if that is not its own place; null afterwards. */
    @Volatile
    private var startedOn: Thread? = null

    // Guarded by this, all of them.
    private var started = false
    private var continuation: Continuation<Any?>? = null
    private var waiter: Promise<*>? = null
    private var cancelRequests = 0
    private var cancelPending = false
    private var cancelMessage: String? = null

    /** Of which time limit the pending cancel is; null if it is anybody else's too. */
    private var pendingLimit: JobSlot? = null
    private var interrupted = false

    /** The thread that is about to cancel what this awaits. */
    @Volatile
    private var cancelledBy: Thread? = null

    private var reports: SerialCallbacks? = null

    /** What its last `waitUntil` follows: the next one may go on with it. For the task's own steps only. */
    var lastWait: WaitLog<*>? = null

    val timers: Timers get() = home.loop.timers()

    /** Whether the calling thread is that of its body, and so may block. */
    val isOnItsThread: Boolean get() = (place as? BodyThread)?.isCurrent == true

    // ---- running

    /** Puts its first step in line, together with others if there are [batches]. */
    fun begin(batches: StartBatches? = null) {
        scope.add(this)
        val at = place
        when {
            at is BodyThread -> at.start(this, null, this)
            batches != null && at is LoopPlace -> batches.add(this, at.loop)
            else -> at.execute(this, this)
        }
    }

    /** Runs it to its end on the calling thread, and then [atEnd] before anything else can run in its place. */
    fun runOnCaller(atEnd: () -> Unit) {
        scope.add(this)
        (place as BodyThread).runOnCaller(this) {
            run()
            atEnd()
        }
    }

    /** Runs its first step on the stack of the caller, whose own step this is. */
    fun beginHere() {
        scope.add(this)
        run()
    }

    /** As [beginHere], and of bodies that block, too, what comes before their first await is run before this returns. */
    fun beginEagerly() {
        startedOn = Thread.currentThread()
        beginHere()
        startedOn = null
    }

    /** The next step. */
    override fun run(): Unit = during(::step)

    private fun step() {
        var resumed: Continuation<Any?>? = null
        var awaited: Promise<*>? = null
        val cancel: CancelledException?
        synchronized(this) {
            if (started) {
                resumed = continuation!!
                awaited = waiter
                continuation = null
                waiter = null
            }
            started = true
            cancel = takeCancel(awaited?.ended)
        }
        when {
            resumed == null -> first(cancel)
            cancel != null -> resumed.resumeWith(Result.failure(cancel))
            else -> resumed.resumeWith(awaited.result())
        }
    }

    private fun Promise<*>?.result(): Result<Any?> = when (val end = this?.ended) {
        null -> Result.success(null)

        is Outcome.Success -> Result.success(end.value())

        else -> {
            (this as? TaskImpl<*>)?.markRetrieved()
            Result.failure(end.exceptionOrNull()!!)
        }
    }

    private fun first(cancel: CancelledException?) {
        if (cancel != null) return resumeWith(Result.failure(cancel))
        val result =
            try {
                val at = place
                if (at is BodyThread) at.block(this) { recipe.runIn(this) } else recipe.begin(this)
            } catch (error: Throwable) {
                return resumeWith(Result.failure(error))
            }
        if (result !== COROUTINE_SUSPENDED) {
            @Suppress("UNCHECKED_CAST")
            resumeWith(Result.success(result as T))
        }
    }

    // ---- awaiting

    /** Waits for [promise]; what cancels this task meanwhile cancels the promise, and waits for that. */
    @Suppress("UNCHECKED_CAST")
    suspend fun <R> awaitPromise(promise: Promise<R>): R {
        if (promise.ended != null) return promise.result().getOrThrow() as R
        return suspendCoroutineUninterceptedOrReturn { caller ->
            suspendOn(promise, caller as Continuation<Any?>)
            COROUTINE_SUSPENDED
        }
    }

    /** Lets others run once. */
    suspend fun yieldOnce(): Unit = suspendCoroutineUninterceptedOrReturn { caller ->
        if (mayGoOnElsewhere()) handOver()
        @Suppress("UNCHECKED_CAST")
        synchronized(this) { continuation = caller as Continuation<Any?> }
        place.execute(this, this)
        COROUTINE_SUSPENDED
    }

    private fun mayGoOnElsewhere() = place !is BodyThread && (recipe.roams || loopHere == null)

    private fun suspendOn(promise: Promise<*>, caller: Continuation<Any?>) {
        if (mayGoOnElsewhere()) handOver()
        val cancel =
            synchronized(this) {
                continuation = caller
                waiter = promise
                takeCancel(null)
            }
        // Before it listens: until then no step can come between.
        if (cancel != null && !promise.cancel(cancel.message)) synchronized(this) { cancelPending = true }
        if (!promise.listen(this)) onEnd(promise)
    }

    override fun onEnd(promise: Promise<*>) {
        if (!isUsers) runner.placeHere()?.let { place = it }
        place.execute(this, this)
    }

    /** Runs [body], which may block, as a part of this task: on its own thread if it has one, else on a new one. */
    suspend fun <R> callBody(body: () -> R): R {
        val outer = place
        if (outer is BodyThread && outer.isCurrent) return body()
        return suspendCoroutineUninterceptedOrReturn { caller ->
            handOver()
            val thread = runner.newBodyThread()
            val firstPiece = if (isEager()) FirstPiece() else null
            place = thread
            thread.start(this, firstPiece) {
                val result = runCatching(body)
                handOver()
                synchronized(this) {
                    takeInterrupt()
                    place = outer
                }
                if (firstPiece?.end(result) != true) outer.execute(this) { caller.resumeWith(result) }
            }
            if (firstPiece == null) COROUTINE_SUSPENDED else firstPiece.await()
        }
    }

    /** Whether whoever has started it waits for the first piece of its body; a loop never waits. */
    private fun isEager() = startedOn === Thread.currentThread() && Loop.current() == null

    /** Waits for [suspended] on the body's thread: what `await` is in Java. */
    fun <R> await(suspended: suspend () -> R): R {
        val thread = place as? BodyThread
        check(thread != null && thread.isCurrent) {
            "await() blocks, so it works only on the thread of a body; in task ${name()} use it inside of " +
                "async(body), or a suspend function of dev.jawait.kotlin"
        }
        return thread.block(this, suspended)
    }

    // ---- cancelling

    override fun cancel(): Boolean = cancel(null)

    override fun cancel(message: String?): Boolean {
        val isHeard = cancel(message, null)
        // Whoever cancels what has failed already is done with it: asyncio takes its error for retrieved.
        if (!isHeard) markRetrieved()
        return isHeard
    }

    /** Cancels it, or, where a time limit has passed, what runs within [limit]. */
    fun cancel(message: String?, limit: JobSlot?): Boolean {
        val awaited: Promise<*>?
        var jobs: JobSlot?
        synchronized(this) {
            if (ended != null) return false
            cancelRequests++
            cancelMessage = message
            awaited = waiter
            // A body that has not begun has no jobs yet: it may still begin, if the cancel is taken back.
            jobs = if (started) innermostSlot() else null
            if (awaited == null) rememberCancel(limit)
        }
        if (awaited != null && !breaksCycle(awaited, limit) && !cancelAwaited(awaited, message, limit)) return false
        while (jobs != null) {
            jobs.cancel(CancelledException(message))
            jobs = if (jobs === limit) null else jobs.outer
        }
        return true
    }

    /**
     * A cancel that comes back to where it began has gone round a cycle of tasks that await each other: nothing there
     * will ever end, so this one stops waiting.
     */
    private fun breaksCycle(awaited: Promise<*>, limit: JobSlot?): Boolean {
        if (cancelledBy !== Thread.currentThread()) return false
        if (awaited.forget(this)) {
            synchronized(this) { rememberCancel(limit) }
            place.execute(this, this)
        }
        return true
    }

    /**
     * Cancels [promise]; where that is over, what the task has come to await by now, or its next await. False if by now
     * the task has ended.
     */
    private fun cancelAwaited(promise: Promise<*>, message: String?, limit: JobSlot?): Boolean {
        var awaited = promise
        while (!cancelOnce(awaited, message)) {
            synchronized(this) {
                if (ended != null) return false
                val next = waiter
                if (next == null || next === awaited) {
                    rememberCancel(limit)
                    return true
                }
                awaited = next
            }
        }
        return true
    }

    private fun cancelOnce(promise: Promise<*>, message: String?): Boolean {
        val outer = cancelledBy
        cancelledBy = Thread.currentThread()
        try {
            return promise.cancel(message)
        } finally {
            cancelledBy = outer
        }
    }

    private fun rememberCancel(limit: JobSlot?) {
        pendingLimit = if (cancelPending) JobSlot.outermost(pendingLimit, limit) else limit
        cancelPending = true
        val at = place
        if (waiter == null && started && at is BodyThread && !at.isCurrent && at.interrupt()) interrupted = true
    }

    /** The cancel that is due at this await, if one is; one that came as an interrupt and was seen is none any more. */
    private fun takeCancel(end: Outcome<*>?): CancelledException? {
        takeInterrupt()
        if (!cancelPending) return null
        cancelPending = false
        return (end as? Outcome.Cancelled)?.exception() ?: CancelledException(cancelMessage)
    }

    private fun takeInterrupt() {
        if (!interrupted || (place as? BodyThread)?.isCurrent == false) return
        interrupted = false
        val stillSet = Thread.interrupted()
        if (!stillSet) cancelPending = false
    }

    /** Its thread was interrupted while it waited: by the cancel of this task, which is pending, or by somebody else. */
    fun interruptedWhileWaiting() {
        val isOwn = synchronized(this) { interrupted.also { interrupted = false } }
        if (!isOwn) cancel("The thread was interrupted")
    }

    /** The thread is about to do something else: an interrupt that was meant for this task ends with it. */
    @Synchronized
    fun leaveThread(): Unit = takeInterrupt()

    @Synchronized
    override fun cancelling(): Int = cancelRequests

    @Synchronized
    override fun uncancel(): Int {
        if (cancelRequests > 0 && --cancelRequests == 0) {
            takeInterrupt()
            cancelPending = false
        }
        return cancelRequests
    }

    /** As [uncancel], for a [limit] that is left: its own cancel, if it has not arrived, is not to arrive later. */
    @Synchronized
    fun uncancel(limit: JobSlot): Int {
        if (cancelPending && pendingLimit === limit) {
            takeInterrupt()
            cancelPending = false
        }
        return uncancel()
    }

    /**
     * A cancel that was delivered is due again, at the next await: whoever caught it has something else to throw. The
     * jobs of the body have heard it, and are left as they are.
     */
    @Synchronized
    fun recancel() {
        if (cancelRequests == 0) return
        cancelPending = true
        pendingLimit = null
    }

    // ---- ending

    /** The body has ended. A cancel that is told it came in time is heard: under the lock of both. */
    override fun resumeWith(result: Result<T>) {
        closeJobs()
        val waiting =
            synchronized(this) {
                val outcome = outcome(result, takeCancel(null))
                if (outcome is Outcome.Failure) errors = UnretrievedErrors.watch(this, outcome.exception())
                seal(outcome)
            }
        if (ended is Outcome.Cancelled) result.onSuccess(recipe::takeBack)
        tell(waiting)
        scope.remove(this)
        lastWait?.detach()
    }

    private fun outcome(result: Result<T>, pending: CancelledException?): Outcome<T> {
        val error = result.exceptionOrNull()
        return when {
            error is InterruptedException && cancelRequests > 0 -> Outcome.Cancelled(cancelledBy(error, cancelMessage))
            error != null -> failureOf(error)
            pending != null -> Outcome.Cancelled(pending)
            else -> Outcome.Success(result.getOrThrow())
        }
    }

    @Volatile
    private var errors: UnretrievedErrors.Watched? = null

    override fun name(): String = givenName ?: recipe.givenName ?: "Task-$number"

    override fun isDone(): Boolean = ended != null

    override fun isCancelled(): Boolean = ended is Outcome.Cancelled

    override fun result(): T = retrieve("Result").get()

    override fun exception(): Throwable? = when (val end = retrieve("Exception")) {
        is Outcome.Success -> null
        is Outcome.Failure -> end.exception()
        is Outcome.Cancelled -> throw end.exception()
    }

    override fun outcome(): Outcome<T> = retrieve("Outcome")

    private fun retrieve(what: String): Outcome<T> {
        val end = ended ?: throw InvalidStateException("$what is not set: task ${name()} has not ended")
        errors?.retrieved()
        return end
    }

    /** Its error has been seen by whoever combines it with others. */
    fun markRetrieved() {
        errors?.retrieved()
    }

    override fun onDone(callback: Consumer<in Task<T>>) {
        val reports = synchronized(this) { reports ?: SerialCallbacks(runner.callbacks).also { reports = it } }
        val surroundings = Snapshot.take()
        val report = Promise.Listener { reports.run { surroundings.around { callback.accept(this) } } }
        if (!listen(report)) report.onEnd(this)
    }

    override fun start(): Task<T> = this

    override fun toFuture(): CompletableFuture<T> = TaskFuture.of(this)

    override fun join(): T {
        check(Current.task !== this) { "Task ${name()} cannot wait for itself" }
        checkMayBlock("join() of task ${name()}")
        val latch = CountDownLatch(1)
        val ended = Promise.Listener { latch.countDown() }
        if (listen(ended)) {
            try {
                latch.await()
            } catch (error: InterruptedException) {
                forget(ended)
                Thread.currentThread().interrupt()
                throw cancelledBy(error, "join() of task ${name()} was interrupted")
            }
        }
        return result()
    }

    // ---- its context

    override val task: TaskImpl<T> get() = this

    override val context: CoroutineContext get() = this

    override val interceptor: ContinuationInterceptor? get() = place.interceptor

    override val isUsers: Boolean get() = !recipe.roams || place !is LoopPlace

    override val loopHere: Loop? get() = (place as? LoopPlace)?.loop?.takeIf { it.isCurrent }

    // ---- looked at from outside

    /** Whether the thread of its body is in [method] of [owner]. */
    fun isInside(owner: Class<*>, method: String): Boolean = (place as? BodyThread)?.isInside(owner, method) == true

    /** Where it was created, in words. */
    fun createdAt(): String =
        if (site == null) "-D${Debug.PROPERTY}=true tells where tasks are created" else "created${site.stack()}"

    /** As it is now, for dumps; null if it has ended. */
    fun node(): TaskTree.Node? {
        val promise =
            synchronized(this) {
                if (ended != null) return null
                waiter
            }
        val awaited = if (promise is TaskImpl<*>) listOf(promise) else promise?.awaited().orEmpty()
        return TaskTree.Node(
            number,
            name(),
            state(promise),
            Duration.ofNanos(System.nanoTime() - createdNanos),
            promise?.let { if (it is TaskImpl<*>) it.name() else it.toString() },
            awaited.filter { !it.isDone }.map { it.number },
            (place as? BodyThread)?.position()?.toString(),
            site?.toString(),
        )
    }

    private fun state(awaited: Promise<*>?) = synchronized(this) {
        when {
            cancelRequests > 0 -> TaskTree.State.CANCELLING
            !started -> TaskTree.State.CREATED
            awaited != null -> TaskTree.State.WAITING
            else -> TaskTree.State.RUNNING
        }
    }

    override fun toString(): String {
        val state =
            when (ended) {
                null -> if (cancelling() > 0) "cancelling" else "pending"
                is Outcome.Success -> "finished"
                is Outcome.Failure -> "failed"
                is Outcome.Cancelled -> "cancelled"
            }
        return "Task[${name()}, $state]"
    }

    companion object : CoroutineContext.Key<Element>
}
