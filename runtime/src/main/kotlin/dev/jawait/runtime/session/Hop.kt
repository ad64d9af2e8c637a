package dev.jawait.runtime.session

import dev.jawait.runtime.bodies.Body
import dev.jawait.runtime.transport.Origin
import io.netty.handler.codec.http.HttpHeaders
import java.net.URI

/**
 * One request of those that redirects make of one: what [Redirect] goes on from.
 *
 * @property uri where to, the parameters included, as [Urls] gives it
 * @property headers the session's and the request's, merged; shared between hops, so not to be changed: add to a copy.
 * No cookies of the jar in it: they differ from hop to hop
 * @property cookies the ones given with the request, for this origin alone
 * @property auth what the request shows, to the origin that it is for
 * @property secrets the names of headers that are for this origin alone
 */
internal data class Hop(
    val method: String,
    val uri: URI,
    val headers: HttpHeaders,
    val cookies: List<Pair<String, String>> = emptyList(),
    val body: Body? = null,
    val auth: Credentials? = null,
    val secrets: Set<String> = emptySet(),
) {
    val origin: Origin = Urls.origin(uri)

    /** Without header values, cookies and user info, which may be secrets. */
    override fun toString(): String = "$method ${Urls.public(uri)}"
}
