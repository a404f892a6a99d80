/// The media type of a file by the ending of its name. What is not known is offered for download, never guessed.
func contentType(of path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
  switch name[name.index(after: dot)...].lowercased() {
  case "html", "htm": return "text/html; charset=utf-8"
  case "css": return "text/css; charset=utf-8"
  case "js", "mjs": return "text/javascript; charset=utf-8"
  case "json", "map": return "application/json"
  case "webmanifest": return "application/manifest+json"
  case "csv": return "text/csv; charset=utf-8"
  case "txt", "md": return "text/plain; charset=utf-8"
  case "xml": return "application/xml"
  case "svg": return "image/svg+xml"
  case "png": return "image/png"
  case "jpg", "jpeg": return "image/jpeg"
  case "gif": return "image/gif"
  case "webp": return "image/webp"
  case "avif": return "image/avif"
  case "ico": return "image/x-icon"
  case "pdf": return "application/pdf"
  case "woff2": return "font/woff2"
  case "woff": return "font/woff"
  case "ttf": return "font/ttf"
  case "otf": return "font/otf"
  case "mp4": return "video/mp4"
  case "webm": return "video/webm"
  case "mp3": return "audio/mpeg"
  case "zip": return "application/zip"
  default: return "application/octet-stream"
  }
}
