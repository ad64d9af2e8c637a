package dev.jawait.runtime.session

import dev.jawait.http.Link
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.net.URI

class LinksTest :
    FunSpec({
        val base = Urls.parse("http://h/a/b?c")

        fun targets(header: String) = Links.parse(header, base).map { it.target.toString() }

        test("targets, relations and params") {
            Links.parse("""</x?y=1>; rel=next; Title="a, b; c" , <c>;REL="Prev  up";a;b=""", base) shouldBe
                listOf(
                    Link(URI("http://h/x?y=1"), listOf("next"), mapOf("rel" to "next", "title" to "a, b; c")),
                    Link(URI("http://h/a/c"), listOf("prev", "up"), mapOf("rel" to "Prev  up", "a" to "", "b" to "")),
                )
        }

        test("a link that says nothing of its relation has none") {
            Links.parse("<x>", base).single().rels.shouldBeEmpty()
        }

        test("of params given twice the first counts, and the encoded one before it") {
            val params = Links.parse("<x>; rel=a; rel=b; title=c; title*=UTF-8'de'%e2%82%ac", base).single().params
            params shouldBe mapOf("rel" to "a", "title" to "€")
        }

        test("targets may be empty, of another host, and no web address") {
            targets("<>, <//o/p>, <mailto:a@b.c>, <https://o/é x>") shouldBe
                listOf("http://h/a/b?c", "http://o/p", "mailto:a@b.c", "https://o/%C3%A9%20x")
        }

        val none =
            listOf("", ",", ", ,", "x", "<", "<x", "x>; rel=a", "<http://>", "<http://a b/>", "<p://[>", "; rel=a")
        none.forEach {
            test("<$it> has no link") { targets(it).shouldBeEmpty() }
        }

        test("what is no link is passed over") {
            targets("x=\"y\", <http://>; rel=a, <1>;;; =; rel, z, <2") shouldBe listOf("http://h/a/1")
        }
    })
