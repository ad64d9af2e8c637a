package dev.jawait.kotlin

import dev.jawait.ContextVar
import dev.jawait.ThreadLocals
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.slf4j.MDC
import kotlin.time.Duration.Companion.milliseconds

/** Context variables and thread locals in suspend code, on loops and under other dispatchers. */
class KotlinContextTest :
    FunSpec({
        extension(NothingLeftListener)

        fun case(name: String, body: suspend () -> Unit) = test(name).config(timeout = limit) { body() }

        val user = ContextVar.create<String>("user")
        val tenant = ThreadLocal<String?>()
        lateinit var following: ThreadLocals.Following

        beforeSpec { following = ThreadLocals.follow(tenant) }
        afterSpec { following.close() }
        afterTest {
            tenant.remove()
            MDC.clear()
        }

        case("61: a suspend child has its creator's values, and keeps its own through kotlinx's suspensions") {
            createTask {
                user.set("ann")
                val child =
                    createTask {
                        val before = user.get()
                        user.set("child's own")
                        delay(2)
                        before + " " + user.get()
                    }
                user.set("bob")
                child.await() shouldBe "ann child's own"
                user.get() shouldBe "bob"
            }.await()
        }

        case("thread locals follow a suspend body through our awaits and kotlinx's, and do not stay on the loop") {
            createTask {
                tenant.set("acme")
                MDC.put("request", "r-1")
                sleep(1.milliseconds)
                tenant.get() to MDC.get("request") shouldBe ("acme" to "r-1")
                delay(1)
                tenant.get() to MDC.get("request") shouldBe ("acme" to "r-1")
                createTask { tenant.get() }.await() shouldBe "acme"
            }.await()
            repeat(Runtime.getRuntime().availableProcessors() * 2) {
                createTask { tenant.get() to MDC.get("request") }.await() shouldBe (null to null)
            }
        }

        case("code under another dispatcher is the task's, and sees what the task sees") {
            createTask {
                user.set("ann")
                tenant.set("acme")
                sleep(1.milliseconds)
                val task = currentTask()
                withContext(Dispatchers.IO) {
                    currentTask() shouldBe task
                    user.get() shouldBe "ann"
                    tenant.get() shouldBe "acme"
                    delay(1)
                    user.get() shouldBe "ann"
                    coroutineScope { async { user.get() + tenant.get() }.await() } shouldBe "annacme"
                }
                user.get() shouldBe "ann"
            }.await()
            withContext(Dispatchers.IO) { tenant.get() shouldBe null }
        }

        case("a caller from outside hands its values on to what it calls, and to the tasks it creates") {
            withContext(Dispatchers.Default) {
                MDC.put("request", "r-2")
                try {
                    val task = createTask { MDC.get("request") }
                    task.await() shouldBe "r-2"
                } finally {
                    MDC.clear()
                }
            }
        }

        case("within a call from outside the current task is there, also after kotlinx's suspensions") {
            runBlocking {
                withTimeout(1000.milliseconds) {
                    val task = currentTask()
                    task shouldNotBe null
                    user.set("ann")
                    delay(1)
                    currentTask() shouldBe task
                    user.get() shouldBe "ann"
                }
            }
        }

        case("elements of the caller's context are kept in what it calls") {
            withContext(CoroutineName("caller")) {
                withTimeout(1000.milliseconds) {
                    sleep(1.milliseconds)
                    currentCoroutineContext()[CoroutineName]?.name shouldBe "caller"
                }
                coroutine { currentCoroutineContext()[CoroutineName]?.name }.await() shouldBe "caller"
            }
        }
    })
