import Testing

@testable import Console

@Suite struct ActingScreensTests {
  @Test func deregisterAt100x30() {
    var person = Operator(rows: 30, columns: 100)
    person.press("1 Enter Space j Space Ctrl-D")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:public                                                   LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > public > Services > order-core                                     sort HEALTH  selected 2
      +- order-core  public ----------------------------------------------------- persistent, TCP probe -+
      | x BROKEN  up 0/12  off 4  SEEN 8*  PROTECTED (0/12 <= 0.00)  since 02:14:19 (6m)  22 subscribers |
      | last change 10s: mark by li.w                                 30m #######################xxxxxxx |
      | protect at 0.00  overridden 4  notes 1                                                           |
      +--------------------------------------------------------------------------------------------------+
      +- Instances --------------------------------------------------------------------------------- 12 -+
      |     IP            PORT  HEALTH^ ON  WEIGHT  SHARE DOWN FOR PROBE    OVERRIDE NOTE         VERSION|
      | []x&10.8.3.14     8080  DOWN    on    1.00  12.5%       6m -        -        switch port~ 1.8.4  |
      |   x+- Deregister 2 instances? --------------------------------------------- 127.0.0.1:8848 -+.4  |
      | []x| TARGET                     NOW            AFTER          NOTE                          |.4  |
      |>  x| 10.8.3.14:8080             DOWN on w1.00  gone           stays gone unt~egisters again |.4  |
      |   x| 10.8.3.16:8080             DOWN on w1.00  gone           stays gone unt~egisters again |.3  |
      |   x| order-core  up 0/12 -> 0/10   SEEN 8* -> 6*   22 subscribers are told                  |.3  |
      |   x|                                                                                        |.3  |
      |   x|                                                                                        |.3  |
      |   o| Reason                                                                                 |.4  |
      |   o|  >[ Cancel ]    ( Deregister 2 )                                                       |.4  |
      |   o+----------------------------------------------------------------------------------------+.4  |
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

  @Test func deregisterAt40x10() {
    var person = Operator(rows: 10, columns: 40)
    person.press("1 Enter Space j Space Ctrl-D")
    expectScreen(
      person,
      #"""
      +- Deregister 2 instances? ------------+
      | TARGET             AFTER             |
      | 10.8.3.14:8080     gone              |
      | 10.8.3.16:8080     gone              |
      | up 0/12->0/10 SEEN 8*->6* (22 subs)  |
      |                                      |
      |                                      |
      | Reason                               |
      |  >[ Cancel ]    ( Deregister 2 )     |
      +--------------------------------------+
      """#)
  }

  @Test func weightAt80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.openInstances(of: "cart")
    person.press("w")
    person.type("0.2")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > Services > cart                                            sort HEALTH
      +- cart  public ----------------------------------------- ephemeral, by beats -+
      |   ok  up 4/4  SEEN 4                                          19 subscribers |
      | last change 11h: register x4 by client    30m ############################## |
      | protect at 0.00                                                              |
      +- Weight of 10.8.1.30:8080 -------------------------------- nothing sent yet -+
      | weight  0.2          now 1.00, the client says 1.00                          |
      |   INSTANCE               WEIGHT             SHARE                            |
      | * 10.8.1.30:8080        1.00 -> 0.20      25% -> 6.3%    #....               |
      |   10.8.1.31:8080        1.00              25% -> 31.3%   ######              |
      |   10.8.1.32:8080        1.00              25% -> 31.3%   ######              |
      |   10.8.1.33:8080        1.00              25% -> 31.3%   ######              |
      |                                                                              |
      | up 4/4   19 subscribers are told                                             |
      |                                                                              |
      | <+ ->0.1 <F7 F8>1 <0-9>type <25%>by share <=>as registered <Enter>apply <Es~ |
      +------------------------------------------------------------------------------+
       10.8.1.30:8080         healthy since 15:13:51 (11h06m)   ephemeral, unhealthy~
       no override, no note
       version=1.8.3 zone=a

       <Enter>open <o>on/off <w>weight <M>note <Ctrl-D>deregister <X>explain <?>
      """#)
  }

  @Test func linkLostAt80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("0")
    person.loseLink()
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all    STALE 47s  retry 3 in 4s  (r: now)  02:21:18
       LINK LOST 47s ago  (02:20:31)  10.8.0.11:8848 connection refused  below is OLD
       Pulse > Services                                                    sort STATE
      +- Services -----------------------------------------------------  1-15 of 17 -+
      |     STATE^  NS     SERVICE          UP/ALL  SEEN  SUBS   SINCE LAST CHANGE   |
      |>  x&BROKEN  public order-core         0/12    8*    22      6m  50s mark     |
      |   x BROKEN  public pay-gateway         0/4    4*     6      6m   6m down x4  |
      |   x GONE    risk   rule-engine       was 3     0     3      1m   1m expired ~|
      |   # PROTECT public inventory         13/22   22*    31      6m   6m down x9  |
      |   # PROTECT public price               2/6    6*     0      6m   6m down x4  |
      |   ! DEGRAD  public user-profile      38/40    38     0      2m   2m down x2  |
      |   ! DEGRAD  search suggest             7/8     7     0      1m   1m down     |
      |     ok      public address             4/4     4     0       -   8h register~|
      |     ok      public cart                4/4     4    19       -  11h register~|
      |     ok      public coupon              5/5     5     0       -   8h register~|
      |     ok      public delivery            6/6     6     0       -   8h register~|
      |     ok      public fraud-score         7/7     7     0       -   8h register~|
      |     ok      public geo                 8/8     8     0       -   8h register~|
      |     ok      public mail                9/9     9     0       -   8h register~|
      |     ok      public notify            10/10    10     0       -   8h register~|
      +------------------------------------------------------------------------------+
       order-core: none of 8 enabled healthy, yet 22 subscribers are told of 8 (0/12~

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <?>
      """#)
  }
}
