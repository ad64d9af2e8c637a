package dev.jawait.runtime.session

/**
 * What a server asks for, one of `WWW-Authenticate` (RFC 9110, section 11.6.1).
 *
 * @property scheme in lower case
 * @property params names in lower case; of no meaning where the scheme has a single token instead
 */
internal data class Challenge(val scheme: String, val params: Map<String, String>) {
    companion object {
        /** All that [headers] ask for: each may have several, and what cannot be read is passed over. */
        fun parse(headers: List<String>): List<Challenge> = headers.flatMap { Reader(it).read() }
    }

    private class Reader(text: String) {
        private val scanner = HeaderScanner(text)
        private val found = ArrayList<Challenge>()
        private var params = LinkedHashMap<String, String>()

        fun read(): List<Challenge> {
            while (!scanner.isAtEnd) {
                item()
                scanner.until(",")
                scanner.take(',')
            }
            return found
        }

        /** `scheme`, `scheme name=value` or `name=value`. */
        private fun item() {
            val words = scanner.until("=,").split(' ', '\t').filter(String::isNotEmpty)
            if (words.isEmpty()) return
            val isParam = scanner.take('=')
            if (words.size > 1 || !isParam) begin(words.first())
            if (isParam) params.putIfAbsent(words.last().lowercase(), scanner.value(","))
        }

        private fun begin(scheme: String) {
            params = LinkedHashMap()
            found.add(Challenge(scheme.lowercase(), params))
        }
    }
}
