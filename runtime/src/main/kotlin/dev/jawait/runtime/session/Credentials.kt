package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.runtime.transport.Origin
import java.util.Base64

/** [auth] for one origin. */
internal data class Credentials(val auth: Auth, val origin: Origin) {
    /** The value of `Authorization`; null where it takes a challenge. */
    fun authorization(): String? = when (auth) {
        is Auth.Basic -> basic(auth.user(), auth.password())
        is Auth.Bearer -> "Bearer " + auth.token()
        is Auth.Digest -> null
    }

    companion object {
        /** RFC 7617. */
        fun basic(user: String, password: String): String =
            "Basic " + Base64.getEncoder().encodeToString("$user:$password".encodeToByteArray())
    }
}
