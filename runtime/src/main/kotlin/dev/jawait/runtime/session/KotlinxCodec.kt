package dev.jawait.runtime.session

import dev.jawait.spi.JsonCodec
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.longOrNull
import kotlinx.serialization.serializer

/**
 * JSON by kotlinx.serialization: classes that are `@Serializable`, and maps, lists, strings, numbers and booleans of any
 * depth. Properties that a class does not have are ignored: a server may add some. Loaded only where it is present, see
 * [JsonCodecs].
 */
internal class KotlinxCodec : JsonCodec {
    private val json = Json { ignoreUnknownKeys = true }

    override fun encode(value: Any?): ByteArray = try {
        element(value).toString().encodeToByteArray()
    } catch (e: SerializationException) {
        throw IllegalArgumentException("Cannot be written as JSON: ${value?.javaClass?.name}", e)
    }

    private fun element(value: Any?): JsonElement = when (value) {
        null -> JsonNull
        is JsonElement -> value
        is String -> JsonPrimitive(value)
        is Number -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is Map<*, *> -> JsonObject(value.entries.associate { (name, item) -> name.toString() to element(item) })
        is Iterable<*> -> JsonArray(value.map(::element))
        else -> json.encodeToJsonElement(json.serializersModule.serializer(value.javaClass), value)
    }

    @Suppress("UNCHECKED_CAST")
    override fun <T : Any> decode(json: ByteArray, type: Class<T>): T? = try {
        val element = this.json.parseToJsonElement(json.decodeToString(throwOnInvalidSequence = true))
        when {
            element is JsonNull -> null
            JsonElement::class.java.isAssignableFrom(type) -> type.cast(element)
            type in PLAIN -> plain(element)?.let(type::cast)
            else -> this.json.decodeFromJsonElement(this.json.serializersModule.serializer(type), element) as T
        }
    } catch (e: SerializationException) {
        throw wrong(type, e)
    } catch (e: ClassCastException) {
        throw wrong(type, e)
    } catch (e: CharacterCodingException) {
        throw wrong(type, e)
    }

    private fun wrong(type: Class<*>, cause: Exception) =
        IllegalArgumentException("Not the JSON of a ${type.name}: ${cause.message}", cause)

    private fun plain(element: JsonElement): Any? = when (element) {
        is JsonObject -> element.mapValues { (_, item) -> plain(item) }
        is JsonArray -> element.map(::plain)
        is JsonNull -> null
        is JsonPrimitive -> if (element.isString) element.content else number(element)
    }

    private fun number(element: JsonPrimitive): Any? =
        element.booleanOrNull ?: element.longOrNull ?: element.doubleOrNull
            ?: throw SerializationException("${element.content} is no value")

    private companion object {
        val PLAIN = setOf(Any::class.java, Map::class.java, List::class.java, Collection::class.java)
    }
}
