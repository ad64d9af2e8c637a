package dev.jawait.benchmarks.http

import io.vertx.core.VerticleBase
import io.vertx.core.VertxOptions
import io.vertx.core.buffer.Buffer
import io.vertx.core.http.HttpClient
import io.vertx.core.http.HttpClientOptions
import io.vertx.core.http.HttpMethod
import io.vertx.core.http.PoolOptions
import io.vertx.core.http.RequestOptions
import io.vertx.core.net.PemTrustOptions
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import io.vertx.core.Vertx as VertxCore

/** The core client of Vert.x, on two loops, each of which sends what is answered on it. */
internal class Vertx(settings: Settings) : Client {
    private val workload = settings.workload()
    private val vertx = VertxCore.vertx(VertxOptions().setEventLoopPoolSize(LOOPS))
    private val loops = List(LOOPS) { OnLoop().also { vertx.deployVerticle(it).await(10, TimeUnit.SECONDS) } }
    private val turn = AtomicInteger()
    private val client: HttpClient =
        vertx.createHttpClient(
            HttpClientOptions()
                .setKeepAlive(settings.reuse())
                .setTrustOptions(PemTrustOptions().addCertPath(settings.certificate().toString())),
            PoolOptions().setHttp1MaxSize(settings.connections()).setMaxWaitQueueSize(-1),
        )

    override fun run(job: Job, recorder: Recorder) = Pump.run(job, recorder) { url, end ->
        if (VertxCore.currentContext() == null) {
            loops[turn.getAndIncrement() % LOOPS].run { send(url, end) }
        } else {
            send(url, end)
        }
    }

    private fun send(url: String, end: Pump.End) {
        client.request(options(url))
            .compose { request -> workload.body()?.let { request.send(Buffer.buffer(it)) } ?: request.send() }
            .compose { response -> response.body().map { response.statusCode() to it.bytes.size } }
            .onComplete({ (status, length) -> end.answered(status, length) }, end::failed)
    }

    private fun options(url: String): RequestOptions = RequestOptions().setAbsoluteURI(url).apply {
        if (workload.body() != null) setMethod(HttpMethod.POST).putHeader("Content-Type", "application/json")
    }

    override fun close() {
        vertx.close().await(10, TimeUnit.SECONDS)
    }

    private class OnLoop : VerticleBase() {
        fun run(code: () -> Unit) = context.runOnContext { code() }
    }

    private companion object {
        const val LOOPS = 2
    }
}
