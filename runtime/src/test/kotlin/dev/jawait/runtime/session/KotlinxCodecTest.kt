package dev.jawait.runtime.session

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.buildClassSerialDescriptor
import kotlinx.serialization.encoding.CompositeDecoder
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.encoding.decodeStructure
import kotlinx.serialization.encoding.encodeStructure
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement

/** What the compiler plugin would make of a `@Serializable` class. */
class Named(val name: String) {
    companion object {
        @JvmStatic
        fun serializer(): KSerializer<Named> = NamedSerializer
    }
}

private object NamedSerializer : KSerializer<Named> {
    override val descriptor: SerialDescriptor =
        buildClassSerialDescriptor("Named") { element("name", String.serializer().descriptor) }

    override fun serialize(encoder: Encoder, value: Named): Unit = encoder.encodeStructure(descriptor) {
        encodeStringElement(descriptor, 0, value.name)
    }

    override fun deserialize(decoder: Decoder): Named = decoder.decodeStructure(descriptor) {
        var name = ""
        while (decodeElementIndex(descriptor) != CompositeDecoder.DECODE_DONE) name = decodeStringElement(descriptor, 0)
        Named(name)
    }
}

class KotlinxCodecTest :
    StringSpec({
        val codec = KotlinxCodec()

        fun decode(json: String, type: Class<*>): Any? = codec.decode(json.encodeToByteArray(), type)

        "classes that are serializable are mapped, alone and within others" {
            codec.encode(Named("é")).decodeToString() shouldBe """{"name":"é"}"""
            codec.encode(listOf(Named("a"))).decodeToString() shouldBe """[{"name":"a"}]"""
            (decode("""{"name":"b","new":[1]}""", Named::class.java) as Named).name shouldBe "b"
        }

        "maps, lists and values are mapped as they are" {
            val value = mapOf("a" to listOf(1L, 2.5, true, null, "x"), "b" to emptyMap<String, Any>())
            val json = """{"a":[1,2.5,true,null,"x"],"b":{}}"""
            codec.encode(value).decodeToString() shouldBe json
            decode(json, Map::class.java) shouldBe value
            decode(json, Any::class.java) shouldBe value
            decode("[1]", List::class.java) shouldBe listOf(1L)
            decode("\"x\"", String::class.java) shouldBe "x"
            decode("3", Int::class.javaPrimitiveType!!) shouldBe 3
            decode("null", Named::class.java) shouldBe null
            (decode("[1]", JsonElement::class.java) is JsonArray) shouldBe true
            codec.encode(null).decodeToString() shouldBe "null"
        }

        "what is malformed or does not fit is an IllegalArgumentException" {
            val wrong = listOf("{" to Map::class.java, "[]" to Map::class.java, "[]" to Named::class.java)
            for ((json, type) in wrong + listOf("" to Any::class.java, "nul" to Any::class.java)) {
                shouldThrow<IllegalArgumentException> { decode(json, type) }.message shouldContain type.name
            }
            shouldThrow<IllegalArgumentException> { codec.decode(byteArrayOf(-1), Any::class.java) }
            shouldThrow<IllegalArgumentException> { codec.encode(Any()) }.message shouldContain "java.lang.Object"
        }
    })
