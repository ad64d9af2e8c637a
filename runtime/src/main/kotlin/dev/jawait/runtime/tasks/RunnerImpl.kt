package dev.jawait.runtime.tasks

import dev.jawait.Awaitable
import dev.jawait.Runner
import dev.jawait.Task
import dev.jawait.runtime.loop.EventLoops
import dev.jawait.runtime.loop.Loop
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong
import kotlin.coroutines.CoroutineContext

/** Loops, threads for bodies, and the tasks that run on them. */
internal class RunnerImpl(settings: RunnerSettings) : Runner {
    private val prefix = settings.threadNames
    val loops = EventLoops(settings.loops, prefix, settings.slowCallbackLimit, settings.virtualTime)
    val threads = BodyThreads(prefix)
    val callbacks = Callbacks(threads)
    private val places: Array<LoopPlace>
    private val turn: Turn?
    private val taskNumbers = AtomicLong()
    private val daemonScope = TaskScope()
    private val scopes = ConcurrentHashMap.newKeySet<TaskScope>().apply { add(daemonScope) }

    /** What the last run has bound, for the next one; asyncio's runner keeps its context, too. */
    @Volatile
    private var bindings: Bindings? = null

    @Volatile
    private var closed = false

    private val isDebugging = settings.debug

    /** Whether sockets may be served by these loops: their clock is the real one. */
    val keepsRealTime = !settings.virtualTime

    init {
        if (isDebugging) Debug.begin()
        val all = List(settings.loops) { loops.next() }.sortedBy(Loop::index)
        turn = if (settings.confined) Turn(all.single()) else null
        places = Array(all.size) { LoopPlace(all[it], turn) }
    }

    fun nextTaskNumber(): Long = taskNumbers.incrementAndGet()

    val isConfined: Boolean get() = turn != null

    fun newBodyThread() = BodyThread(turn, threads)

    /** The current task, if it is one of this runner's. */
    private fun creatorHere(): TaskImpl<*>? = Current.task?.takeIf { it.runner === this }

    /** The place of the loop that the caller is on, else of the next one. */
    private fun home(): LoopPlace = places[loops.preferred().index()]

    /** The place of the loop that the caller is on, if it is one of these. */
    fun placeHere(): LoopPlace? = Loop.current()?.takeIf(loops::contains)?.let { places[it.index()] }

    /** Makes a task of [recipe] and starts it, in the run of [creator]. */
    fun <T> startTask(name: String?, recipe: Recipe<T>, creator: TaskImpl<*>? = creatorHere()): TaskImpl<T> =
        newTask(name, recipe, creator).also { it.begin() }

    /** Makes a task that is yet to begin. */
    fun <T> newTask(name: String?, recipe: Recipe<T>, creator: TaskImpl<*>?): TaskImpl<T> {
        val home = home()
        val place = if (recipe.blocks) newBodyThread() else home
        return TaskImpl(this, scopeOf(creator), name, recipe, home, place, creator)
    }

    /** As [startTask], but the first piece, up to the first await that has to wait, runs before this returns. */
    fun <T> startTaskEagerly(name: String?, recipe: Recipe<T>, creator: TaskImpl<*>? = creatorHere()): TaskImpl<T> {
        val home = home()
        return TaskImpl(this, scopeOf(creator), name, recipe, home, home, creator).also { it.beginEagerly() }
    }

    private fun scopeOf(creator: TaskImpl<*>?) = creator?.scope ?: daemonScope

    /** A task for suspend code that runs where its caller runs; see [inTask]. */
    fun <T> callersTask(
        name: String,
        creator: TaskImpl<*>?,
        recipe: Recipe<T>,
        place: Place,
        elements: CoroutineContext,
        slot: JobSlot,
    ): TaskImpl<T> = TaskImpl(this, scopeOf(creator), name, recipe, home(), place, creator, elements, slot)

    override fun <T> start(awaitable: Awaitable<T>): Task<T> = when (awaitable) {
        is Recipe<T> -> startTask(null, awaitable)
        is TaskImpl<T> -> awaitable
        else -> throw foreign(awaitable)
    }

    override fun <T> run(body: Callable<out T>): T = run(JavaBody("main", body))

    override fun <T> run(awaitable: Awaitable<out T>): T {
        check(Current.task == null && Loop.current() == null) {
            "run() cannot be called from inside of a task or an event loop: await there, or start a task"
        }
        val scope = TaskScope()
        scopes.add(scope)
        try {
            checkOpen()
            val main = TaskImpl(this, scope, null, main(awaitable), home(), newBodyThread())
            bindings?.let { main.bindings = it }
            val run = Shutdown.begin(main)
            try {
                var left = emptyList<TaskImpl<*>>()
                main.runOnCaller { left = scope.cancelAll() }
                scope.waitFor(left)
            } finally {
                run.end()
            }
            if (this !== shared) bindings = main.bindings
            return main.result()
        } finally {
            scopes.remove(scope)
        }
    }

    private fun <T> main(awaitable: Awaitable<out T>): Recipe<T> = NativeBody(awaitable.name()) { task ->
        awaitable.awaitIn(task)
    }

    override fun allTasks(): Set<Task<*>> = scopes.flatMapTo(LinkedHashSet()) { it.tasks() }

    override fun close() {
        check(Loop.current().let { it == null || !loops.contains(it) } && Current.task?.runner !== this) {
            "A runner cannot be closed from one of its own threads: it would wait for itself"
        }
        if (closed) return
        closed = true
        scopes.forEach(TaskScope::close)
        loops.close()
        threads.close()
        if (isDebugging) Debug.end()
    }

    private fun checkOpen(): Unit = check(!closed) { "Runner is closed" }

    override fun toString(): String = "Runner[$prefix, ${places.size} loops${if (turn == null) "" else ", confined"}]"

    companion object {
        /** The one that needs no configuration, with daemon threads. */
        val shared: RunnerImpl by lazy { RunnerImpl(RunnerSettings()) }

        /** That of the current task, else the shared one. */
        fun current(): RunnerImpl = Current.task?.runner ?: shared
    }
}

/** What a [Runner.Builder] was told. */
internal data class RunnerSettings(
    val loops: Int = Runtime.getRuntime().availableProcessors(),
    val confined: Boolean = false,
    val virtualTime: Boolean = false,
    val threadNames: String = "jawait",
    val slowCallbackLimit: Duration = Duration.ofMillis(100),
    val debug: Boolean = false,
)

internal class RunnerBuilder : Runner.Builder {
    private var settings = RunnerSettings()

    override fun loops(loops: Int): Runner.Builder {
        require(loops > 0) { "A runner needs a loop at least: $loops" }
        return with(settings.copy(loops = loops))
    }

    override fun confined(): Runner.Builder = with(settings.copy(confined = true, loops = 1))

    override fun virtualTime(): Runner.Builder = with(settings.copy(virtualTime = true, confined = true, loops = 1))

    override fun threadNames(prefix: String): Runner.Builder = with(settings.copy(threadNames = prefix))

    override fun slowCallbackLimit(limit: Duration): Runner.Builder {
        require(!limit.isNegative) { "The slow-callback limit is negative: $limit" }
        return with(settings.copy(slowCallbackLimit = limit))
    }

    override fun debug(): Runner.Builder = with(settings.copy(debug = true))

    private fun with(settings: RunnerSettings): Runner.Builder {
        this.settings = settings
        return this
    }

    override fun build(): Runner {
        require(!settings.confined || settings.loops == 1) { "A confined runner has one loop, not ${settings.loops}" }
        return RunnerImpl(settings)
    }
}
