package dev.jawait.runtime.ktor

import dev.jawait.CancelledException
import dev.jawait.http.ClientTimeout
import dev.jawait.http.RequestInfo
import dev.jawait.runtime.transport.ExchangeHandler
import dev.jawait.runtime.transport.Limits
import dev.jawait.runtime.transport.Origin
import dev.jawait.runtime.transport.Route
import dev.jawait.runtime.transport.WireRequest
import dev.jawait.runtime.transport.WireResponse
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.types.shouldBeInstanceOf
import io.ktor.client.engine.cio.CIO
import io.netty.buffer.ByteBuf
import io.netty.handler.codec.http.DefaultHttpHeaders
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.net.URI
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

class KtorSenderTest :
    FunSpec({
        timeout = 30_000

        val request =
            WireRequest(
                "GET",
                Route.direct(Origin(false, "localhost", 1)),
                "/",
                DefaultHttpHeaders(),
                null,
                RequestInfo("GET", URI("http://localhost:1/"), 0, 1, null),
            )

        /** Runs [action] while nothing new can begin on the default dispatcher. */
        suspend fun whileAllAreBusy(action: () -> Unit) = withContext(Dispatchers.IO) {
            val count = maxOf(2, Runtime.getRuntime().availableProcessors())
            val busy = CountDownLatch(count)
            val released = CountDownLatch(1)
            repeat(count) {
                CoroutineScope(Dispatchers.Default).launch {
                    busy.countDown()
                    released.await()
                }
            }
            try {
                busy.await()
                action()
            } finally {
                released.countDown()
            }
        }

        test("an exchange that is cancelled before it has begun fails as any other") {
            val sender = KtorSenderEngine(CIO).open()
            val failed = CompletableFuture<Throwable>()
            whileAllAreBusy {
                sender
                    .send(request, Limits(System.nanoTime(), ClientTimeout.NONE), null, Failing(failed))
                    .cancel()
            }
            failed.get(10, TimeUnit.SECONDS).shouldBeInstanceOf<CancelledException>()
            sender.close()
        }
    })

private class Failing(private val failed: CompletableFuture<Throwable>) : ExchangeHandler {
    override fun onHead(response: WireResponse): Unit = throw AssertionError("There is no server")

    override fun onData(data: ByteBuf): Unit = throw AssertionError("There is no server")

    override fun onEnd(): Unit = throw AssertionError("There is no server")

    override fun onFailure(error: Throwable) {
        failed.complete(error)
    }
}
