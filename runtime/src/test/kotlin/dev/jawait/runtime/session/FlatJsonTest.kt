package dev.jawait.runtime.session

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class FlatJsonTest :
    FunSpec({
        test("what is written can be read, by others too") {
            val objects =
                listOf(
                    mapOf("a" to "\"\\/\b\u000c\n\r\t\u0000é日\ud83d\ude00 \ud800 \u2028", "" to null),
                    mapOf("b" to true, "c" to false),
                    emptyMap(),
                )
            val json = FlatJson.write(objects)
            FlatJson.read(json) shouldBe objects
            JsonCodecs.find().decode(json.encodeToByteArray(), List::class.java) shouldBe objects
            FlatJson.read(FlatJson.write(emptyList())) shouldBe emptyList()
        }

        test("what others write can be read") {
            FlatJson.read(" [ { \"a\" : \"\\u00e9\\/\" ,\r\n\"b\":null} , {}]\n") shouldBe
                listOf(mapOf("a" to "é/", "b" to null), emptyMap())
        }

        listOf(
            "", "{}", "null", "[", "[{]", "[{}", "[{},]", "[,]", "[{}{}]", "[{}] x", "[[]]", "[{\"a\"}]", "[{\"a\":}]",
            "[{\"a\":1}]", "[{\"a\":{}}]", "[{\"a\":nul}]", "[{\"a\":\"b}]", "[{\"a\":\"\n\"}]", "[{\"a\":\"\\x\"}]",
            "[{\"a\":\"\\u12\"}]", "[{\"a\":\"\\u12g4\"}]", "[{\"a\":\"\\", "[{a:true}]", "[{\"a\":true,}]",
        ).forEach { json ->
            test("<${Printable.of(json)}> is refused") {
                shouldThrow<IllegalArgumentException> { FlatJson.read(json) }.message shouldContain "line "
            }
        }

        test("the message says where, and not what") {
            val error = shouldThrow<IllegalArgumentException> { FlatJson.read("[\n{\"secret\" 1}]") }
            error.message shouldBe "':' was expected in line 2, column 11"
        }
    })
