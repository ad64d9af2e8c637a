package dev.jawait.engines

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.withTimeout
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** What docs/engines.md says of the engines is so: each row is tried with both. */
class EnginesTest :
    FunSpec({
        timeout = 60_000
        val rows = PROTOCOL + SAFETY + SECURE
        val documented = Files.readAllLines(Path.of("..", "docs", "engines.md"))
            .filter { it.startsWith("| `") }
            .associate { line ->
                val cells = line.split('|').map(String::trim)
                cells[1].removeSurrounding("`") to cells.subList(3, 5)
            }

        test("each row is documented, and nothing else is") {
            documented.keys.toList() shouldContainExactlyInAnyOrder rows.map { it.id }
        }

        Engine.entries.forEachIndexed { column, engine ->
            rows.forEach { row ->
                test("${row.id}: $engine") {
                    val expected = documented[row.id]?.get(column)
                    // A fault is one, too, if it only shows from time to time.
                    val tries = if (expected == "no") 5 else 1
                    val error = (1..tries).firstNotNullOfOrNull { failure(row, engine) }
                    withClue({ "$error" }) { (if (error == null) "yes" else "no") shouldBe expected }
                }
            }
        }
    })

private suspend fun failure(row: Row, engine: Engine): Throwable? = runCatching {
    withTimeout(10.seconds) {
        engine.session(row.setup).use { session -> session.connector().use { row.check(session) } }
    }
}.exceptionOrNull()
