package dev.jawait.runtime.streams

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.netty.buffer.Unpooled
import kotlin.random.Random

class ByteQueueTest :
    FunSpec({
        fun ByteQueue.append(text: String) = append(Unpooled.wrappedBuffer(text.encodeToByteArray()))

        fun ByteQueue.text(count: Int) = take(count).decodeToString()

        test("first in, first out, whatever the portions") {
            val random = Random(1)
            val queue = ByteQueue()
            val put = StringBuilder()
            val taken = StringBuilder()
            repeat(2_000) { round ->
                val portion = "$round,".repeat(random.nextInt(50))
                put.append(portion)
                queue.append(portion)
                taken.append(queue.text(random.nextInt(queue.size + 1)))
            }
            taken.append(queue.text(queue.size))
            taken.toString() shouldBe put.toString()
        }

        test("a part is found where it begins, also after some was taken") {
            val queue = ByteQueue()
            queue.append("xxabab")
            queue.text(2)
            queue.append("c")
            queue.indexOf("abc".encodeToByteArray(), 0) shouldBe 2
            queue.indexOf("abc".encodeToByteArray(), 3) shouldBe -1
            queue.indexOf("abcd".encodeToByteArray(), 0) shouldBe -1
            queue.indexOf("a".encodeToByteArray(), 0) shouldBe 0
        }

        test("what is put back comes first") {
            val queue = ByteQueue()
            queue.append("hello, you")
            val taken = queue.take(5)
            queue.putBack(taken)
            queue.text(queue.size) shouldBe "hello, you"
            queue.putBack("again".encodeToByteArray())
            queue.append("!")
            queue.text(6) shouldBe "again!"
        }
    })
