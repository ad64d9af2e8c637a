package dev.jawait.runtime.session

import java.io.Closeable
import java.nio.ByteBuffer
import java.nio.channels.ByteChannel
import java.nio.channels.ClosedChannelException
import java.nio.file.AtomicMoveNotSupportedException
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption
import java.nio.file.attribute.FileAttribute
import java.nio.file.attribute.PosixFilePermissions
import java.security.SecureRandom

/**
 * A file that is written under another name beside [target], and gets that one once it is complete: nobody sees a part of
 * it, and closed before that it leaves nothing. Blocks; safe from several threads.
 *
 * @param replace whether a file that is there gives way
 * @param ownersAlone whether nobody else may read it, where the file system knows owners
 */
internal class PartFile(
    private val target: Path,
    private val replace: Boolean,
    private val ownersAlone: Boolean = false,
) : Closeable {
    private val part = target.resolveSibling(".jawait-${java.lang.Long.toUnsignedString(RANDOM.nextLong(), 36)}.part")
    private var channel: ByteChannel? = null
    private var isOver = false

    /** Makes it, empty. */
    @Synchronized
    fun open() {
        if (isOver) throw ClosedChannelException()
        if (!replace && Files.exists(target)) throw FileAlreadyExistsException(target.toString())
        channel = Files.newByteChannel(part, NEW, *attributes())
    }

    private fun attributes(): Array<FileAttribute<*>> =
        if (ownersAlone && "posix" in part.fileSystem.supportedFileAttributeViews()) OWNERS_ALONE else emptyArray()

    @Synchronized
    fun write(bytes: ByteBuffer) {
        while (bytes.hasRemaining()) channel().write(bytes)
    }

    private fun channel() = channel ?: throw ClosedChannelException()

    /** All is written: it gets its name. */
    @Synchronized
    fun complete() {
        channel().close()
        if (replace) replace() else Files.move(part, target)
        isOver = true
    }

    private fun replace() {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE)
        } catch (_: AtomicMoveNotSupportedException) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING)
        }
    }

    /** Unless it is complete, nothing is left of it. */
    @Synchronized
    override fun close() {
        if (isOver) return
        isOver = true
        channel?.use { Files.deleteIfExists(part) }
    }

    private companion object {
        val RANDOM = SecureRandom()
        val NEW = setOf(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        val OWNERS_ALONE = arrayOf<FileAttribute<*>>(
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")),
        )
    }
}
