import Testing

@testable import Console

@Suite struct PulseScreenTests {
  @Test func at100x30() {
    let person = Operator(rows: 30, columns: 100)
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                                      LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse                                                                                   sort STATE
      +- What is broken ----------------------------------------- 7 -++- What changed (15 min) ----------+
      |     STATE^  NS     SERVICE         UP/ALL  SEEN  SUBS   SINCE||02:20:19 li.w   MARK              |
      |>  x&BROKEN  public order-core        0/12    8*    22      6m||         order-core switch port 7~|
      |   x BROKEN  public pay-gateway        0/4    4*     6      6m||02:20:13 li.w   OFFLINE x4        |
      |   x GONE    risk   rule-engine      was 3     0     3      1m||         order-core in 10.8.3.0/24|
      |   # PROTECT public inventory        13/22   22*    31      6m||02:19:40 server HEALTH DOWN       |
      |   # PROTECT public price              2/6    6*     0      6m||         suggest                  |
      |   ! DEGRAD  public user-profile     38/40    38     0      2m||02:19:27 server EXPIRED x3        |
      |   ! DEGRAD  search suggest            7/8     7     0     50s||         rule-engine in 10.8.9.0/~|
      |                                                              ||02:18:20 server HEALTH DOWN x2    |
      |                                                              ||         user-profile             |
      +--------------------------------------------------------------++----------------------------------+
      +- Health, 30 min (1 col = 60 s) -----------------------------------------++- Registry ------------+
      | healthy       115             ############:::::,,  min 115              || Muster 1.0            |
      | unhealthy      32             ............#######  max 32               || revision 280          |
      | offline         6             ::::::::::::::::::#  max 6                || in this process       |
      | reg 0/s  dereg 0/s  expired 0/s  turned down 0/s                        ||                       |
      +-------------------------------------------------------------------------++-----------------------+
      +- Push -------------------------------------------------------------------------------------------+
      | pushed 0/s  fail 0/s  pending 0  p50 -  p99 -  max -                               0 subscribers |
      | fail ......................................  30m                                                 |
      | every subscriber answers                                                                         |
      +--------------------------------------------------------------------------------------------------+
       Suspect 10.8.3.0/24: 25 of 31 failures are there, none healthy there, since 02:14:19-02:14:22
       17 services  147 instances  81 subscribers  3 namespaces

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <:>command <?>
      """#)
  }

  @Test func at80x24() {
    let person = Operator(rows: 24, columns: 80)
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse                                                               sort STATE
      +- What is broken --------------------------------------------------------- 7 -+
      |     STATE^  NS          SERVICE                 UP/ALL   SEEN   SUBS    SINCE|
      |>  x&BROKEN  public      order-core                0/12     8*     22       6m|
      |   x BROKEN  public      pay-gateway                0/4     4*      6       6m|
      |   x GONE    risk        rule-engine              was 3      0      3       1m|
      |   # PROTECT public      inventory                13/22    22*     31       6m|
      |   # PROTECT public      price                      2/6     6*      0       6m|
      |   ! DEGRAD  public      user-profile             38/40     38      0       2m|
      |   ! DEGRAD  search      suggest                    7/8      7      0      50s|
      |                                                                              |
      |                                                                              |
      +------------------------------------------------------------------------------+
      +- Health, 30 min (1 col = 45 s) ----------------------------------------------+
      | healthy       115                 ################:::::::,,  min 115         |
      | unhealthy      32                 ................#########  max 32          |
      | offline         6                 ::::::::::::::::::::::::#  max 6           |
      +------------------------------------------------------------------------------+
       pushed 0/s  fail 0/s  pending 0  p50 -  p99 -  max -             0 subscribers
       Suspect 10.8.3.0/24: 25 of 31 failures are there, none healthy there, since 0~

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <?>
      """#)
  }

  @Test func at60x14() {
    let person = Operator(rows: 14, columns: 60)
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all              LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m
           STATE^  NS     SERVICE       UP/ALL  SEEN  SUBS   SINCE
      >  x&BROKEN  public order-core      0/12    8*    22      6m
         x BROKEN  public pay-gateway      0/4    4*     6      6m
         x GONE    risk   rule-engine    was 3     0     3      1m
         # PROTECT public inventory      13/22   22*    31      6m
         # PROTECT public price            2/6    6*     0      6m
         ! DEGRAD  public user-profile   38/40    38     0      2m
         ! DEGRAD  search suggest          7/8     7     0     50s

       Suspect 10.8.3.0/24: 25 of 31
       Pulse                                        sort STATE  7
       <Enter>open <X>explain <s>subs <p>push <d>describe <?>
      """#)
  }

  @Test func at40x10() {
    let person = Operator(rows: 10, columns: 40)
    expectScreen(
      person,
      #"""
      ns:all Pulse               LIVE 02:20:31
      2 BROKEN 1 GONE 2 PROTECT 2! 28 down 6m
           STATE^  SERVICE              UP/ALL
      >  x&BROKEN  order-core             0/12
         x BROKEN  pay-gateway             0/4
         x GONE    rule-engine           was 3
         # PROTECT inventory             13/22
         # PROTECT price                   2/6
      Suspect 10.8.3.0/24: 25 of 31
      <Enter>open <X>explain <s>subs <?>
      """#)
  }

  @Test func withoutFaults() {
    let person = Operator(rows: 30, columns: 100, snapshot: QuietTests.calm.snapshot)
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                                      LIVE  02:20:31
       all 2 services ok  10 instances
       Pulse                                                                                   sort STATE
      +- What is broken ----------------------------------------- 0 -++- What changed (15 min) ----------+
      |                                                              ||nothing                           |
      |  nothing is broken: all 2 services are as they should be     ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      |                                                              ||                                  |
      +--------------------------------------------------------------++----------------------------------+
      +- Health, 30 min (1 col = 60 s) -----------------------------------------++- Registry ------------+
      | healthy        10                               #  min 10               || Muster 1.0            |
      | unhealthy       0                               .  max 0                || revision 10           |
      | offline         0                               .  max 0                || in this process       |
      | reg 0/s  dereg 0/s  expired 0/s  turned down 0/s                        ||                       |
      +-------------------------------------------------------------------------++-----------------------+
      +- Push -------------------------------------------------------------------------------------------+
      | pushed 0/s  fail 0/s  pending 0  p50 -  p99 -  max -                               0 subscribers |
      | fail .  30m                                                                                      |
      | every subscriber answers                                                                         |
      +--------------------------------------------------------------------------------------------------+
       2 services  10 instances  0 subscribers  1 namespaces


       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <:>command <?>
      """#)
  }
}
