package dev.jawait.runtime.session

import dev.jawait.http.Auth
import dev.jawait.http.InvalidUrlException
import dev.jawait.http.NonHttpUrlException
import dev.jawait.runtime.transport.Origin
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.net.URI

class UrlsTest :
    FunSpec({
        listOf(
            "http://example.com" to "http://example.com/",
            "  http://example.com/ " to "http://example.com/",
            "HTTP://EXAMPLE.com:80/A" to "http://example.com/A",
            "https://example.com:443" to "https://example.com/",
            "https://example.com:80/" to "https://example.com:80/",
            "http://example.com:0080/" to "http://example.com/",
            "http://example.com:/x" to "http://example.com/x",
            "http://example.com?a=b" to "http://example.com/?a=b",
            "http://example.com#f" to "http://example.com/#f",
            "http://example.com/?" to "http://example.com/?",
            "http://h/a b\"|<>^`{}\\c" to "http://h/a%20b%22%7C%3C%3E%5E%60%7B%7D%5Cc",
            "http://h/é/日本?q=ü&r=😀#ß" to "http://h/%C3%A9/%E6%97%A5%E6%9C%AC?q=%C3%BC&r=%F0%9F%98%80#%C3%9F",
            "http://h/%41%2f%zz%" to "http://h/%41%2f%25zz%25",
            "http://h/a[1]?a[1]=b|c" to "http://h/a%5B1%5D?a[1]=b%7Cc",
            "http://h/a?b?c#d#e" to "http://h/a?b?c#d%23e",
            "http://h/a/./b/../c/.." to "http://h/a/",
            "http://h/../../a" to "http://h/a",
            "http://h//a//b" to "http://h//a//b",
            "http://h/.well-known/x" to "http://h/.well-known/x",
            "http://Bücher.example/" to "http://xn--bcher-kva.example/",
            "http://例え。テスト/" to "http://xn--r8jz45g.xn--zckzah/",
            "http://my_host:8080/" to "http://my_host:8080/",
            "http://example.com./" to "http://example.com./",
            "http://127.0.0.1:8080/" to "http://127.0.0.1:8080/",
            "http://１２７.0.0.1/" to "http://127.0.0.1/",
            "http://[::1]:8080/" to "http://[::1]:8080/",
            "http://[2001:DB8:0:0:0:0:0:1]/" to "http://[2001:db8::1]/",
            "http://[::ffff:1.2.3.4]:80/" to "http://[::ffff:102:304]/",
            "http://user:p@ss wörd@h/" to "http://user:p%40ss%20w%C3%B6rd@h/",
            "http://user@h/@b" to "http://user@h/@b",
        ).forEach { (given, sent) ->
            test("<$given> is sent as $sent") {
                Urls.parse(given).toString() shouldBe sent
                Urls.parse(sent).toString() shouldBe sent
            }
        }

        listOf(
            "" to "no scheme",
            "example.com/x" to "no scheme, and the session has no baseUrl",
            "//example.com/x" to "no scheme",
            "/x" to "no scheme",
            "localhost:8080/x" to "the scheme localhost",
            "FTP://example.com/" to "the scheme ftp",
            "mailto:a@b" to "the scheme mailto",
        ).forEach { (url, said) ->
            test("<$url> is not http: $said") {
                shouldThrow<NonHttpUrlException> { Urls.parse(url) }.message shouldContain said
            }
        }

        listOf(
            "http:example.com" to "no // after the scheme",
            "http:/example.com" to "no // after the scheme",
            "http://" to "no host",
            "http:///x" to "no host",
            "http://:80/" to "no host",
            "http://user@/" to "no host",
            "http://h:a/" to "the port",
            "http://h:0/" to "the port",
            "http://h:65536/" to "the port",
            "http://h:99999999999/" to "the port",
            "http://h:-1/" to "the port",
            "http://h:+1/" to "the port",
            "http://h:1:2/" to "the port",
            "http://h:\u0661/" to "the port",
            "http://h/a\r\nX: y" to "control character",
            "http://h/\u0000" to "control character",
            "http://h/\t" to "control character",
            "http://h\u007f/" to "control character",
            "http://a b/" to "character in the host",
            "http://a%41/" to "character in the host",
            "http://a／b/" to "character in the host",
            "http://a<b/" to "character in the host",
            "http://good\\@evil/" to "backslash",
            "http://a..b/" to "a part of the host",
            "http://.a/" to "a part of the host",
            "http://./" to "a part of the host",
            "http://${"a".repeat(64)}/" to "a part of the host",
            "http://${"a.".repeat(127)}/" to "a part of the host",
            "http://é..b/" to "internationalized",
            "http://127.1/" to "IPv4",
            "http://2130706433/" to "IPv4",
            "http://0x7f.0.0.1/" to "IPv4",
            "http://0x7F000001/" to "IPv4",
            "http://127.0.0.01/" to "IPv4",
            "http://256.0.0.1/" to "IPv4",
            "http://127.0.0.1./" to "IPv4",
            "http://１２７．１/" to "IPv4",
            "http://[::1/" to "IPv6",
            "http://[]/" to "IPv6",
            "http://[1.2.3.4]/" to "IPv6",
            "http://[fe80::1%25eth0]/" to "IPv6",
            "http://[::1]x/" to "the port",
        ).forEach { (url, said) ->
            test("<${Printable.of(url)}> is invalid: $said") {
                val error = shouldThrow<InvalidUrlException> { Urls.parse(url) }
                error.message shouldContain said
                error.message!!.none(Char::isISOControl) shouldBe true
            }
        }

        listOf(
            "http://user:secret@h:x/a@b",
            "http://user:sec/secret@h/",
            "http://user:sec#secret@h/",
            "http://user:secret\\@h/",
            "ftp://user:secret@h/",
            "user:secret@h/",
            "http:user:secret@h/",
            "http://user:secret@a b/",
            "http://user:secret@h/\n",
        ).forEach { url ->
            test("the error of <${Printable.of(url)}> has no password in it") {
                val message = shouldThrow<InvalidUrlException> { Urls.parse(url) }.message!!
                message shouldNotContain "sec"
            }
        }

        // RFC 3986, section 5.4
        val base = Urls.parse("http://a/b/c/d;p?q")
        listOf(
            "g" to "http://a/b/c/g",
            "./g" to "http://a/b/c/g",
            "g/" to "http://a/b/c/g/",
            "/g" to "http://a/g",
            "//g" to "http://g/",
            "?y" to "http://a/b/c/d;p?y",
            "g?y" to "http://a/b/c/g?y",
            "#s" to "http://a/b/c/d;p?q#s",
            "g#s" to "http://a/b/c/g#s",
            ";x" to "http://a/b/c/;x",
            "" to "http://a/b/c/d;p?q",
            "." to "http://a/b/c/",
            ".." to "http://a/b/",
            "../g" to "http://a/b/g",
            "../../../g" to "http://a/g",
            "/./g" to "http://a/g",
            "g;x=1/../y" to "http://a/b/c/y",
            "g?y/../x" to "http://a/b/c/g?y/../x",
            "/\\evil/" to "http://a/%5Cevil/",
            "https://g/x y" to "https://g/x%20y",
            " /g " to "http://a/g",
        ).forEach { (location, result) ->
            test("<$location> leads from $base to $result") { Urls.resolve(base, location).toString() shouldBe result }
        }

        test("what leads nowhere") {
            shouldThrow<NonHttpUrlException> { Urls.resolve(base, "javascript:alert(1)") }
            shouldThrow<NonHttpUrlException> { Urls.resolve(base, "file:///etc/passwd") }
            shouldThrow<InvalidUrlException> { Urls.resolve(base, "//") }
            shouldThrow<InvalidUrlException> { Urls.resolve(base, "/\r\nSet-Cookie: a=b") }
        }

        test("user info is not handed on to a relative location") {
            Urls.resolve(Urls.parse("http://u:p@a/b"), "/c").toString() shouldBe "http://a/c"
        }

        test("a host that URI does not know is an origin all the same") {
            Urls.origin(Urls.parse("https://u:p@My_Host/x")) shouldBe Origin(true, "my_host", 443)
            Urls.origin(Urls.parse("http://[::1]:81")) shouldBe Origin(false, "::1", 81)
            Urls.origin(URI("HTTP://EXAMPLE.com/")) shouldBe Origin(false, "example.com", 80)
        }

        test("the target is path and query") {
            Urls.target(Urls.parse("http://h?a=b#c")) shouldBe "/?a=b"
            Urls.target(Urls.parse("http://h/x")) shouldBe "/x"
            Urls.target(URI("http://h")) shouldBe "/"
        }

        test("parameters are added to the query and encoded whole") {
            fun with(url: String, vararg params: Pair<String, String>) =
                Urls.withParams(Urls.parse(url), params.toList()).toString()

            with("http://h/x", "a b" to "c+d&e=f%20é") shouldBe "http://h/x?a%20b=c%2Bd%26e%3Df%2520%C3%A9"
            with("http://h/x?k=v#f", "a" to "1", "a" to "") shouldBe "http://h/x?k=v&a=1&a=#f"
            with("http://u@h/?", "a" to "1") shouldBe "http://u@h/?a=1"
            with("http://h/?k") shouldBe "http://h/?k"
        }

        test("what is shown has neither user info nor fragment") {
            Urls.public(Urls.parse("http://u:p@h/x?y#z")).toString() shouldBe "http://h/x?y"
            Urls.public(Urls.parse("http://h/x@y")).toString() shouldBe "http://h/x@y"
        }

        test("user info is basic credentials, decoded") {
            Urls.auth(Urls.parse("http://user:p%40ss@h/")) shouldBe Auth.basic("user", "p@ss")
            Urls.auth(Urls.parse("http://user@h/")) shouldBe Auth.basic("user", "")
            Urls.auth(Urls.parse("http://h/a@b")) shouldBe null
        }
    })
