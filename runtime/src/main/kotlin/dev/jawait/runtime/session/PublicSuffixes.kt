package dev.jawait.runtime.session

import java.net.IDN

/**
 * The names below which strangers are neighbours, such as `co.uk` and `github.io`: a cookie for all of one would go to
 * all of them. By the rules of publicsuffix.org.
 */
internal class PublicSuffixes(lines: Sequence<String>) {
    private val rules =
        lines
            .map { it.trim().substringBefore(' ') }
            .filterNot { it.isEmpty() || it.startsWith("//") }
            .mapTo(HashSet(), ::ascii)

    private fun ascii(rule: String) = if (rule.all { it < '\u0080' }) rule else IDN.toASCII(rule, IDN.ALLOW_UNASSIGNED)

    /** The public suffix of [domain], a name in ASCII and lower case; what no rule matches has its last label. */
    fun of(domain: String): String {
        var suffix = domain
        while (true) {
            val parent = suffix.substringAfter('.', "")
            if (parent.isEmpty() || suffix in rules) return suffix
            if ("!$suffix" in rules) return parent
            if ("*.$parent" in rules) return suffix
            suffix = parent
        }
    }

    companion object {
        /** Mozilla's list, as of the build; its private part, of hosting companies and the like, included. */
        val MOZILLA: PublicSuffixes by lazy {
            val list = PublicSuffixes::class.java.getResourceAsStream("effective_tld_names.dat")
            checkNotNull(list) { "The list of public suffixes is missing in the jar of the runtime" }
            list.bufferedReader().useLines { PublicSuffixes(it) }
        }
    }
}
