package dev.jawait.runtime.session

import com.fasterxml.jackson.databind.DeserializationFeature
import com.fasterxml.jackson.databind.ObjectMapper
import dev.jawait.spi.JsonCodec
import java.io.IOException

/**
 * JSON by Jackson, with the modules that are on the class path. Properties that a class does not have are ignored: a
 * server may add some. Loaded only where Jackson is present, see [JsonCodecs].
 */
internal class JacksonCodec : JsonCodec {
    private val mapper =
        ObjectMapper().findAndRegisterModules().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)

    override fun encode(value: Any?): ByteArray = try {
        mapper.writeValueAsBytes(value)
    } catch (e: IOException) {
        throw IllegalArgumentException("Cannot be written as JSON: ${value?.javaClass?.name}", e)
    }

    override fun <T : Any> decode(json: ByteArray, type: Class<T>): T? = try {
        mapper.readValue(json, type)
    } catch (e: IOException) {
        throw IllegalArgumentException("Not the JSON of a ${type.name}: ${e.message}", e)
    }
}
