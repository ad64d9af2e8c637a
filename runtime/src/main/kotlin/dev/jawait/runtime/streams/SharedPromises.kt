package dev.jawait.runtime.streams

import dev.jawait.runtime.tasks.Promise
import dev.jawait.runtime.tasks.TaskImpl
import dev.jawait.runtime.tasks.valueOrThrow

/** Waits for what others wait for, too: a cancel ends this wait alone. */
internal suspend fun <T> Promise<T>.awaitShared(task: TaskImpl<*>): T {
    val shared = this
    val own =
        object : Promise<T>() {
            override fun toString() = shared.toString()
        }
    val follow = Promise.Listener { own.end(shared.ended!!) }
    if (!listen(follow)) return ended!!.valueOrThrow()
    try {
        return task.awaitPromise(own)
    } finally {
        forget(follow)
    }
}
