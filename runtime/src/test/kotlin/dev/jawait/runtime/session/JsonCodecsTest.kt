package dev.jawait.runtime.session

import dev.jawait.spi.JsonCodec
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.net.URLClassLoader

class JsonCodecsTest :
    StringSpec({
        "Jackson is used where it is there" {
            val json = JsonCodecs.find()
            json.encode(mapOf("a" to listOf(1, null))).decodeToString() shouldBe """{"a":[1,null]}"""
            json.encode(null).decodeToString() shouldBe "null"
            json.decode("""{"a":"é"}""".encodeToByteArray(), Map::class.java) shouldBe mapOf("a" to "é")
            json.decode("null".encodeToByteArray(), Map::class.java) shouldBe null
        }

        "what is malformed or does not fit is an IllegalArgumentException" {
            shouldThrow<IllegalArgumentException> { JsonCodecs.find().decode("{".encodeToByteArray(), Map::class.java) }
            shouldThrow<IllegalArgumentException> {
                JsonCodecs.find().decode("[]".encodeToByteArray(), Map::class.java)
            }
            shouldThrow<IllegalArgumentException> { JsonCodecs.find().encode(Any()) }
        }

        "without Jackson it is kotlinx.serialization" {
            without("jackson") { find, _ -> find().javaClass.simpleName shouldBe "KotlinxCodec" }
        }

        "without both it says what to add" {
            without("jackson", "serialization-json") { find, codec ->
                val error = shouldThrow<IllegalStateException> { find() }
                error.message shouldContain "com.fasterxml.jackson.core:jackson-databind"
                error.message shouldContain "org.jetbrains.kotlinx:kotlinx-serialization-json"
                error.message shouldContain codec.name
            }
        }
    })

/** Runs [test] with the lookup of a class loader that has all but the jars of [names]. */
private fun without(vararg names: String, test: (find: () -> Any, codec: Class<*>) -> Unit) {
    val paths = System.getProperty("java.class.path").split(java.io.File.pathSeparator)
    val urls = paths.filterNot { path -> names.any { it in path } }.map { java.io.File(it).toURI().toURL() }
    URLClassLoader(urls.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
        val codecs = Class.forName(JsonCodecs::class.java.name, true, loader)
        val find = codecs.getMethod("find", ClassLoader::class.java)
        val instance = codecs.getField("INSTANCE").get(null)
        val thread = Thread.currentThread()
        val before = thread.contextClassLoader
        thread.contextClassLoader = loader
        try {
            test(
                {
                    try {
                        find.invoke(instance, loader)
                    } catch (e: java.lang.reflect.InvocationTargetException) {
                        throw e.targetException
                    }
                },
                Class.forName(JsonCodec::class.java.name, false, loader),
            )
        } finally {
            thread.contextClassLoader = before
        }
    }
}
