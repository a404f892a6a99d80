import Testing

@testable import Publishing

@Suite struct TrimmingTests {
  @Test func rulesLoseCommentsAndIndentation() {
    #expect(trimmedRules("a {\n  color: red; /* why\n not */\n\n}\n") == "a {\ncolor: red;  \n}\n")
    // Between two names a comment is a space.
    #expect(trimmedRules("a/**/b{}") == "a b{}\n")
    #expect(trimmedRules("a/* never closed") == "a \n")
  }

  @Test func textsInRulesStay() {
    #expect(trimmedRules("a::after { content: \"/* \\\" */\"; }") == "a::after { content: \"/* \\\" */\"; }\n")
    #expect(trimmedRules("a { background: url('x/*y*/') }") == "a { background: url('x/*y*/') }\n")
  }

  @Test func scriptsLoseLinesOfComments() {
    #expect(
      trimmedScript("// Why.\nvar a = 1; // here\n  // not\n\n  f(\"// x\");\n") == "var a = 1; // here\nf(\"// x\");\n"
    )
  }

  @Test func scriptsWithTextsOverLinesStay() {
    for script in ["var a = `\n  // x\n`;\n", "var a = \"x\\\n  // y\";\n"] { #expect(trimmedScript(script) == script) }
  }
}
