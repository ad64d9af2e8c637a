package dev.jawait.runtime.session

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class PublicSuffixesTest :
    FunSpec({
        fun registrable(domain: String): String? {
            val suffix = PublicSuffixes.MOZILLA.of(domain)
            if (suffix == domain) return null
            return domain.removeSuffix(".$suffix").substringAfterLast('.') + ".$suffix"
        }

        // The vectors of publicsuffix.org, without those of case and dots, which are not for this class to see.
        """
        example -
        example.example example.example
        b.example.example example.example
        a.b.example.example example.example
        biz -
        domain.biz domain.biz
        b.domain.biz domain.biz
        a.b.domain.biz domain.biz
        com -
        example.com example.com
        b.example.com example.com
        a.b.example.com example.com
        uk.com -
        example.uk.com example.uk.com
        b.example.uk.com example.uk.com
        a.b.example.uk.com example.uk.com
        test.ac test.ac
        mm -
        c.mm -
        b.c.mm b.c.mm
        a.b.c.mm b.c.mm
        jp -
        test.jp test.jp
        www.test.jp test.jp
        ac.jp -
        test.ac.jp test.ac.jp
        www.test.ac.jp test.ac.jp
        kyoto.jp -
        test.kyoto.jp test.kyoto.jp
        ide.kyoto.jp -
        b.ide.kyoto.jp b.ide.kyoto.jp
        a.b.ide.kyoto.jp b.ide.kyoto.jp
        c.kobe.jp -
        b.c.kobe.jp b.c.kobe.jp
        a.b.c.kobe.jp b.c.kobe.jp
        city.kobe.jp city.kobe.jp
        www.city.kobe.jp city.kobe.jp
        ck -
        test.ck -
        b.test.ck b.test.ck
        a.b.test.ck b.test.ck
        www.ck www.ck
        www.www.ck www.ck
        us -
        test.us test.us
        www.test.us test.us
        ak.us -
        test.ak.us test.ak.us
        www.test.ak.us test.ak.us
        k12.ak.us -
        test.k12.ak.us test.k12.ak.us
        www.test.k12.ak.us test.k12.ak.us
        xn--85x722f.com.cn xn--85x722f.com.cn
        xn--85x722f.xn--55qx5d.cn xn--85x722f.xn--55qx5d.cn
        www.xn--85x722f.xn--55qx5d.cn xn--85x722f.xn--55qx5d.cn
        shishi.xn--55qx5d.cn shishi.xn--55qx5d.cn
        xn--55qx5d.cn -
        xn--85x722f.xn--fiqs8s xn--85x722f.xn--fiqs8s
        www.xn--85x722f.xn--fiqs8s xn--85x722f.xn--fiqs8s
        shishi.xn--fiqs8s shishi.xn--fiqs8s
        xn--fiqs8s -
        github.io -
        user.github.io user.github.io
        """.trimIndent().lines().forEach { line ->
            val (domain, expected) = line.split(' ')
            test("what can be registered of $domain is $expected") {
                registrable(domain) shouldBe expected.takeUnless { it == "-" }
            }
        }

        test("comments, empty lines and what follows a rule are no rules; those not in ASCII are") {
            val suffixes = PublicSuffixes(sequenceOf("// a.b", "", "  ", "c.d  e", "个人.hk"))
            suffixes.of("x.a.b") shouldBe "b"
            suffixes.of("x.c.d") shouldBe "c.d"
            suffixes.of("x.xn--ciqpn.hk") shouldBe "xn--ciqpn.hk"
        }
    })
