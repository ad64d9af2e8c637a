package dev.jawait.runtime.session

import dev.jawait.http.ClientSession
import dev.jawait.http.Connector
import dev.jawait.http.CookieJar
import dev.jawait.runtime.bodies.Bodies
import dev.jawait.spi.HttpRuntime
import dev.jawait.spi.JsonCodec
import dev.jawait.spi.RequestBodies

/** What [ClientSession] and its builders call. */
internal object Http : HttpRuntime {
    override fun sessionBuilder(): ClientSession.Builder = SessionBuilder()

    override fun connectorBuilder(): Connector.Builder = ConnectorBuilder()

    override fun cookieJar(): CookieJar = MemoryCookieJar()

    override fun bodies(): RequestBodies = Bodies

    override fun json(): JsonCodec = JsonCodecs.find()
}
