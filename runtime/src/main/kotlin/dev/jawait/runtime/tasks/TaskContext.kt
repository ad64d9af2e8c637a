package dev.jawait.runtime.tasks

import dev.jawait.runtime.loop.Loop
import kotlinx.coroutines.Job
import kotlinx.coroutines.ThreadContextElement
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * What the code of a task finds around it: the coroutine context of everything that runs inline in the task, the `Job` of
 * Kotlin's primitives, the innermost time limit, context variables, and thread locals that follow it.
 *
 * @param elements what the task's maker had in its own context
 */
internal abstract class TaskContext<T>(
    private val elements: CoroutineContext,
    private var slot: JobSlot?,
    @Volatile var deadline: DeadlineImpl?,
) : Promise<T>(),
    CoroutineContext {
    @Volatile
    var bindings: Bindings = Current.bindings

    @Volatile
    private var carried: Carried? = Carried.capture()

    /** How often the task has been handed to a thread that may run it before this one has left it. */
    private var handOvers = 0

    @Volatile
    private var element: Element? = null

    abstract val task: TaskImpl<T>

    /** What Kotlin's own primitives resume on. */
    protected abstract val interceptor: ContinuationInterceptor?

    /** The loop that the task runs on, if this is its thread: no other can go on with the task until this one has left it. */
    protected abstract val loopHere: Loop?

    /** Whether its code may be a user's. */
    protected abstract val isUsers: Boolean

    // ---- threads

    /** Runs a piece of the task's code, on a thread that has what that code needs. */
    inline fun during(piece: () -> Unit) {
        val holder = Current.holder()
        val previous = holder.task
        if (previous === this) return piece()
        holder.task = task
        val before = Carried.capture()
        Carried.replace(before, carried)
        val handOversBefore = handOvers
        val loop = loopHere
        val outermost = if (previous == null) Loop.current() else null
        outermost?.begin(isUsers)
        try {
            piece()
        } finally {
            val now = Carried.capture()
            if (loop != null && handOvers == handOversBefore) carried = now
            Carried.replace(now, before)
            holder.task = previous
            outermost?.end()
        }
    }

    /** Notes what the thread has, before another one may go on with the task. */
    protected fun handOver() {
        carried = Carried.capture()
        handOvers++
    }

    // ---- jobs

    /** The innermost slot, to walk them outwards. */
    protected fun innermostSlot(): JobSlot? = slot

    /** Runs [block] with jobs of its own; see [JobSlot]. */
    suspend inline fun <R> withJobSlot(block: (JobSlot) -> R): R {
        val inner = openSlot()
        try {
            return block(inner)
        } finally {
            closeSlot(inner)
        }
    }

    fun openSlot(): JobSlot = synchronized(this) { JobSlot(slot).also { slot = it } }

    fun closeSlot(inner: JobSlot) {
        synchronized(this) { slot = inner.outer }
        inner.close()
    }

    /** The task's body has ended, and with it all slots but its own. */
    protected fun closeJobs() {
        slot?.close()
    }

    // ---- as a coroutine context

    @Suppress("UNCHECKED_CAST")
    override fun <E : CoroutineContext.Element> get(key: CoroutineContext.Key<E>): E? = when (key) {
        TaskImpl -> element() as E
        ContinuationInterceptor -> interceptor as E?
        Job -> synchronized(this) { slot }?.job() as E?
        else -> elements[key]
    }

    override fun <R> fold(initial: R, operation: (R, CoroutineContext.Element) -> R): R {
        var result = operation(elements.fold(initial, operation), element())
        get(Job)?.let { result = operation(result, it) }
        interceptor?.let { result = operation(result, it) }
        return result
    }

    override fun minusKey(key: CoroutineContext.Key<*>): CoroutineContext = materialized().minusKey(key)

    private fun materialized(): CoroutineContext =
        elements + element() + (get(Job) ?: EmptyCoroutineContext) + (interceptor ?: EmptyCoroutineContext)

    /** Always the same one: a flow takes another one for another coroutine. */
    private fun element(): Element = element ?: synchronized(this) { element ?: Element(task).also { element = it } }

    /**
     * What remains of the task's own context where Kotlin code has put another around it. Under a foreign dispatcher it
     * is what makes the thread the task's.
     */
    class Element(val task: TaskImpl<*>) : ThreadContextElement<Element.Before?> {
        override val key: CoroutineContext.Key<*> get() = TaskImpl

        override fun updateThreadContext(context: CoroutineContext): Before? = task.enter()

        override fun restoreThreadContext(context: CoroutineContext, oldState: Before?): Unit = task.leave(oldState)

        /** What the thread had. */
        class Before(val task: TaskImpl<*>?, val carried: Carried?)
    }

    /** What [during] does before its piece, for code that Kotlin's own dispatchers run. */
    fun enter(): Element.Before? {
        val previous = Current.exchange(task)
        if (previous === this) return null
        return Element.Before(previous, Carried.capture()).also { Carried.replace(it.carried, carried) }
    }

    fun leave(before: Element.Before?) {
        if (before == null) return
        Carried.replace(Carried.capture(), before.carried)
        Current.exchange(before.task)
    }
}
