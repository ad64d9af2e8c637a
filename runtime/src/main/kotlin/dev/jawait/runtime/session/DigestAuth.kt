package dev.jawait.runtime.session

import java.net.URI
import java.security.SecureRandom
import java.util.HexFormat

/**
 * Answers the `Digest` challenges of servers (RFC 7616, and 2069 for servers that say no `qop`) for one user. Computes,
 * and sends nothing. Safe from any thread.
 *
 * @param newCnonce makes what the client adds to the nonce: hard to guess, without quotes
 * @throws IllegalArgumentException if the name of the user has a colon, or name or password have control characters
 */
internal class DigestAuth(
    private val user: String,
    private val password: String,
    private val newCnonce: () -> String = ::randomCnonce,
) {
    // Guarded by this, all of them.
    private var challenge: DigestChallenge? = null
    private var cnonce = ""
    private var count = 0

    /** H(A1) of a session, which stays for all of it. */
    private var sessionKey = ""

    init {
        require(':' !in user) { "The user's name has a colon, which Digest does not allow" }
        require((user + password).none(Char::isISOControl)) { "The user's name or password has a control character" }
    }

    /**
     * Takes in what `WWW-Authenticate` of the response to [uri] asks for, in as many headers as there were; the challenge
     * that requests are answered for from now on, null if there is none that can be answered.
     */
    @Synchronized
    fun challenged(headers: List<String>, uri: URI): DigestChallenge? {
        val asked = DigestChallenge.firstOf(Challenge.parse(headers), uri) ?: return null
        if (asked.nonce != challenge?.nonce) {
            cnonce = newCnonce()
            count = 0
            sessionKey = sessionKey(asked)
        }
        challenge = asked
        return asked
    }

    /**
     * The `Authorization` of a request, one of its own for each; null if it is not known to need one, or if the server
     * wants the body in it and [body] is null, since it is not known.
     */
    @Synchronized
    fun authorization(method: String, uri: URI, body: ByteArray?): String? {
        val asked = challenge?.takeIf { it.covers(uri) } ?: return null
        if (asked.qop == "auth-int" && body == null) return null
        count++
        val target = Urls.target(uri)
        val response = response(asked, method, target, body)
        return header(asked, target, response)
    }

    private fun response(asked: DigestChallenge, method: String, target: String, body: ByteArray?): String {
        val key = if (asked.hash.isOfSession) sessionKey else userKey(asked)
        val request = "$method:$target" + if (asked.qop == "auth-int") ":${asked.hash.hex(body!!)}" else ""
        val qop = asked.qop
        val between = if (qop == null) asked.nonce else "${asked.nonce}:${count()}:$cnonce:$qop"
        return asked.hash("$key:$between:${asked.hash(request)}")
    }

    private fun userKey(asked: DigestChallenge) = asked.hash("$user:${asked.realm}:$password")

    private fun sessionKey(asked: DigestChallenge) = asked.hash("${userKey(asked)}:${asked.nonce}:$cnonce")

    private fun DigestChallenge.hash(text: String) = hash.hex(text.toByteArray(charset))

    private fun count() = "%08x".format(count)

    private fun header(asked: DigestChallenge, target: String, response: String): String = listOfNotNull(
        userField(asked),
        "realm=${quoted(asked.realm)}",
        "nonce=${quoted(asked.nonce)}",
        "uri=${quoted(target)}",
        asked.algorithm?.let { "algorithm=$it" },
        "response=\"$response\"",
        asked.opaque?.let { "opaque=${quoted(it)}" },
        asked.qop?.let { "qop=$it, nc=${count()}" },
        if (asked.qop != null || asked.hash.isOfSession) "cnonce=\"$cnonce\"" else null,
        if (asked.userHash) "userhash=true" else null,
    ).joinToString(", ", "Digest ")

    private fun userField(asked: DigestChallenge): String = when {
        asked.userHash -> "username=\"${asked.hash("$user:${asked.realm}")}\""
        user.all { it < '\u0080' } -> "username=${quoted(user)}"
        else -> "username*=UTF-8''${UrlEncoding.PARAM.encode(user)}"
    }

    private fun quoted(text: String) = "\"${text.replace("\\", "\\\\").replace("\"", "\\\"")}\""

    /** Without the password. */
    override fun toString(): String = "DigestAuth[$user]"

    private companion object {
        private val random = SecureRandom()

        private fun randomCnonce(): String = HexFormat.of().formatHex(ByteArray(16).also(random::nextBytes))
    }
}
