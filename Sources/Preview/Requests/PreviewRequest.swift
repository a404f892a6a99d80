/// A request as it came over the wire; nothing in it is believed yet.
package struct PreviewRequest: Sendable {
  /// As many headers as civetweb keeps.
  static let headerLimit = 64

  package var method: String
  /// As sent: not decoded, with its query.
  package var target: String
  package var headers: [(name: String, value: String)]
  /// The port it came in on.
  package var port: Int

  package init(_ method: String, _ target: String, headers: [(name: String, value: String)], port: Int) {
    self.method = method
    self.target = target
    self.headers = headers
    self.port = port
  }

  /// All values of a header, in the order sent; names are compared without case.
  func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name }.map(\.value)
  }

  /// The value of a header sent once; nil where it is missing or sent twice.
  func value(_ name: String) -> String? {
    let all = values(name)
    return all.count == 1 ? all[0] : nil
  }
}
