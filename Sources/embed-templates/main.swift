// Writes the built-in templates into a Swift source file, so that the program is one file to install.
// Arguments: the folder of templates, the file to write.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("embed-templates FOLDER FILE")
  exit(2)
}
let folder = URL(fileURLWithPath: arguments[1]).resolvingSymlinksInPath()
var files: [(path: String, text: String)] = []
let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
while let url = walker?.nextObject() as? URL {
  guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else { continue }
  let path = String(url.resolvingSymlinksInPath().path.dropFirst(folder.path.count + 1))
  guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
  files.append((path, try String(contentsOf: url, encoding: .utf8)))
}
files.sort { $0.path < $1.path }

// A raw literal fenced by more # than any run in the text holds every text unchanged.
func literal(_ text: String) -> String {
  var longest = 0
  var run = 0
  for character in text.utf8 {
    run = character == UInt8(ascii: "#") ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "#", count: longest + 1)
  return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

var source = "/// The built-in templates by path below `templates/`, in the order of their paths.\n"
source += "let embeddedTemplates: [(path: String, text: String)] = [\n"
for file in files {
  source += "  (\(literal(file.path).replacingOccurrences(of: "\n", with: "\n")), \(literal(file.text))),\n"
}
source += "]\n"
try source.write(to: URL(fileURLWithPath: arguments[2]), atomically: true, encoding: .utf8)
