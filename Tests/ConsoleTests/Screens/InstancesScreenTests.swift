import Testing

@testable import Console

@Suite struct InstancesScreenTests {
  @Test func at100x30() {
    var person = Operator(rows: 30, columns: 100)
    person.press("1 Enter")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:public                                                   LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > public > Services > order-core                                                 sort HEALTH
      +- order-core  public ----------------------------------------------------- persistent, TCP probe -+
      | x BROKEN  up 0/12  off 4  SEEN 8*  PROTECTED (0/12 <= 0.00)  since 02:14:19 (6m)  22 subscribers |
      | last change 10s: mark by li.w                                 30m #######################xxxxxxx |
      | protect at 0.00  overridden 4  notes 1                                                           |
      +--------------------------------------------------------------------------------------------------+
      +- Instances --------------------------------------------------------------------------------- 12 -+
      |     IP            PORT  HEALTH^ ON  WEIGHT  SHARE DOWN FOR PROBE    OVERRIDE NOTE         VERSION|
      |>  x&10.8.3.14     8080  DOWN    on    1.00  12.5%       6m -        -        switch port~ 1.8.4  |
      |   x 10.8.3.15     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.4  |
      |   x 10.8.3.16     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.4  |
      |   x 10.8.3.17     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.4  |
      |   x 10.8.3.30     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.3  |
      |   x 10.8.3.31     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.3  |
      |   x 10.8.3.32     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.3  |
      |   x 10.8.3.33     8080  DOWN    on    1.00  12.5%       6m -        -                     1.8.3  |
      |   o 10.8.3.18     8080  DOWN    OFF   1.00     0%       6m -        li.w 10s              1.8.4  |
      |   o 10.8.3.19     8080  DOWN    OFF   1.00     0%       6m -        li.w 10s              1.8.4  |
      |   o 10.8.3.20     8080  DOWN    OFF   1.00     0%       6m -        li.w 10s              1.8.4  |
      |   o 10.8.3.21     8080  DOWN    OFF   1.00     0%       6m -        li.w 10s              1.8.4  |
      |                                                                                                  |
      |                                                                                                  |
      +--------------------------------------------------------------------------------------------------+
       10.8.3.14:8080         unhealthy since 02:14:19 (6m)   persistent: probed
       note switch port 7 dead, ask net  (li.w 10s ago)
       version=1.8.4 zone=b

       <Enter>open <o>on/off <w>weight <M>note <Ctrl-D>deregister <X>explain <s>subs <p>push <?>
      """#)
  }

  @Test func at80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("1 Enter")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:public                               LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > public > Services > order-core                             sort HEALTH
      +- order-core  public --------------------------------- persistent, TCP probe -+
      | x BROKEN  up 0/12  off 4  SEEN 8*  since 02:14:19 (6m)                       |
      | last change 10s: mark by li.w             30m #######################xxxxxxx |
      | protect at 0.00  overridden 4  notes 1                                       |
      +------------------------------------------------------------------------------+
      +- Instances ------------------------------------------------------ 1-8 of 12 -+
      |     IP                 PORT  HEALTH^ ON    WEIGHT DOWN FOR PROBE     OVERRIDE|
      |>  x&10.8.3.14          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.15          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.16          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.17          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.30          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.31          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.32          8080  DOWN    on      1.00       6m -         -       |
      |   x 10.8.3.33          8080  DOWN    on      1.00       6m -         -       |
      +------------------------------------------------------------------------------+
       10.8.3.14:8080         unhealthy since 02:14:19 (6m)   persistent: probed
       note switch port 7 dead, ask net  (li.w 10s ago)
       version=1.8.4 zone=b

       <Enter>open <o>on/off <w>weight <M>note <Ctrl-D>deregister <X>explain <?>
      """#)
  }

  @Test func at60x14() {
    var person = Operator(rows: 14, columns: 60)
    person.press("1 Enter")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:public           LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m
       x BROKEN  up 0/12  off 4  SEEN 8*  since 02:14:19 (6m)
           IP                  PORT  HEALTH^ ON    WEIGHT DOWN FOR
      >  x&10.8.3.14           8080  DOWN    on      1.00       6m
         x 10.8.3.15           8080  DOWN    on      1.00       6m
         x 10.8.3.16           8080  DOWN    on      1.00       6m
         x 10.8.3.17           8080  DOWN    on      1.00       6m
         x 10.8.3.30           8080  DOWN    on      1.00       6m
         x 10.8.3.31           8080  DOWN    on      1.00       6m
         x 10.8.3.32           8080  DOWN    on      1.00       6m
         x 10.8.3.33           8080  DOWN    on      1.00       6m
       > order-core                        sort HEALTH  1-8 of 12
       <Enter>open <o>on/off <w>weight <M>note <X>explain <?>
      """#)
  }

  @Test func at40x10() {
    var person = Operator(rows: 10, columns: 40)
    person.press("1 Enter")
    expectScreen(
      person,
      #"""
      ns:public order-core       LIVE 02:20:31
      2 BROKEN 1 GONE 2 PROTECT 2! 28 down 6m
           IP                PORT  HEALTH^ ON
      >  x&10.8.3.14         8080  DOWN    on
         x 10.8.3.15         8080  DOWN    on
         x 10.8.3.16         8080  DOWN    on
         x 10.8.3.17         8080  DOWN    on
         x 10.8.3.30         8080  DOWN    on
         x 10.8.3.31         8080  DOWN    on
      <Enter>open <o>on/off <w>weight <?>
      """#)
  }
}
