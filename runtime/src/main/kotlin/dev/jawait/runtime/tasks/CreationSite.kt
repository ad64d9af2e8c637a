package dev.jawait.runtime.tasks

import dev.jawait.TaskTree

/** Where in the user's code something was created: the frames above our own. */
internal class CreationSite private constructor(private val frames: List<StackTraceElement>) {
    /** The innermost frame. */
    override fun toString(): String = frames.firstOrNull()?.toString() ?: "an unknown place"

    /** All frames, a line each. */
    fun stack(): String = frames.joinToString("") { "\n    at $it" }

    companion object {
        private const val FRAMES = 16
        private val walker = StackWalker.getInstance()

        fun here() = CreationSite(
            walker.walk { frames ->
                frames.map { plain(it.toStackTraceElement()) }.dropWhile(::isOurs).limit(FRAMES.toLong()).toList()
            },
        )

        fun isOurs(frame: StackTraceElement): Boolean =
            OURS.any(frame.className::startsWith) || frame.className == TaskTree::class.java.name

        /** The frame without its class loader and module, which a reader can do without. */
        fun plain(frame: StackTraceElement) =
            StackTraceElement(frame.className, frame.methodName, frame.fileName, frame.lineNumber)

        private val OURS = listOf("dev.jawait.runtime.", "dev.jawait.kotlin.", "dev.jawait.Async", "dev.jawait.Runner")
    }
}
