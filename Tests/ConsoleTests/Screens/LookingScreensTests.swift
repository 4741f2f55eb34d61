import Testing

@testable import Console

@Suite struct LookingScreensTests {
  @Test func eventsAt100x30() {
    var person = Operator(rows: 30, columns: 100)
    person.press("E")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                                      LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > Events                                                                      sort TIME desc
      +- Events, newest first -------------------------------------------------------------  1-17 of 49 -+
      |     TIMEv      SEV  WHO        WHAT             WHERE                          DETAIL            |
      |>  * 02:20:19   op   li.w       MARK             public/order-co~10.8.3.14:8080 switch port 7 dea~|
      |   * 02:20:13   op   li.w       OFFLINE x4       public/order-core x4           all in 10.8.3.0/24|
      |   x 02:19:40   ERR  server     HEALTH DOWN      search/suggest 10.8.8.1:8080                     |
      |   x 02:19:27   ERR  server     EXPIRED x3       risk/rule-engine x3            all in 10.8.9.0/24|
      |   x 02:18:20   ERR  server     HEALTH DOWN x2   public/user-profile x2         all in 10.8.7.0/24|
      |   x 02:14:19   ERR  probe      HEALTH DOWN x29  29 instances, 4 services       all in 10.8.3.0/24|
      |     02:13:50   -    client     REGISTER x8      public/order-core x8           version 1.8.4     |
      |   * 02:02:07   op   zhao       WEIGHT           public/price 10.8.6.3:8080     1.00 -> 0.20      |
      |     18:00:31   -    client     REGISTER x10     public/notify x10              version 1.8.3     |
      |     18:00:31   -    client     SERVICE NEW      public/notify                                    |
      |     18:00:31   -    client     REGISTER x9      public/mail x9                 version 1.8.3     |
      |     18:00:31   -    client     SERVICE NEW      public/mail                                      |
      |     18:00:31   -    client     REGISTER x8      public/geo x8                  version 1.8.3     |
      |     18:00:31   -    client     SERVICE NEW      public/geo                                       |
      |     18:00:31   -    client     REGISTER x7      public/fraud-score x7          version 1.8.3     |
      |     18:00:31   -    client     SERVICE NEW      public/fraud-score                               |
      |     18:00:31   -    client     REGISTER x6      public/delivery x6             version 1.8.3     |
      +--------------------------------------------------------------------------------------------------+
       ERR   .....................................................#.........:.::.  30m, 1 col = 26 s
       WARN  ....................................................................
       op    ..........................;........................................%
       info  ....................................................#...............
       li.w   revision 280

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <:>command <?>
      """#)
  }

  @Test func explainAt80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("X")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > why order-core
      +- Why order-core ------------------------------------------------ 1-17 of 40 -+
      |Verdict                                                                       |
      |  order-core: none of 8 enabled healthy, yet 22 subscribers are told of 8     |
      |    (0/12 <= PROT 0.00)                                                       |
      |  BROKEN since 2026-09-14 02:14:19  (6m ago)                                  |
      |                                                                              |
      |What happened then                                                            |
      |  02:14:19  probe  HEALTH DOWN x29                                            |
      |  8 registered 29s before it version 1.8.4: a deployment may be the cause     |
      |                                                                              |
      |What clients see                                                              |
      |  0 of 12 are healthy and enabled; clients are told of 8                      |
      |  protection is ON: 0/12 healthy is at or below the threshold 0.00            |
      |  so the answer calls all 8 enabled instances healthy, dead ones too          |
      |  a threshold of 0.00 protects exactly this case, none healthy: the comparison|
      |    is <=                                                                     |
      |                                                                              |
      |What operators set (it outlives a registration)                               |
      +------------------------------------------------------------------------------+

       <s>subs <p>push <:>command <?>
      """#)
  }

  @Test func subscribersAt100x30() {
    var person = Operator(rows: 30, columns: 100)
    person.press("s")
    person.answerSubscribers()
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                                      LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > Subscribers of order-core                                                      sort RESULT
       22 subscribe, 4 acknowledged the newest list, 1 acknowledged an older one only, 1 did not answer a~
       newest list: 8 healthy of 12 (protection: the dead are told of as well)
      +- Subscribers -------------------------------------------------------------------------------- 6 -+
      |     SUBSCRIBER            RESULT^         ACKED  TOLD LAST PUSH LOST APP      CLIENT       POLLED|
      |>  x 172.17.0.1:44041      NO ACK x14        259    12       10s   14 checkout Java-C~1.4.8   <10s|
      |   ! 172.17.0.2:44042      behind            278    12       10s    0 pay-web  Java-C~1.4.8   <10s|
      |     172.17.0.3:44043      ok 4.1ms          279    12       10s    0 checkout Go-Cli~1.0.1   <10s|
      |     172.17.0.4:44044      ok 4.8ms          279    12       10s    0 pay-web  Java-C~1.4.8   <10s|
      |     172.17.0.5:44045      ok 5.5ms          279    12       10s    0 checkout Java-C~1.4.8   <10s|
      |     172.17.0.6:44046      ok 6.2ms          279    12       10s    0 pay-web  Java-C~1.4.8   <10s|
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      +--------------------------------------------------------------------------------------------------+
      +- What 172.17.0.1:44041 was told -------------------------------------------- Java-Client:v1.4.8 -+
      | 02:20:13 rev 279  NO ACK        li.w OFFLINE 10.8.3.21:8080                                      |
      | 02:20:13 rev 278  NO ACK        li.w OFFLINE 10.8.3.20:8080                                      |
      | 02:20:13 rev 277  NO ACK        li.w OFFLINE 10.8.3.19:8080                                      |
      | 02:20:13 rev 276  NO ACK        li.w OFFLINE 10.8.3.18:8080                                      |
      | 02:14:19 rev 252  acknowledged  probe HEALTH DOWN 10.8.3.33:8080                                 |
      +--------------------------------------------------------------------------------------------------+

       <Enter>open <X>explain <p>push <d>describe <f>faults </>filter <:>command <Space>select <?>
      """#)
  }

  @Test func namespacesAt80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("n")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > Namespaces                                                      sort #
      +- Namespaces ------------------------------------------------------------- 4 -+
      |     #^ NAMESPACE        SVC   INST FAULTS  DOWN  OFF PROT  SUBS NOTES CHANGED|
      |>  x&0  (all)             17    147      7    28    6    2    81     1     10s|
      |   x&1  public            15    139      5    27    6    2    78     1     10s|
      |   ! 2  search             1      8      1     1    0    0     0     0     50s|
      |   x 3  risk               1      0      1     0    0    0     3     0      1m|
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      |                                                                              |
      +------------------------------------------------------------------------------+

       0-9 switch namespace from anywhere; * = favourite (F)

       <Enter>open <d>describe <F>favourite </>filter <:>command <Space>select <?>
      """#)
  }

  @Test func helpAt80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("?")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse                                                               sort STATE
      +- Help: keys in pulse ------------------------------------------- Esc closes -+
      | This view                                                                    |
      |  Enter         open what is under the cursor                                 |
      |  X             explain: why is it so                                         |
      |  s             subscribers: who was told                                     |
      |  p             push: who acknowledged what                                   |
      |  T             timeline: what happened to it                                 |
      |  d             describe: all that is known                                   |
      |  c             copy the name                                                 |
      |  Y             copy all that is known of it                                  |
      | Acting                                                                       |
      |  z             undo the last change: nothing of this session can be undone   |
      | Finding                                                                      |
      |  f             faults only                                                   |
      |  / F4          filter                                                        |
      |  F6 < >        sort by...                                                    |
      |  I             invert the order                                              |
      |  Ctrl-W        wide columns                                                  |
      | search:                                                                      |
      +------------------------------------------------------------------------------+
       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <?>
      """#)
  }

  @Test func paletteAt60x14() {
    var person = Operator(rows: 14, columns: 60)
    person.press(":")
    person.type("ord")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all              LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m
           STATE^  NS     SERVICE       UP/ALL  SEEN  SUBS   SINCE
      >  x&BROKEN  public order-core      0/12    8*    22      6m
      +- Command -------------------------------------- 2 found -+
      | :ord                                                     |
      | > inst order-core      public  0/12 BROKEN               |
      |   invert the order     key I                             |
      |                                                          |
      |                                                          |
      | <Tab>complete <Up/Down>choose <Ctrl-R>history <Enter>ru~ |
      +----------------------------------------------------------+
       Pulse                                        sort STATE  7
       <Enter>open <X>explain <s>subs <p>push <d>describe <?>
      """#)
  }
}
