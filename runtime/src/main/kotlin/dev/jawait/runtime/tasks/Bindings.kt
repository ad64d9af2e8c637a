package dev.jawait.runtime.tasks

import dev.jawait.ContextVar
import java.util.function.Supplier

/** The values of context variables: immutable, so that a child has its parent's for the price of a reference. */
internal class Bindings private constructor(private val values: Map<ContextVarImpl<*>, Any?>) {
    operator fun contains(variable: ContextVarImpl<*>): Boolean = variable in values

    @Suppress("UNCHECKED_CAST")
    operator fun <T> get(variable: ContextVarImpl<T>): T = values[variable] as T

    fun <T> with(variable: ContextVarImpl<T>, value: T) = Bindings(values + (variable to value))

    fun without(variable: ContextVarImpl<*>) = Bindings(values - variable)

    companion object {
        val NONE = Bindings(emptyMap())
    }
}

internal class ContextVarImpl<T>(private val name: String, private val initial: Supplier<out T>?) : ContextVar<T> {
    override fun name(): String = name

    override fun get(): T {
        val bindings = Current.bindings
        if (this in bindings) return bindings[this]
        val default =
            initial ?: throw NoSuchElementException(
                "$this has no value here: set it in this task or in the one that created it, or give it a default",
            )
        return default.get()
    }

    override fun getOrDefault(fallback: T): T = Current.bindings.let { if (this in it) it[this] else fallback }

    override fun set(value: T): ContextVar.Binding {
        val before = Current.bindings
        Current.bindings = before.with(this, value)
        return Bound(before)
    }

    override fun toString(): String = "ContextVar[$name]"

    private inner class Bound(private val before: Bindings) : ContextVar.Binding {
        private val owner = Current.task
        private var closed = false

        override fun close() {
            check(Current.task === owner) {
                "${this@ContextVarImpl} was set in ${owner ?: "a thread outside of all tasks"}: only there it can be reset"
            }
            if (closed) return
            closed = true
            val variable = this@ContextVarImpl
            val now = Current.bindings
            Current.bindings = if (variable in before) now.with(variable, before[variable]) else now.without(variable)
        }
    }
}
