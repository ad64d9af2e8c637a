package dev.jawait.runtime.session

import java.net.URI
import java.security.MessageDigest
import java.util.HexFormat

/** A `Digest` challenge that can be answered (RFC 7616, section 3.3), sent by the server of [uri]. */
internal class DigestChallenge private constructor(challenge: Challenge, private val uri: URI, val hash: DigestHash) {
    private val params = challenge.params
    val realm: String = params.getValue("realm")
    val nonce: String = params.getValue("nonce")
    val opaque: String? = params["opaque"]
    val algorithm: String? = params["algorithm"]
    val userHash: Boolean = params["userhash"].equals("true", ignoreCase = true)
    val charset = if (params["charset"].equals("UTF-8", ignoreCase = true)) Charsets.UTF_8 else Charsets.ISO_8859_1

    /** Whether the nonce was too old, and the password need not be wrong. */
    val isStale: Boolean = params["stale"].equals("true", ignoreCase = true)

    /** `auth`, `auth-int`, or null for servers of RFC 2069. */
    val qop: String? = qops(challenge).let { offered -> QOPS.firstOrNull { it in offered } }

    private val space = params["domain"].orEmpty().split(' ', '\t').filter(String::isNotEmpty)

    /** Whether a request for [other] needs the same answer: it is below a URL of `domain`, or of the same origin. */
    fun covers(other: URI): Boolean {
        if (Urls.origin(other) != Urls.origin(uri)) return false
        return space.isEmpty() || space.any { isBelow(other, it) }
    }

    /** Other origins that `domain` may name get no answer: anybody could name them. */
    private fun isBelow(other: URI, root: String): Boolean {
        val at = runCatching { Urls.resolve(uri, root) }.getOrNull() ?: return false
        return Urls.origin(at) == Urls.origin(uri) && CookieRules.pathMatches(other.rawPath, at.rawPath)
    }

    companion object {
        private val QOPS = listOf("auth", "auth-int")

        /** The first of [challenges] that can be answered, or null; the server has put the best first. */
        fun firstOf(challenges: List<Challenge>, uri: URI): DigestChallenge? =
            challenges.firstNotNullOfOrNull { of(it, uri) }

        private fun of(challenge: Challenge, uri: URI): DigestChallenge? {
            if (challenge.scheme != "digest" ||
                !challenge.params.keys.containsAll(listOf("realm", "nonce"))
            ) {
                return null
            }
            val offered = qops(challenge)
            if (offered.isNotEmpty() && offered.none { it in QOPS }) return null
            return DigestHash.of(challenge.params["algorithm"])?.let { DigestChallenge(challenge, uri, it) }
        }

        private fun qops(challenge: Challenge) =
            challenge.params["qop"].orEmpty().lowercase().split(',', ' ').filter(String::isNotEmpty)
    }
}

/** What `algorithm` names: a hash, and whether the key is that of a session. */
internal class DigestHash private constructor(private val name: String, val isOfSession: Boolean) {
    fun hex(bytes: ByteArray): String = HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes))

    companion object {
        private val NAMES = mapOf("MD5" to "MD5", "SHA-256" to "SHA-256", "SHA-512-256" to "SHA-512/256")

        /** MD5 if nothing is said; null for what is not known. */
        fun of(algorithm: String?): DigestHash? {
            val said = algorithm.orEmpty().ifEmpty { "MD5" }.uppercase()
            val name = NAMES[said.removeSuffix("-SESS")] ?: return null
            return DigestHash(name, said.endsWith("-SESS"))
        }
    }
}
