package dev.jawait.runtime.streams

import io.netty.buffer.ByteBuf

/** Bytes, first in, first out. Not safe from several threads. */
internal class ByteQueue {
    private var bytes = EMPTY
    private var start = 0

    var size = 0
        private set

    /** Reads all of [data] into it. */
    fun append(data: ByteBuf) {
        val count = data.readableBytes()
        makeRoom(count)
        data.readBytes(bytes, start + size, count)
        size += count
    }

    private fun makeRoom(count: Int) {
        val needed = Math.addExact(size, count)
        if (start + needed <= bytes.size) return
        val target = if (needed <= bytes.size / 2) bytes else ByteArray(maxOf(needed, minOf(bytes.size, HALF) * 2))
        bytes.copyInto(target, 0, start, start + size)
        bytes = target
        start = 0
    }

    /** Takes out the first [count]. */
    fun take(count: Int): ByteArray {
        val taken = bytes.copyOfRange(start, start + count)
        start += count
        size -= count
        if (size == 0) clear()
        return taken
    }

    fun takeAll(): ByteArray = take(size)

    /** Puts [taken] back to where it came from. */
    fun putBack(taken: ByteArray) {
        bytes = taken + bytes.copyOfRange(start, start + size)
        start = 0
        size = bytes.size
    }

    /** What was large is not kept for what may be small. */
    fun clear() {
        if (bytes.size > KEPT) bytes = EMPTY
        start = 0
        size = 0
    }

    /** Where [part] begins, at [from] or later; -1 if nowhere. */
    fun indexOf(part: ByteArray, from: Int): Int {
        for (at in from..size - part.size) if (isAt(at, part)) return at
        return -1
    }

    private fun isAt(at: Int, part: ByteArray): Boolean {
        for (i in part.indices) if (bytes[start + at + i] != part[i]) return false
        return true
    }

    private companion object {
        const val KEPT = 64 * 1024
        const val HALF = Int.MAX_VALUE / 2
        val EMPTY = ByteArray(0)
    }
}
