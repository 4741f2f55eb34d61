/// What the demo's teams call their things.
enum FleetNames {
  /// Namespace id, shown name, what it is for, and its share of the services in percent; `public` comes first.
  static let namespaces: [(id: String, name: String, about: String, share: Int)] = [
    ("public", "public", "default namespace", 46), ("risk", "risk", "fraud and limits", 7),
    ("search", "search", "search and suggestions", 4), ("order-gray", "order-gray", "gray releases of orders", 3),
    ("pay", "payments", "payment channels", 8), ("lgs", "logistics", "warehouses and routes", 6),
    ("dp", "data-platform", "pipelines", 9), ("mkt", "marketing", "campaigns", 4),
    ("stg", "staging-mirror", "a copy of production", 6), ("kaifa", "开发环境", "development", 3),
    ("ops", "operations", "tools of the operators", 2), ("partner", "partner-api", "what partners call", 2),
    ("dev-chen", "dev-chen", "", 0), ("dev-wang", "dev-wang", "", 0),
  ]

  static let domains = [
    "account", "address", "ads", "audit", "basket", "billing", "brand", "catalog", "cashier", "chat", "claim", "coupon",
    "courier", "crm", "customs", "delivery", "device", "discount", "dispatch", "export", "feed", "fraud", "geo", "gift",
    "identity", "image", "import", "insurance", "invoice", "item", "ledger", "limit", "loan", "login", "loyalty", "mail",
    "match", "media", "member", "merchant", "notice", "offer", "packing", "partner", "payout", "picking", "point", "price",
    "profile", "promotion", "quota", "rank", "rating", "refund", "region", "report", "review", "route", "sales", "seller",
    "session", "settle", "shelf", "shop", "sms", "stock", "store", "survey", "tag", "tax", "ticket", "token", "trade",
    "transfer", "user", "vendor", "video", "voucher", "wallet", "warehouse", "wish", "zone",
  ]

  static let roles = [
    "core", "api", "query", "batch", "worker", "gateway", "sync", "admin", "cache", "index", "job", "writer", "reader",
    "facade", "stream", "proxy",
  ]

  static let groups = ["DEFAULT_GROUP", "DEFAULT_GROUP", "DEFAULT_GROUP", "PAY", "PROMO", "RISK", "EDGE"]
  static let zones = ["a", "b", "c"]
  static let versions = ["1.8.3", "1.8.4", "2.0.1", "2.1.0", "2.3.7", "3.0.0-rc2"]
  static let agents = [
    "Nacos-Java-Client:v1.4.8", "Nacos-Java-Client:v1.4.2", "Nacos-Java-Client:v1.4.1", "Nacos-Go-Client:v1.0.9",
    "Nacos-CSharp-Client:v0.9.1",
  ]
  static let apps = [
    "pay-web", "checkout", "gateway", "app-bff", "h5-bff", "ops-portal", "scheduler", "legacy-job", "report-job", "search-web",
  ]
  static let operators = ["li.w", "zhao", "admin", "chen.y"]
}
