package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.runtime.bodies.BytesBody

/** What a session knows of servers that want digest authentication. */
internal class Digests {
    /** Those used last. Guarded by itself. */
    private val known =
        object : LinkedHashMap<Credentials, DigestAuth>(16, 0.75f, true) {
            override fun removeEldestEntry(eldest: Map.Entry<Credentials, DigestAuth>) = size > MOST
        }

    /** What to send in advance; null if the server has not asked for it yet. */
    fun inAdvance(credentials: Credentials, hop: Hop): String? =
        synchronized(known) { known[credentials] }?.authorization(hop.method, hop.uri, bytes(hop))

    /** What answers the challenge in [response], if there is one, and if the request can be sent again. */
    fun answer(credentials: Credentials, hop: Hop, response: ResponseImpl): String? {
        val auth = credentials.auth as? Auth.Digest ?: return null
        if (response.status() != UNAUTHORIZED || hop.body?.isSpent == true) return null
        val digest = synchronized(known) { known.getOrPut(credentials) { DigestAuth(auth.user(), auth.password()) } }
        digest.challenged(response.headers().all("www-authenticate"), hop.uri) ?: return null
        return digest.authorization(hop.method, hop.uri, bytes(hop))
    }

    private fun bytes(hop: Hop): ByteArray? = if (hop.body == null) NOTHING else (hop.body as? BytesBody)?.bytes

    private companion object {
        private const val UNAUTHORIZED = 401
        private const val MOST = 1000
        private val NOTHING = ByteArray(0)
    }
}
