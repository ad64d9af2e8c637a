package dev.jawait.kotlin

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.json.JsonMapper
import dev.jawait.AsyncTimeoutException
import dev.jawait.Outcome
import dev.jawait.ReturnWhen
import dev.jawait.Task
import dev.jawait.TaskGroupException
import dev.jawait.runtime.tasks.Current
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.milliseconds

/** The programs of asyncio's traces again, through the suspend functions: their tasks run on the loops. */
class KotlinProgramsTest :
    FunSpec({
        extension(NothingLeftListener)
        val json = JsonMapper()
        val programs = KotlinProgramsTest::class.java.getResourceAsStream(
            "/dev/jawait/programs.jsonl",
        )!!.bufferedReader()
        programs.forEachLine { line ->
            val all = json.readTree(line)
            test("program ${all["seed"]}").config(timeout = limit) {
                val expected = all["trace"].map { "${it[0]} ${it[1]} ${it[2].asText()}" }
                virtually { SuspendProgramRun().trace(all["program"]) }.sorted() shouldBe expected.sorted()
            }
        }
    })

private class Boom(id: String) : RuntimeException("boom$id", null, false, false)

/** Runs a program as suspend code. */
private class SuspendProgramRun {
    private val trace = ArrayList<String>()

    suspend fun trace(program: JsonNode): List<String> {
        runCatching { run(program) }
        while (true) {
            val left = allTasks() - Current.task!!
            if (left.isEmpty()) return trace
            waitUntil(ReturnWhen.ALL_COMPLETED, left)
        }
    }

    private fun log(node: JsonNode, event: String) {
        trace.add("${now()} ${node["id"]} $event")
    }

    private suspend fun run(node: JsonNode): String {
        log(node, "start")
        return try {
            operation(node)
        } catch (error: Throwable) {
            log(node, kind(error))
            throw error
        }.also { log(node, "= $it") }
    }

    private suspend fun operation(node: JsonNode): String = when (val op = node["op"].asText()) {
        "sleep" -> sleep(node)
        "fail" -> throw Boom(sleep(node))
        "seq" -> node["of"].map { run(it) }.last()
        "gather" -> gather(node)
        "wait" -> wait(node)
        "each" -> each(node)
        "limit" -> withTimeout(time(node, "n")) { run(child(node)) }
        "shield" -> shield(node)
        "group" -> group(node)
        "kill" -> kill(node)
        "rescue" -> rescue(node)
        "cleanup" -> cleanup(node)
        "deaf" -> deaf(node)
        else -> error("Unknown: $op")
    }

    private suspend fun sleep(node: JsonNode): String {
        sleep(time(node, "n"))
        return node["id"].asText()
    }

    private suspend fun gather(node: JsonNode): String {
        val children = node["of"].map { child -> coroutine { run(child) } }
        return if (node["ret"].asBoolean()) joined(gatherOutcomes(children).map(::text)) else joined(gather(children))
    }

    private suspend fun wait(node: JsonNode): String {
        val tasks = tasks(node)
        val (done, pending) = waitUntil(ReturnWhen.valueOf(node["when"].asText()), tasks, limitOf(node)).let {
            it.done() to it.pending()
        }
        log(node, "done ${done.map(tasks::indexOf).sorted()}")
        if (node["then"].asText() == "cancel") pending.forEach { it.cancel() }
        if (pending.isNotEmpty()) waitUntil(ReturnWhen.ALL_COMPLETED, pending)
        return outcomes(tasks)
    }

    private suspend fun each(node: JsonNode): String {
        val tasks = tasks(node)
        asCompleted(tasks, limitOf(node)).collect { log(node, "next ${text(it.outcome())}") }
        val left = tasks.filter { !it.isDone }
        if (left.isNotEmpty()) waitUntil(ReturnWhen.ALL_COMPLETED, left)
        return outcomes(tasks)
    }

    private suspend fun shield(node: JsonNode): String {
        val task = createTask { run(child(node)) }
        return try {
            withTimeout(time(node, "n")) { shield(task) }
        } catch (_: AsyncTimeoutException) {
            if (!task.isDone) {
                log(node, "limit, task goes on")
                waitUntil(ReturnWhen.ALL_COMPLETED, listOf(task))
            }
            text(task.outcome())
        }
    }

    private suspend fun group(node: JsonNode): String =
        outcomes(taskGroup { node["of"].map { child -> createTask { run(child) } } })

    private suspend fun kill(node: JsonNode): String {
        val task = createTask { run(child(node)) }
        sleep(node)
        log(node, if (task.cancel()) "cancel True" else "cancel False")
        waitUntil(ReturnWhen.ALL_COMPLETED, listOf(task))
        return text(task.outcome())
    }

    private suspend fun rescue(node: JsonNode): String = try {
        run(child(node))
    } catch (cancelled: CancellationException) {
        throw cancelled
    } catch (error: Exception) {
        "rescued(${kind(error)})"
    }

    private suspend fun cleanup(node: JsonNode): String = try {
        run(child(node))
    } finally {
        sleep(node)
        log(node, "cleaned")
    }

    private suspend fun deaf(node: JsonNode): String = try {
        run(child(node))
    } catch (_: CancellationException) {
        log(node, "swallows the cancel")
        sleep(node)
        "deaf"
    }

    private suspend fun tasks(node: JsonNode): List<Task<String>> =
        node["of"].map { child -> createTask { run(child) } }

    private fun child(node: JsonNode) = node["of"][0]

    private fun time(node: JsonNode, field: String) = node[field].asLong().milliseconds

    private fun limitOf(node: JsonNode) = if (node["limit"].isNull) null else time(node, "limit")

    private fun outcomes(tasks: List<Task<String>>) = joined(tasks.map { text(it.outcome()) })

    private fun joined(texts: List<String>) = texts.joinToString(" ", "[", "]")

    private fun text(outcome: Outcome<String>) =
        if (outcome.isSuccess) outcome.get() else kind(outcome.exceptionOrNull()!!)

    private fun kind(error: Throwable): String = when (error) {
        is CancellationException -> "cancelled"
        is AsyncTimeoutException -> "timeout"
        is TaskGroupException -> error.exceptions().map(::kind).sorted().joinToString(" ", "group(", ")")
        else -> error.message!!
    }
}
