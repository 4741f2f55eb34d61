/// What stock servers answered to the calls that a session makes, as recorded.
enum StockRecording: String, CaseIterable, Sendable {
  case one = "1.4.8"
  case two = "2.5.1"

  /// By `StockRecording.key`.
  var pages: [String: (status: Int, body: String)] { self == .one ? Self.pagesOfOne : Self.pagesOfTwo }

  static func key(_ path: String, service: String = "", cluster: String = "", withInstances: Bool = false) -> String {
    [path, service, cluster].joined(separator: "|") + (withInstances ? "|withInstances" : "")
  }

  private static let pagesOfOne: [String: (status: Int, body: String)] = [
    "/v1/console/server/state||": (
      200,
      #"{"version":"1.4.8","standalone_mode":"standalone","function_mode":null}"#
    ),
    "/v1/console/namespaces||": (
      200,
      #"{"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","quota":200,"configCount":0,"type":0},{"namespace":"kaifa","namespaceShowName":"开发","quota":200,"configCount":0,"type":2},{"namespace":"staging","namespaceShowName":"staging","quota":200,"configCount":0,"type":2}]}"#
    ),
    "/v1/ns/catalog/services||": (
      200,
      #"{"serviceList":[{"name":"orders","groupName":"DEFAULT_GROUP","clusterCount":2,"ipCount":3,"healthyInstanceCount":3,"triggerFlag":"false"},{"name":"empty","groupName":"pay","clusterCount":0,"ipCount":0,"healthyInstanceCount":0,"triggerFlag":"false"},{"name":"ledger","groupName":"pay","clusterCount":1,"ipCount":2,"healthyInstanceCount":2,"triggerFlag":"false"}],"count":3}"#
    ),
    "/v1/ns/catalog/services|||withInstances": (
      200,
      #"[{"serviceName":"orders","groupName":"DEFAULT_GROUP","clusterMap":{"hz":{"hosts":[{"valid":true,"metadata":{"version":"1.4.0","zone":"a"},"port":8080,"ip":"10.20.0.1","weight":1.0,"enabled":true},{"valid":true,"metadata":{"version":"1.4.1","zone":"b"},"port":8080,"ip":"10.20.0.2","weight":2.5,"enabled":true}]},"sh":{"hosts":[{"valid":true,"metadata":{},"port":8080,"ip":"10.20.0.3","weight":1.0,"enabled":false}]}},"metadata":{}},{"serviceName":"empty","groupName":"pay","clusterMap":{},"metadata":{"owner":"team-pay"}},{"serviceName":"ledger","groupName":"pay","clusterMap":{"DEFAULT":{"hosts":[{"valid":true,"metadata":{},"port":1,"ip":"127.0.0.1","weight":1.0,"enabled":true},{"valid":true,"metadata":{},"port":3306,"ip":"10.20.1.1","weight":1.0,"enabled":true}]}},"metadata":{}}]"#
    ),
    "/v1/ns/catalog/service|orders|": (
      200,
      #"{"service":{"name":"orders","protectThreshold":0.0,"groupName":"DEFAULT_GROUP","selector":{"type":"none"},"metadata":{}},"clusters":[{"serviceName":"DEFAULT_GROUP@@orders","name":"hz","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{},"sitegroup":"","defCkport":80,"empty":false,"defIPPort":80},{"serviceName":"DEFAULT_GROUP@@orders","name":"sh","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{},"sitegroup":"","defCkport":80,"empty":false,"defIPPort":80}]}"#
    ),
    "/v1/ns/catalog/instances|orders|hz": (
      200,
      #"{"list":[{"instanceId":"10.20.0.1#8080#hz#DEFAULT_GROUP@@orders","ip":"10.20.0.1","port":8080,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"hz","serviceName":"DEFAULT_GROUP@@orders","metadata":{"version":"1.4.0","zone":"a"},"lastBeat":1795400795499,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000},{"instanceId":"10.20.0.2#8080#hz#DEFAULT_GROUP@@orders","ip":"10.20.0.2","port":8080,"weight":2.5,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"hz","serviceName":"DEFAULT_GROUP@@orders","metadata":{"version":"1.4.1","zone":"b"},"lastBeat":1795400796234,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000}],"count":2}"#
    ),
    "/v1/ns/catalog/instances|orders|sh": (
      200,
      #"{"list":[{"instanceId":"10.20.0.3#8080#sh#DEFAULT_GROUP@@orders","ip":"10.20.0.3","port":8080,"weight":1.0,"healthy":true,"enabled":false,"ephemeral":true,"clusterName":"sh","serviceName":"DEFAULT_GROUP@@orders","metadata":{},"lastBeat":1795400796952,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceIdGenerator":"simple","instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000}],"count":1}"#
    ),
    "/v1/ns/service/subscribers|orders|": (
      200,
      #"{"subscribers":[{"addrStr":"127.0.0.1:46577","agent":"Nacos-Java-Client:v1.4.8","app":"shop","ip":"127.0.0.1","namespaceId":"public","serviceName":"DEFAULT_GROUP@@orders"}],"count":1}"#
    ),
    "/v1/ns/catalog/service|ledger|": (
      200,
      #"{"service":{"name":"ledger","protectThreshold":0.0,"groupName":"pay","selector":{"type":"none"},"metadata":{}},"clusters":[{"serviceName":"pay@@ledger","name":"DEFAULT","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{},"sitegroup":"","defCkport":80,"empty":false,"defIPPort":80}]}"#
    ),
    "/v1/ns/catalog/instances|ledger|DEFAULT": (
      200,
      #"{"list":[{"instanceId":"127.0.0.1#1#DEFAULT#pay@@ledger","ip":"127.0.0.1","port":1,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":false,"clusterName":"DEFAULT","serviceName":"pay@@ledger","metadata":{},"lastBeat":1795400798545,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceIdGenerator":"simple","instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000},{"instanceId":"10.20.1.1#3306#DEFAULT#pay@@ledger","ip":"10.20.1.1","port":3306,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":false,"clusterName":"DEFAULT","serviceName":"pay@@ledger","metadata":{},"lastBeat":1795400797660,"marked":false,"app":"DEFAULT","instanceHeartBeatInterval":5000,"instanceIdGenerator":"simple","instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000}],"count":2}"#
    ),
    "/v1/ns/catalog/service|empty|": (
      200,
      #"{"service":{"name":"empty","protectThreshold":0.5,"groupName":"pay","selector":{"type":"none"},"metadata":{"owner":"team-pay"}},"clusters":[]}"#
    ),
    "/v1/ns/operator/switches||": (
      200,
      #"{"masters":null,"adWeightMap":{},"defaultPushCacheMillis":10000,"clientBeatInterval":5000,"defaultCacheMillis":3000,"distroThreshold":0.7,"healthCheckEnabled":true,"autoChangeHealthCheckEnabled":true,"distroEnabled":true,"enableStandalone":true,"pushEnabled":true,"checkTimes":3,"httpHealthParams":{"max":5000,"min":500,"factor":0.85},"tcpHealthParams":{"max":5000,"min":1000,"factor":0.75},"mysqlHealthParams":{"max":3000,"min":2000,"factor":0.65},"incrementalList":[],"serverStatusSynchronizationPeriodMillis":2000,"serviceStatusSynchronizationPeriodMillis":5000,"disableAddIP":false,"sendBeatOnly":false,"lightBeatEnabled":true,"limitedUrlMap":{},"distroServerExpiredMillis":10000,"pushGoVersion":"0.1.0","pushJavaVersion":"0.1.0","pushPythonVersion":"0.4.3","pushCVersion":"1.0.12","pushCSharpVersion":"0.9.0","enableAuthentication":false,"overriddenServerStatus":null,"defaultInstanceEphemeral":true,"healthCheckWhiteList":[],"name":"00-00---000-NACOS_SWITCH_DOMAIN-000---00-00","checksum":null}"#
    ),
  ]

  private static let pagesOfTwo: [String: (status: Int, body: String)] = [
    "/v1/console/server/state||": (
      200,
      #"{"defaultMaxSize":"102400","auth_system_type":"nacos","auth_enabled":"false","defaultMaxAggrSize":"1024","maxHealthCheckFailCount":"12","maxContent":"10485760","console_ui_enabled":"true","defaultMaxAggrCount":"10000","defaultGroupQuota":"200","config_retention_days":"30","auth_admin_request":"false","startup_mode":"standalone","isHealthCheck":"true","version":"2.5.1","function_mode":null,"isManageCapacity":"true","isCapacityLimitCheck":"false","datasource_platform":"","notifyConnectTimeout":"100","server_port":"8851","notifySocketTimeout":"200","defaultClusterQuota":"100000","plugin_datasource_log_enabled":"false","login_page_enabled":"false"}"#
    ),
    "/v1/console/namespaces||": (
      200,
      #"{"code":200,"message":null,"data":[{"namespace":"","namespaceShowName":"public","namespaceDesc":"Default Namespace","quota":200,"configCount":0,"type":0},{"namespace":"kaifa","namespaceShowName":"开发","namespaceDesc":"开发环境","quota":200,"configCount":0,"type":2},{"namespace":"staging","namespaceShowName":"staging","namespaceDesc":"before production","quota":200,"configCount":0,"type":2}]}"#
    ),
    "/v1/ns/catalog/services||": (
      200,
      #"{"count":3,"serviceList":[{"name":"ledger","groupName":"pay","clusterCount":1,"ipCount":2,"healthyInstanceCount":2,"triggerFlag":"false"},{"name":"orders","groupName":"DEFAULT_GROUP","clusterCount":2,"ipCount":4,"healthyInstanceCount":4,"triggerFlag":"false"},{"name":"empty","groupName":"pay","clusterCount":0,"ipCount":0,"healthyInstanceCount":0,"triggerFlag":"false"}]}"#
    ),
    "/v1/ns/catalog/services|||withInstances": (
      200,
      #"[{"namespace":null,"serviceName":"ledger","groupName":"pay","clusterMap":{"DEFAULT":{"clusterName":null,"healthChecker":null,"metadata":null,"hosts":[{"valid":true,"metadata":{},"port":1,"ip":"127.0.0.1","weight":1.0,"enabled":true},{"valid":true,"metadata":{},"port":3306,"ip":"10.20.1.1","weight":1.0,"enabled":true}]}},"metadata":{},"protectThreshold":0.0,"selector":null,"ephemeral":null},{"namespace":null,"serviceName":"orders","groupName":"DEFAULT_GROUP","clusterMap":{"sh":{"clusterName":null,"healthChecker":null,"metadata":null,"hosts":[{"valid":true,"metadata":{},"port":8080,"ip":"10.20.0.3","weight":1.0,"enabled":false}]},"hz":{"clusterName":null,"healthChecker":null,"metadata":null,"hosts":[{"valid":true,"metadata":{"version":"1.4.0","zone":"a"},"port":8080,"ip":"10.20.0.1","weight":1.0,"enabled":true},{"valid":true,"metadata":{"version":"1.4.1","zone":"b"},"port":8080,"ip":"10.20.0.2","weight":2.5,"enabled":true},{"valid":true,"metadata":{"from":"grpc"},"port":9000,"ip":"10.20.5.5","weight":1.0,"enabled":true}]}},"metadata":{},"protectThreshold":0.0,"selector":null,"ephemeral":null},{"namespace":null,"serviceName":"empty","groupName":"pay","clusterMap":{},"metadata":{"owner":"team-pay"},"protectThreshold":0.0,"selector":null,"ephemeral":null}]"#
    ),
    "/v1/ns/catalog/service|orders|": (
      200,
      #"{"service":{"name":"orders","groupName":"DEFAULT_GROUP","protectThreshold":0.0,"selector":{"type":"none","contextType":"NONE"},"metadata":{}},"clusters":[{"serviceName":"DEFAULT_GROUP@@orders","name":"hz","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{}},{"serviceName":"DEFAULT_GROUP@@orders","name":"sh","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{}}]}"#
    ),
    "/v1/ns/catalog/instances|orders|hz": (
      200,
      #"{"list":[{"instanceId":"10.20.0.1#8080#hz#DEFAULT_GROUP@@orders","ip":"10.20.0.1","port":8080,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"hz","serviceName":"DEFAULT_GROUP@@orders","metadata":{"version":"1.4.0","zone":"a"},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000},{"instanceId":"10.20.0.2#8080#hz#DEFAULT_GROUP@@orders","ip":"10.20.0.2","port":8080,"weight":2.5,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"hz","serviceName":"DEFAULT_GROUP@@orders","metadata":{"version":"1.4.1","zone":"b"},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000},{"instanceId":"10.20.5.5#9000#hz#DEFAULT_GROUP@@orders","ip":"10.20.5.5","port":9000,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"hz","serviceName":"DEFAULT_GROUP@@orders","metadata":{"from":"grpc"},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000}],"count":3}"#
    ),
    "/v1/ns/catalog/instances|orders|sh": (
      200,
      #"{"list":[{"instanceId":"10.20.0.3#8080#sh#DEFAULT_GROUP@@orders","ip":"10.20.0.3","port":8080,"weight":1.0,"healthy":true,"enabled":false,"ephemeral":true,"clusterName":"sh","serviceName":"DEFAULT_GROUP@@orders","metadata":{},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"}],"count":1}"#
    ),
    "/v1/ns/service/subscribers|orders|": (
      200,
      #"{"subscribers":[{"addrStr":"192.0.2.2","agent":"Nacos-Python-Client:v2.0.0","app":"-","ip":"192.0.2.2","port":0,"namespaceId":"public","serviceName":"DEFAULT_GROUP@@orders","cluster":""}],"count":1}"#
    ),
    "/v1/ns/catalog/service|ledger|": (
      200,
      #"{"service":{"name":"ledger","groupName":"pay","protectThreshold":0.0,"selector":{"type":"none","contextType":"NONE"},"metadata":{}},"clusters":[{"serviceName":"pay@@ledger","name":"DEFAULT","healthChecker":{"type":"TCP"},"defaultPort":80,"defaultCheckPort":80,"useIPPort4Check":true,"metadata":{}}]}"#
    ),
    "/v1/ns/catalog/instances|ledger|DEFAULT": (
      200,
      #"{"list":[{"instanceId":"127.0.0.1#1#DEFAULT#pay@@ledger","ip":"127.0.0.1","port":1,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":false,"clusterName":"DEFAULT","serviceName":"pay@@ledger","metadata":{},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"},{"instanceId":"10.20.1.1#3306#DEFAULT#pay@@ledger","ip":"10.20.1.1","port":3306,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":false,"clusterName":"DEFAULT","serviceName":"pay@@ledger","metadata":{},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000,"instanceIdGenerator":"simple"}],"count":2}"#
    ),
    "/v1/ns/catalog/service|empty|": (
      200,
      #"{"service":{"name":"empty","groupName":"pay","protectThreshold":0.5,"selector":{"type":"none","contextType":"NONE"},"metadata":{"owner":"team-pay"}},"clusters":[]}"#
    ),
    "/v1/ns/operator/switches||": (
      200,
      #"{"masters":null,"adWeightMap":{},"defaultPushCacheMillis":10000,"clientBeatInterval":5000,"defaultCacheMillis":3000,"distroThreshold":0.7,"healthCheckEnabled":true,"autoChangeHealthCheckEnabled":true,"distroEnabled":true,"enableStandalone":true,"pushEnabled":true,"checkTimes":3,"httpHealthParams":{"max":5000,"min":500,"factor":0.85},"tcpHealthParams":{"max":5000,"min":1000,"factor":0.75},"mysqlHealthParams":{"max":3000,"min":2000,"factor":0.65},"incrementalList":[],"serverStatusSynchronizationPeriodMillis":2000,"serviceStatusSynchronizationPeriodMillis":5000,"disableAddIP":false,"sendBeatOnly":false,"lightBeatEnabled":true,"limitedUrlMap":{},"distroServerExpiredMillis":10000,"pushGoVersion":"0.1.0","pushJavaVersion":"0.1.0","pushPythonVersion":"0.4.3","pushCVersion":"1.0.12","pushCSharpVersion":"0.9.0","enableAuthentication":false,"overriddenServerStatus":null,"defaultInstanceEphemeral":true,"healthCheckWhiteList":[],"name":"00-00---000-NACOS_SWITCH_DOMAIN-000---00-00","checksum":null}"#
    ),
  ]
}
