package dev.jawait.samples.server

/** Counts how many requests there are at once, and over how many connections they come. */
internal class Load {
    private val ports = mutableSetOf<Int>()
    private var now = 0

    @get:Synchronized
    var mostAtOnce = 0
        private set

    val connections: Int
        @Synchronized get() = ports.size

    @Synchronized
    fun enter(clientPort: Int) {
        ports += clientPort
        now++
        mostAtOnce = maxOf(mostAtOnce, now)
    }

    @Synchronized
    fun leave() {
        now--
    }

    @Synchronized
    fun reset() {
        ports.clear()
        mostAtOnce = now
    }
}
