package dev.jawait.runtime.session

import dev.jawait.spi.JsonCodec
import java.util.ServiceLoader

/** Finds what maps JSON: a service of the application's, else Jackson, else kotlinx.serialization. */
internal object JsonCodecs {
    private val found by lazy { find(JsonCodecs::class.java.classLoader) }

    /**
     * The codec, looked up once.
     *
     * @throws IllegalStateException if there is none; the message says which dependency to add
     */
    fun find(): JsonCodec = found

    /** The codec that [loader] sees, or else the thread's own class loader. */
    fun find(loader: ClassLoader?): JsonCodec = ServiceLoader.load(JsonCodec::class.java, loader).firstOrNull()
        ?: ServiceLoader.load(JsonCodec::class.java).firstOrNull()
        ?: ifPresent(loader, "com.fasterxml.jackson.databind.ObjectMapper") { JacksonCodec() }
        ?: ifPresent(loader, "kotlinx.serialization.json.Json") { KotlinxCodec() }
        ?: throw IllegalStateException(
            "JSON was asked for and nothing found that maps it: add com.fasterxml.jackson.core:jackson-databind " +
                "or org.jetbrains.kotlinx:kotlinx-serialization-json, or provide a ${JsonCodec::class.java.name} as a service",
        )

    private fun ifPresent(loader: ClassLoader?, type: String, codec: () -> JsonCodec): JsonCodec? = try {
        Class.forName(type, false, loader)
        codec()
    } catch (_: ClassNotFoundException) {
        null
    }
}
