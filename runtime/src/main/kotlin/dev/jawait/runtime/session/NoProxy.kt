package dev.jawait.runtime.session

import dev.jawait.runtime.transport.Origin
import io.netty.handler.ipfilter.IpFilterRuleType
import io.netty.handler.ipfilter.IpSubnetFilterRule
import io.netty.util.NetUtil
import java.net.InetAddress
import java.net.InetSocketAddress

/**
 * The hosts in a `NO_PROXY`: `*` for all; a name, which stands for what is below it too, with or without a dot before it; an
 * address; a network such as `10.0.0.0/8`; the last but one with a port if only that is meant. Commas or blanks between
 * them. Names are not resolved, so an address matches only where the URL has one.
 */
internal class NoProxy(text: String) {
    private val rules = text.split(',', ' ', '\t').filter(String::isNotEmpty).map(::rule)

    fun matches(origin: Origin): Boolean = rules.any { it(origin) }

    private companion object {
        private fun rule(entry: String): (Origin) -> Boolean = when {
            entry == "*" -> { _ -> true }
            '/' in entry -> network(entry)
            else -> host(entry.lowercase())
        }

        private fun network(entry: String): (Origin) -> Boolean {
            val address = bytes(entry.substringBefore('/'))
            val prefix = entry.substringAfter('/').toIntOrNull()
            if (address == null || prefix == null || prefix !in 0..8 * address.size) return { false }
            val subnet = IpSubnetFilterRule(InetAddress.getByAddress(address), prefix, IpFilterRuleType.ACCEPT)
            return { origin ->
                val host = bytes(origin.host())
                host != null && subnet.matches(InetSocketAddress(InetAddress.getByAddress(host), 0))
            }
        }

        private fun host(entry: String): (Origin) -> Boolean {
            if (bytes(entry) != null) return { matchesAddress(entry, it) }
            val colon = entry.lastIndexOf(':')
            val hasPort = colon > entry.lastIndexOf(']')
            val name = if (hasPort) entry.substring(0, colon) else entry
            val port = if (hasPort) entry.substring(colon + 1).toIntOrNull() else null
            if (hasPort && port == null) return { false }
            return { (port == null || it.port() == port) && matchesHost(name, it) }
        }

        private fun matchesHost(name: String, origin: Origin): Boolean {
            if (bytes(name) != null) return matchesAddress(name, origin)
            val suffix = name.removePrefix("*").trim('.')
            val host = origin.host().removeSuffix(".")
            return suffix.isNotEmpty() && bytes(host) == null && (host == suffix || host.endsWith(".$suffix"))
        }

        private fun matchesAddress(address: String, origin: Origin) =
            bytes(origin.host())?.contentEquals(bytes(address)) == true

        private fun bytes(address: String): ByteArray? =
            NetUtil.createByteArrayFromIpAddressString(address.removeSurrounding("[", "]"))
    }
}
