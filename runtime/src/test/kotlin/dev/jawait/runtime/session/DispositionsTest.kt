package dev.jawait.runtime.session

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe

class DispositionsTest :
    FunSpec({
        fun filename(header: String) = Dispositions.parse(header)!!.filename

        test("type and params") {
            val disposition = Dispositions.parse(" Attachment ; FileName = \"a b.txt\" ; x=y")!!
            disposition.type shouldBe "attachment"
            disposition.params shouldBe mapOf("filename" to "a b.txt", "x" to "y")
            disposition.filename shouldBe "a b.txt"
            Dispositions.parse("inline")!!.filename.shouldBeNull()
        }

        listOf("", ";", "; filename=a", "\"inline\"", "a b", "filename=a", "é").forEach {
            test("<$it> names no type") { Dispositions.parse(it).shouldBeNull() }
        }

        listOf(
            // RFC 6266, section 5.
            "Attachment; filename=example.html" to "example.html",
            "INLINE; FILENAME= \"an example.html\"" to "an example.html",
            "attachment; filename*= UTF-8''%e2%82%ac%20rates" to "€ rates",
            "attachment; filename=\"EURO rates\"; filename*=utf-8''%e2%82%ac%20rates" to "€ rates",
            "attachment; filename*=iso-8859-1'en'%A3%20rates; filename=x" to "£ rates",
            // What cannot be decoded leaves the plain one.
            "attachment; filename=a; filename*=UTF-8''%ff" to "a",
            "attachment; filename=a; filename*=no-such''b" to "a",
            "attachment; filename=a; filename*=b" to "a",
            "attachment; filename=\"a\\\"b.txt\"" to "a\"b.txt",
            "attachment; filename=\"a;b.txt\"" to "a;b.txt",
            "attachment; filename=\"a.txt" to "a.txt",
            "attachment; filename=a.txt; filename=b.txt" to "a.txt",
            // UTF-8 as it is, which the codec reads byte by byte.
            "attachment; filename=\"\u00e2\u0082\u00ac.txt\"" to "€.txt",
            // No directories, and nothing that no name has.
            "attachment; filename=\"/etc/passwd\"" to "passwd",
            "attachment; filename=\"../../x\"" to "x",
            "attachment; filename=\"C:\\dir\\a.txt\"" to "a.txt",
            "attachment; filename*=UTF-8''..%2F..%5Cx" to "x",
            "attachment; filename*=UTF-8''a%00b%0Ac" to "a_b_c",
        ).forEach { (header, name) ->
            test("<$header> names $name") { filename(header) shouldBe name }
        }

        listOf("\"\"", "..", ".", "a/", "\"a\\\\\"", "\" \"").forEach {
            test("<$it> is no name of a file") { filename("attachment; filename=$it").shouldBeNull() }
        }
    })
