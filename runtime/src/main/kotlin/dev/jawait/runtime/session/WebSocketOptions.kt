package dev.jawait.runtime.session

import java.time.Duration

/** What a WebSocket was told, beside the request of its handshake. A limit or interval of zero stands for none. */
internal data class WebSocketOptions(
    val protocols: List<String> = emptyList(),
    val receiveLimit: Duration = Duration.ZERO,
    val closeLimit: Duration = Duration.ofSeconds(10),
    val heartbeat: Duration = Duration.ZERO,
    val compress: Boolean = false,
    val maxBytes: Int = 4 * 1024 * 1024,
    val autoPing: Boolean = true,
    val autoClose: Boolean = true,
)
