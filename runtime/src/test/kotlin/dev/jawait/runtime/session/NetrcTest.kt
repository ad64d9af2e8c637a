package dev.jawait.runtime.session

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
            netrc.credentials("a.test") shouldBe "me:s3cret"
            netrc.credentials("b.test") shouldBe "you:with \"blank\" #1"
            netrc.credentials("c.test") shouldBe "anonymous:me@"
        }

        test("without a default, others have none") {
            Netrc.parse("machine a login me password s").credentials("b") shouldBe null
            Netrc.parse("").credentials("b") shouldBe null
            Netrc.parse("machine b").credentials("b") shouldBe null
        }

        test("a password may begin with #, and macros are passed over") {
            val netrc = Netrc.parse("macdef init\ncd /x\nmachine evil login x\n\nmachine a login me password #s\\\\x\n")
            netrc.credentials("a") shouldBe "me:#s\\x"
            netrc.credentials("evil") shouldBe null
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
            Netrc.read(Path("/nowhere/.netrc"), true).credentials("a") shouldBe null
        }
    })
