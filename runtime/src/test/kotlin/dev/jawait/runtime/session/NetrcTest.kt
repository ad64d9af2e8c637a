package dev.jawait.runtime.session

import dev.jawait.http.Auth
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.io.path.Path

/** What stands in a `.netrc`. */
internal class NetrcTest :
    FunSpec({
        test("machines have credentials, the first of a name counts, and all others those of the default") {
            val netrc = Netrc.parse(
                """
                # secrets
                machine a.test login me password s3cret
                machine B.test
                    login you
                    account x
                    password "with \"blank\" #1"
                machine a.test login other password other
                default login anonymous password me@
                """.trimIndent(),
            )
            netrc.auth("a.test") shouldBe Auth.basic("me", "s3cret")
            netrc.auth("b.test") shouldBe Auth.basic("you", "with \"blank\" #1")
            netrc.auth("c.test") shouldBe Auth.basic("anonymous", "me@")
        }

        test("without a default, others have none") {
            Netrc.parse("machine a login me password s").auth("b") shouldBe null
            Netrc.parse("").auth("b") shouldBe null
            Netrc.parse("machine b").auth("b") shouldBe null
        }

        test("a password may begin with #, and macros are passed over") {
            val netrc = Netrc.parse("macdef init\ncd /x\nmachine evil login x\n\nmachine a login me password #s\\\\x\n")
            netrc.auth("a") shouldBe Auth.basic("me", "#s\\x")
            netrc.auth("evil") shouldBe null
        }

        test("what is malformed is an error that tells the line and no secret") {
            for (text in listOf(
                "machine a login me password s3cret\nrubbish s3cret",
                "machine a password \"s3cret",
                "machine",
            )) {
                val error = shouldThrow<IllegalArgumentException> { Netrc.parse(text) }
                error.message shouldContain "line"
                error.message shouldNotContain "s3cret"
            }
        }

        test("a file that is not there has nothing in it") {
            Netrc.read(Path("/nowhere/.netrc"), true).auth("a") shouldBe null
        }
    })
