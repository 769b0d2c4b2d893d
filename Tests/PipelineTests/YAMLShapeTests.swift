import Testing

@testable import Pipeline

@Test(
    "keys that are lists, and deep brackets, are refused before the YAML library compares them",
    arguments: [
        ("case: A\n? - - - b\n: c\n", 2), ("? a", 1), ("case: A\r\n- - ?\n", 2), ("a: 1\u{85}? b\n", 1),
        ("case: [[[[[[[[[a]]]]]]]]]\n", 1), ("a:\n  - {b: [\n[{[[[[[1]]]]]}]]}\n", 3),
    ])
func yamlShape(text: String, line: Int) {
    #expect(YAMLShape.fault(Array(text.utf8))?.line == line)
}

@Test(
    "what case files hold is let through",
    arguments: [
        "", "case: what?\n", "case: A # why ?\npriorTherapies: [a, b]\n", "a: {b: [1, 2]}\n", "a: x?y\n-?b\n",
    ])
func plainYAML(text: String) {
    #expect(YAMLShape.fault(Array(text.utf8)) == nil)
}
