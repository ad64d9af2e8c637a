package dev.jawait.benchmarks.http

import dev.jawait.kotlin.httpClient
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.header
import io.ktor.client.request.request
import io.ktor.client.request.setBody
import io.ktor.client.statement.readRawBytes
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.http.contentType

/** Ktor's client over an engine. */
internal class KtorClient private constructor(
    private val workload: Workload,
    private val client: HttpClient,
    private val also: AutoCloseable?,
) : Client {
    override fun run(job: Job, recorder: Recorder) = inLanes(job, recorder) { url ->
        val response = client.request(url) {
            workload.body()?.let {
                method = HttpMethod.Post
                contentType(ContentType.Application.Json)
                setBody(it)
            }
            if (!workload.reuse()) header(HttpHeaders.Connection, "close")
        }
        response.status.value to response.readRawBytes().size
    }

    override fun close() {
        client.close()
        also?.close()
    }

    companion object {
        @JvmStatic
        fun overCio(settings: Settings): KtorClient {
            val client = HttpClient(CIO) {
                engine {
                    requestTimeout = 0
                    maxConnectionsCount = settings.connections()
                    endpoint.maxConnectionsPerRoute = settings.connections()
                    https { trustManager = settings.trust() }
                }
            }
            return KtorClient(settings.workload(), client, null)
        }

        @JvmStatic
        fun overJawait(settings: Settings): KtorClient {
            val session = JawaitSession(settings, null)
            return KtorClient(settings.workload(), session.session().httpClient, session)
        }
    }
}
