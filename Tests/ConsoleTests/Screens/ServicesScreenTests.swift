import Testing

@testable import Console

@Suite struct ServicesScreenTests {
  @Test func at100x30() {
    var person = Operator(rows: 30, columns: 100)
    person.press("1")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:public                                                   LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > public > Services                                                               sort STATE
      +- Services ---------------------------------------------------------------------------------- 15 -+
      |     STATE^  SERVICE              GROUP     UP/ALL %UP OFF  SEEN PROT  SUBS   SINCE LAST CHANGE   |
      |>  x&BROKEN  order-core           DEFAULT     0/12   0   4    8* 0.00    22      6m  10s mark     |
      |   x BROKEN  pay-gateway          PAY          0/4   0   0    4* 0.00     6      6m   6m down x4  |
      |   # PROTECT inventory            DEFAULT    13/22  59   0   22* 0.80    31      6m   6m down x9  |
      |   # PROTECT price                DEFAULT      2/6  33   0    6* 0.50     0      6m   6m down x4  |
      |   ! DEGRAD  user-profile         DEFAULT    38/40  95   0    38 0.00     0      2m   2m down x2  |
      |     ok      address              DEFAULT      4/4 100   0     4 0.00     0       -   8h register~|
      |     ok      cart                 DEFAULT      4/4 100   0     4 0.00    19       -  11h register~|
      |     ok      coupon               DEFAULT      5/5 100   0     5 0.00     0       -   8h register~|
      |     ok      delivery             DEFAULT      6/6 100   0     6 0.00     0       -   8h register~|
      |     ok      fraud-score          DEFAULT      7/7 100   0     7 0.00     0       -   8h register~|
      |     ok      geo                  DEFAULT      8/8 100   0     8 0.00     0       -   8h register~|
      |     ok      mail                 DEFAULT      9/9 100   0     9 0.00     0       -   8h register~|
      |     ok      notify               DEFAULT    10/10 100   0    10 0.00     0       -   8h register~|
      |   o off     invoice-legacy       DEFAULT      0/2   0   2     0 0.00     0 offline   9d off x2   |
      |   . empty   old-report           DEFAULT      0/0   -   0     0 0.00     0   empty   9d service ~|
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      +--------------------------------------------------------------------------------------------------+
       x broken  # protected  ! degraded  o offline on purpose  . empty
       SEEN = healthy instances that clients are told of; * = protection is on, the dead are served too
       order-core: none of 8 enabled healthy, yet 22 subscribers are told of 8 (0/12 <= PROT 0.00)

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <:>command <?>
      """#)
  }

  @Test func at80x24() {
    var person = Operator(rows: 24, columns: 80)
    person.press("0")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > Services                                                    sort STATE
      +- Services -----------------------------------------------------  1-15 of 17 -+
      |     STATE^  NS     SERVICE          UP/ALL  SEEN  SUBS   SINCE LAST CHANGE   |
      |>  x&BROKEN  public order-core         0/12    8*    22      6m  10s mark     |
      |   x BROKEN  public pay-gateway         0/4    4*     6      6m   6m down x4  |
      |   x GONE    risk   rule-engine       was 3     0     3      1m   1m expired ~|
      |   # PROTECT public inventory         13/22   22*    31      6m   6m down x9  |
      |   # PROTECT public price               2/6    6*     0      6m   6m down x4  |
      |   ! DEGRAD  public user-profile      38/40    38     0      2m   2m down x2  |
      |   ! DEGRAD  search suggest             7/8     7     0     50s  50s down     |
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

  @Test func at40x10() {
    var person = Operator(rows: 10, columns: 40)
    person.press("0")
    expectScreen(
      person,
      #"""
      ns:all Services            LIVE 02:20:31
      2 BROKEN 1 GONE 2 PROTECT 2! 28 down 6m
           STATE^  SERVICE              UP/ALL
      >  x&BROKEN  order-core             0/12
         x BROKEN  pay-gateway             0/4
         x GONE    rule-engine           was 3
         # PROTECT inventory             13/22
         # PROTECT price                   2/6
         ! DEGRAD  user-profile          38/40
      <Enter>open <X>explain <s>subs <?>
      """#)
  }

  @Test func filteredAndSelected() {
    var person = Operator(rows: 30, columns: 100)
    person.press("0 Space Space /")
    person.type("core|pay")
    person.press("Enter")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                                      LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28/147 down  oldest 6m    last change 10s: 1 mark by li.w
       Pulse > Services                                                 sort STATE  /core|pay  selected 2
      +- Services ------------------------------------------------------------------------------ 3 (17) -+
      |     STATE^  NS     SERVICE        GROUP    UP/ALL %UP OFF  SEEN PROT  SUBS   SINCE LAST CHANGE   |
      | []x&BROKEN  public order-core     DEFAULT    0/12   0   4    8* 0.00    22      6m  10s mark     |
      | []x BROKEN  public pay-gateway    PAY         0/4   0   0    4* 0.00     6      6m   6m down x4  |
      |>    ok      public fraud-score    DEFAULT     7/7 100   0     7 0.00     0       -   8h register~|
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      |                                                                                                  |
      +--------------------------------------------------------------------------------------------------+
       x broken  # protected  ! degraded  o offline on purpose  . empty
       SEEN = healthy instances that clients are told of; * = protection is on, the dead are served too
       fraud-score: all 7 enabled are healthy

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <:>command <?>
      """#)
  }

  @Test func scrolledSideways() {
    var person = Operator(rows: 24, columns: 80)
    person.press("0 Right Right Right")
    expectScreen(
      person,
      #"""
       muster  127.0.0.1:8848  ns:all                                  LIVE  02:20:31
       2 BROKEN  1 GONE  2 PROTECT  2 DEGRADED  28 down  6m       10s: 1 mark by li.w
       Pulse > Services                                                    sort STATE
      +- Services -----------------------------------------------------  1-15 of 17 -+
      |<    STATE^  NS     SERVICE        OFF  SEEN PROT  SUBS   SINCE LAST CHANGE   |
      |>  x&BROKEN  public order-core       4    8* 0.00    22      6m  10s mark     |
      |   x BROKEN  public pay-gateway      0    4* 0.00     6      6m   6m down x4  |
      |   x GONE    risk   rule-engine      0     0 0.00     3      1m   1m expired ~|
      |   # PROTECT public inventory        0   22* 0.80    31      6m   6m down x9  |
      |   # PROTECT public price            0    6* 0.50     0      6m   6m down x4  |
      |   ! DEGRAD  public user-profile     0    38 0.00     0      2m   2m down x2  |
      |   ! DEGRAD  search suggest          0     7 0.00     0     50s  50s down     |
      |     ok      public address          0     4 0.00     0       -   8h register~|
      |     ok      public cart             0     4 0.00    19       -  11h register~|
      |     ok      public coupon           0     5 0.00     0       -   8h register~|
      |     ok      public delivery         0     6 0.00     0       -   8h register~|
      |     ok      public fraud-score      0     7 0.00     0       -   8h register~|
      |     ok      public geo              0     8 0.00     0       -   8h register~|
      |     ok      public mail             0     9 0.00     0       -   8h register~|
      |     ok      public notify           0    10 0.00     0       -   8h register~|
      +------------------------------------------------------------------------------+
       order-core: none of 8 enabled healthy, yet 22 subscribers are told of 8 (0/12~

       <Enter>open <X>explain <s>subs <p>push <d>describe <f>faults </>filter <?>
      """#)
  }
}
