import Testing

@testable import Reports

@Suite("Templates")
struct HTMLTemplateTests {
    @Test(
        "gaps, sections and lists",
        arguments: [
            ("a {{x}} b", "a 1 &lt; 2 b"), ("{{{x}}}", "1 < 2"), ("{{none}}.", "."), ("{{n}}", "7"),
            ("{{yes}}", "true"),
            ("{{#yes}}y{{/yes}}{{^yes}}n{{/yes}}", "y"), ("{{#no}}y{{/no}}{{^no}}n{{/no}}", "n"),
            ("{{#none}}y{{/none}}{{^none}}n{{/none}}", "n"),
            ("{{#empty}}y{{/empty}}{{^empty}}n{{/empty}}", "n"),
            // Text is something, also where it is empty.
            ("{{#blank}}y{{/blank}}", "y"),
            ("{{#words}}<{{.}}>{{/words}}", "<a><b>"), ("{{words}}", "a, b"),
            ("{{#rows}}{{k}}{{n}} {{/rows}}", "x7 y8 "), ("{{inner.k}}{{inner.none}}{{none.k}}", "z"),
            ("{{#inner}}{{k}}{{x}}{{/inner}}", "z1 &lt; 2"),
            ("{ {} }} {{{x}}} }", "{ {} }} 1 < 2 }"),
        ])
    func filled(template: String, text: String) {
        let values: [String: any TemplateValue] = [
            "x": "1 < 2", "n": 7, "yes": true, "no": false, "blank": "", "words": ["a", "b"],
            "empty": [String](), "inner": ["k": "z"] as [String: any TemplateValue],
            "rows": [["k": "x"], ["k": "y", "n": 8]] as [[String: any TemplateValue]],
        ]
        #expect(HTMLTemplate(template).render(values) == text)
    }

    @Test("a line with nothing but the tag of a section is left out, other lines stay as they are")
    func lines() {
        let text = "a\n  {{#yes}} \nb\n{{/yes}}\nc {{#yes}}\nd\n{{/yes}} e\n{{x}}\n{{#yes}}\nf\n{{/yes}}"
        #expect(HTMLTemplate(text).render(["yes": true, "x": ""]) == "a\nb\nc \nd\n e\n\nf\n")
    }

    @Test("characters of HTML are escaped, whatever follows them")
    func escaping() {
        let values: [String: any TemplateValue] = ["x": "<b a='1' c=\"2\">&amp;</b>\u{301}é"]
        #expect(
            HTMLTemplate("{{x}}").render(values)
                == "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;&lt;/b&gt;\u{301}é")
        #expect(HTMLTemplate("{{x}}").render(["x": "<\u{301}script"]).utf8.first == UInt8(ascii: "&"))
    }
}
