import Testing

@testable import NacosWire

@Suite("Forms with files")
struct MultipartFormTests {
  private static let type = "multipart/form-data; boundary=----XyZ"

  private func read(_ lines: String..., type: String = type) -> MultipartForm? {
    MultipartForm(Array(lines.joined(separator: "\r\n").utf8), contentType: type)
  }

  @Test("fields and files, as browsers send them")
  func known() throws {
    let form = try #require(
      read(
        "------XyZ", #"Content-Disposition: form-data; name="policy""#, "", "SKIP", "------XyZ",
        #"content-disposition: form-data; name="file"; filename="a.zip""#, "Content-Type: application/zip", "", "PK\r\n--no",
        "------XyZ--", ""))
    #expect(form.field("policy") == "SKIP" && form.file("file") == Array("PK\r\n--no".utf8))
    #expect(form.field("file") == nil && form.file("policy") == nil && form.file("other") == nil)
    #expect(read("------XyZ--")?.parts.isEmpty == true)
    #expect(
      read("--x", "Content-Disposition: form-data; name=a", "", "", "--x--", type: "Multipart/Form-Data; boundary=\"x\"")?
        .field("a") == "")
  }

  @Test(
    "what is none is refused",
    arguments: [
      "", "------XyZ", "------XyZ\r\n", "------XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nunended",
      "------XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n------XyZ--", "------XyZ\r\nno head\r\n------XyZ--", "--other--",
      "------XyZ\r\n------XyZ--",
    ])
  func hostile(text: String) {
    #expect(MultipartForm(Array(text.utf8), contentType: Self.type) == nil)
  }

  @Test("nor is another type one")
  func types() {
    for type in ["", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=----XyZ"] {
      #expect(read("------XyZ--", type: type) == nil)
    }
  }
}
