package dev.jawait.runtime.session

/** Whether a name can be a method; the transport asks again, at the last gate before the wire. */
internal object Methods {
    private const val MARKS = "!#$%&'*+-.^_`|~"

    fun isToken(method: String): Boolean = method.isNotEmpty() && method.all { isAsciiLetterOrDigit(it) || it in MARKS }
}
