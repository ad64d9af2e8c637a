package dev.jawait.runtime.session

import dev.jawait.http.Headers
import io.netty.handler.codec.http.DefaultHttpHeadersFactory
import io.netty.handler.codec.http.HttpHeaders

/**
 * The header fields of a request in Netty's form. They are not validated here but at the last gate before the wire, which
 * every request passes.
 */
internal object Fields {
    private val UNCHECKED = DefaultHttpHeadersFactory.headersFactory().withValidation(false)

    fun none(): HttpHeaders = UNCHECKED.newHeaders()

    fun of(headers: Headers): HttpHeaders = none().also { to -> headers.entries().forEach { to.add(it.key, it.value) } }
}
