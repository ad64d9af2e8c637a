package dev.jawait.runtime.session

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class ContentTypeTest :
    FunSpec({
        listOf(
            null to Charsets.UTF_8,
            "text/html" to Charsets.UTF_8,
            "text/html; charset=ISO-8859-1" to Charsets.ISO_8859_1,
            "text/html;CHARSET=\"iso-8859-1\"; x=y" to Charsets.ISO_8859_1,
            "text/html; x=charset; charset = us-ascii" to Charsets.US_ASCII,
            "text/html; charset=no-such" to Charsets.UTF_8,
            "text/html; charset=not a name" to Charsets.UTF_8,
            "text/html; charset=" to Charsets.UTF_8,
            "text/html; charset" to Charsets.UTF_8,
            "" to Charsets.UTF_8,
        ).forEach { (type, charset) ->
            test("the charset of <$type> is $charset") { ContentType.charset(type) shouldBe charset }
        }

        listOf(
            null to false,
            "" to false,
            "application/json" to true,
            " Application/JSON ;charset=utf-8" to true,
            "application/problem+json" to true,
            "text/json" to false,
            "application/jsonx" to false,
            "image/x+json" to false,
            "text/html" to false,
        ).forEach { (type, json) ->
            test("<$type> is JSON: $json") { ContentType.isJson(type) shouldBe json }
        }
    })
