package dev.jawait.runtime.session

import dev.jawait.Coroutine
import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.CookieJar
import dev.jawait.http.TlsSettings
import dev.jawait.runtime.bodies.Bodies
import dev.jawait.runtime.net.TlsContextBuilder
import dev.jawait.runtime.streams.doing
import dev.jawait.runtime.tasks.onThread
import dev.jawait.spi.HttpRuntime
import dev.jawait.spi.JsonCodec
import dev.jawait.spi.RequestBodies
import java.nio.file.Path

/** What [ClientSession] and its builders call. */
internal object Http : HttpRuntime {
    override fun sessionBuilder(): ClientSession.Builder = SessionBuilder()

    override fun connectorBuilder(): Connector.Builder = ConnectorBuilder()

    override fun tlsSettingsBuilder(): TlsSettings.Builder = TlsContextBuilder()

    override fun cookieJarBuilder(): CookieJar.Builder = CookieJarBuilder()

    override fun saveCookies(jar: CookieJar, file: Path): Coroutine<Void?> = doing("cookies.save") { task ->
        task.onThread { CookieFile.write(file, jar.all()) }
    }

    override fun loadCookies(jar: CookieJar, file: Path): Coroutine<Void?> = doing("cookies.load") { task ->
        task.onThread { CookieFile.read(file) }.forEach { jar.putIn(it) }
    }

    override fun bodies(): RequestBodies = Bodies

    override fun json(): JsonCodec = JsonCodecs.find()
}
