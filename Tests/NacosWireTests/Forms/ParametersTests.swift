import RegistryModel
import Testing

@testable import NacosWire

@Suite struct ParametersTests {
  @Test func decodes() throws {
    try withParameters("a=1+2&b=%E8%BF%90%e7%bb%b4&c=a%20b%26c%3Dd&d&e=&=x&%66=g&h=i=j&&a=3") { parameters in
      #expect(parameters.value("a") == "1 2")
      #expect(parameters.value("b") == "运维")
      #expect(parameters.value("c") == "a b&c=d")
      #expect(parameters.value("d") == "")
      #expect(parameters.value("e") == "")
      #expect(parameters.value("f") == "g")
      #expect(parameters.value("h") == "i=j")
      #expect(parameters.value("zz") == nil)
      #expect(parameters.value("") == "x")
    }
  }

  /// Escapes are looked for eight bytes at a time: none may be missed, or seen where there is none, wherever it stands.
  @Test func findsAnEscapeWhereverItStands() throws {
    // Neighbours of the two bytes, bytes with the highest bit, and what a borrow between bytes could take for them.
    let fillers = ["$", "*", ",", "\u{80}", "\u{ff}", "\u{1}", "a"]
    for before in 0...17 {
      for after in 0...17 {
        let filler = fillers[(before * 18 + after) % fillers.count]
        let (start, end) = (String(repeating: filler, count: before), String(repeating: filler, count: after))
        try withParameters("a=\(start)%41\(end)&b=\(start)+\(end)&c=\(start)\(end)&\(start)%64=d") { parameters in
          #expect(parameters.value("a") == start + "A" + end)
          #expect(parameters.value("b") == start + " " + end)
          #expect(parameters.value("c") == start + end)
          if before == 0 { #expect(parameters.value("d") == "d") }
        }
      }
    }
  }

  @Test func mergesQueryAndForm() throws {
    try withParameters("a=query&b=2", form: "a=form&c=%7B%7D") { parameters in
      #expect(parameters.value("a") == "query")
      #expect(parameters.value("b") == "2")
      #expect(parameters.value("c") == "{}")
    }
  }

  /// R38: stray percent signs and bytes that are no UTF-8 end in names that are refused, never in a trap.
  @Test func repairsWhatCannotBeDecoded() throws {
    try withParameters("a=%ZZ&b=%C0%AF&c=%&d=%4&e=50%&f=%00&g=%ED%A0%80") { parameters in
      #expect(parameters.value("a") == "%ZZ")
      #expect(parameters.value("b") == "\u{fffd}\u{fffd}")
      #expect(parameters.value("c") == "%")
      #expect(parameters.value("d") == "%4")
      #expect(parameters.value("e") == "50%")
      #expect(parameters.value("f") == "\0")
      #expect(parameters.value("g")?.contains("\u{fffd}") == true)
    }
  }

  @Test func refusesAMillionParameters() throws {
    let many = String(repeating: "a=1&", count: 1_000_000)
    #expect(refusal(many) { _ in } == "400 caused: more than 1000 parameters;")
    let empty = String(repeating: "&", count: 1_000_000)
    #expect(try withParameters(empty + "b=1") { $0.value("b") } == "1")
    let limit = String(repeating: "a=1&", count: 999)
    #expect(throws: Refusal.self) { try withParameters(limit, form: "b=1&c=2") { _ in } }
    #expect(try withParameters(limit, form: "b=1") { $0.value("b") } == "1")
  }

  @Test func requiredAndOptional() throws {
    try withParameters("a=%20x%09&b=%20&c=") { parameters in
      same(try parameters.required("a"), "x")
      same(try parameters.required("b"), "")
      #expect(parameters.optional("b") == nil)
      #expect(parameters.optional("c", default: "d") == "d")
    }
    // Unescaped blanks and control characters, and escaped ones, at both ends and inside.
    try withParameters("a=\u{1} x y\t&b=+%00运 维%0a+&c=\t&d=%e8%bf ") { parameters in
      #expect(parameters.optional("a") == "x y")
      #expect(parameters.optional("b") == "运 维")
      #expect(parameters.optional("c") == nil)
      #expect(parameters.optional("d") == "\u{fffd}")
    }
    #expect(refusal("c=") { _ = try $0.required("c") } == "400 caused: Param 'c' is required.;")
    #expect(refusal("") { _ = try $0.required("port") } == "400 caused: Param 'port' is required.;")
  }

  @Test func numbersAndBooleans() throws {
    try withParameters("port=8080&weight=2.5&big=99999999999&word=abc&yes=Yes&one=1&t=T&true=TRUE") { parameters in
      same(try parameters.requiredInteger("port"), 8080)
      same(try parameters.optionalInteger("none", default: 7), 7)
      same(try parameters.optionalDouble("weight"), 2.5)
      same(try parameters.optionalDouble("none"), nil)
      same(try parameters.lenientInteger("word"), 0)
      #expect(parameters.lenientInteger("big", default: 5) == 0)
      #expect(parameters.optionalBoolean("yes") == true)
      #expect(parameters.optionalBoolean("t") == true)
      #expect(parameters.optionalBoolean("one") == false)
      #expect(parameters.optionalBoolean("none") == nil)
      #expect(parameters.isTrue("true") && !parameters.isTrue("yes") && !parameters.isTrue("none"))
    }
    #expect(refusal("p=abc") { _ = try $0.requiredInteger("p") } == "400 caused: For input string: \"abc\";")
    #expect(refusal("p=99999999999") { _ = try $0.requiredInteger("p") } == "400 caused: For input string: \"99999999999\";")
    #expect(refusal("w=heavy") { _ = try $0.optionalDouble("w") } == "400 caused: For input string: \"heavy\";")
  }

  @Test func arguments() throws {
    try withParameters("a=&n=%205&f=0.5&on=ON&off=0") { parameters in
      same(try parameters.argument("a"), "")
      #expect(parameters.argument("a", default: "d") == "d")
      same(try parameters.integerArgument("n"), 5)
      same(try parameters.floatArgument("f", default: 0), 0.5)
      same(try parameters.floatArgument("none", default: 0), 0)
      same(try parameters.booleanArgument("on"), true)
      same(try parameters.booleanArgument("off", default: true), false)
    }
    #expect(
      refusal("") { _ = try $0.argument("key") }
        == "400 caused: Required request parameter 'key' for method parameter type String is not present;")
    #expect(
      refusal("f=abc") { _ = try $0.floatArgument("f", default: 0) }
        == "400 caused: Failed to convert value of type 'java.lang.String' to required type 'float'; nested exception is "
        + "java.lang.NumberFormatException: For input string: \"abc\";caused: For input string: \"abc\";")
    #expect(
      refusal("pageNo=1") { _ = try $0.primitiveArgument("pageSize") }
        == "500 caused: Optional int parameter 'pageSize' is present but cannot be translated into a null value due to being "
        + "declared as a primitive type. Consider declaring it as object wrapper for the corresponding primitive type.;")
    #expect(refusal("b=maybe") { _ = try $0.booleanArgument("b") }?.hasPrefix("400 ") == true)
  }

  @Test(arguments: [
    ("serviceName=svc", "DEFAULT_GROUP@@svc"), ("serviceName=g1@@svc&groupName=g2", "g1@@svc"),
    ("serviceName=svc&groupName=g2", "g2@@svc"), ("dom=svc", "DEFAULT_GROUP@@svc"),
    ("serviceName=%20&dom=old", "DEFAULT_GROUP@@old"),
    ("serviceName=%20svc%20&groupName=%20", "DEFAULT_GROUP@@svc"), ("serviceName=@@svc", "@@svc"),
    ("serviceName=a%40%40b", "a@@b"),
    ("serviceName=a@b", "DEFAULT_GROUP@@a@b"), ("serviceName=", ""), ("serviceName=%20", ""),
  ])
  func groupsServiceNames(_ query: String, _ name: String) throws {
    #expect(try withParameters(query) { $0.groupedName } == name)
  }

  @Test func namesTheServiceAndNamespace() throws {
    #expect(try withParameters("groupName=g") { $0.groupedName } == nil)
    let key = try withParameters("serviceName=svc&namespaceId=dev") { try $0.requiredService() }
    #expect(key == ServiceKey(namespace: "dev", grouped: "DEFAULT_GROUP@@svc"))
    #expect(try withParameters("serviceName=svc&namespaceId=%20") { try $0.requiredService() }.namespace == "public")
  }

  @Test(arguments: [
    ("", "Param 'serviceName' is required."), ("serviceName=", "Param 'serviceName' is required."),
    ("serviceName=%20", "Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"),
    ("serviceName=g@@", "Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"),
    ("serviceName=@@", "Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"),
    ("serviceName=@@@@", "Param 'serviceName' is illegal, it should be format as 'groupName@@serviceName'"),
    ("serviceName=@@svc", "Param 'serviceName' is illegal, groupName can't be empty"),
  ])
  func refusesMalformedServiceNames(_ query: String, _ text: String) {
    #expect(refusal(query) { _ = try $0.requiredService() } == "400 caused: \(text);")
  }

  @Test func emptyNamesPassWhereNacosReadsThemAsArguments() throws {
    #expect(try withParameters("serviceName=") { try $0.serviceArgument() }.grouped == "")
    #expect(try withParameters("serviceName=@@s") { try $0.serviceArgument() }.grouped == "@@s")
    #expect(
      refusal("") { _ = try $0.serviceArgument() }
        == "400 caused: Required request parameter 'serviceName' for method parameter type String is not present;")
  }
}
