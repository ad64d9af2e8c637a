package dev.jawait.runtime.session

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.string.shouldNotContain

class CookieRulesTest :
    StringSpec({
        "a cookie that would end the header, or another one, is refused" {
            for (name in listOf("", "a b", "a=b", "a;b", "a\r\n", "é")) {
                shouldThrow<IllegalArgumentException> { CookieRules.check(name, "x") }
            }
            for (value in listOf("a;b", "a\nb", "\u0000", "日")) {
                shouldThrow<IllegalArgumentException> { CookieRules.check("a", value) }.message!! shouldNotContain value
            }
            CookieRules.check("__Host-a", "\"b, c\"=")
        }
    })
