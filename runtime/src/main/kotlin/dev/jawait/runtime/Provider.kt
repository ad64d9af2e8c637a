package dev.jawait.runtime

import dev.jawait.runtime.session.Http
import dev.jawait.runtime.streams.Net
import dev.jawait.runtime.sync.Sync
import dev.jawait.runtime.tasks.Tasks
import dev.jawait.spi.HttpRuntime
import dev.jawait.spi.NetRuntime
import dev.jawait.spi.RuntimeProvider
import dev.jawait.spi.SyncRuntime
import dev.jawait.spi.TaskRuntime

/** Found by the API through the service loader. */
public class Provider : RuntimeProvider {
    override fun tasks(): TaskRuntime = Tasks

    override fun http(): HttpRuntime = Http

    override fun net(): NetRuntime = Net

    override fun sync(): SyncRuntime = Sync
}
