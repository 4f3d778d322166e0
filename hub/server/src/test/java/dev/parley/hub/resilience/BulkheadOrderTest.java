package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.core.model.Priority;
import dev.parley.hub.resilience.Bulkhead.Admission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes first, who must go, and who need not wait at all. */
class BulkheadOrderTest {

  private static final long SECOND = 1_000_000_000;

  private final List<String> served = new ArrayList<>();

  @Test
  void theMoreUrgentGoMoreOftenAndTheLeastUrgentGoToo() {
    Bulkhead bulkhead = busy(1, 1000);
    for (int i = 0; i < 100; i++) {
      waits(bulkhead, Priority.BATCH, "c", "batch");
      waits(bulkhead, Priority.STANDARD, "c", "standard");
      waits(bulkhead, Priority.INTERACTIVE, "c", "interactive");
    }
    exit(bulkhead, 42);
    assertThat(Collections.frequency(served, "interactive")).isEqualTo(32);
    assertThat(Collections.frequency(served, "standard")).isEqualTo(8);
    assertThat(Collections.frequency(served, "batch")).isEqualTo(2);
    assertThat(served.getFirst()).isEqualTo("interactive");
  }

  /** Else a pause would be made up for by a time in which nobody else goes. */
  @Test
  void aPauseEarnsNothing() {
    Bulkhead bulkhead = busy(1, 1000);
    for (int i = 0; i < 200; i++) {
      waits(bulkhead, Priority.INTERACTIVE, "c", "interactive");
    }
    exit(bulkhead, 100);
    served.clear();
    for (int i = 0; i < 10; i++) {
      waits(bulkhead, Priority.BATCH, "c", "batch");
    }
    exit(bulkhead, 34);
    assertThat(Collections.frequency(served, "batch")).isEqualTo(2);
  }

  @Test
  void callersTakeTurnsWhateverTheNumberOfTheirCalls() {
    Bulkhead bulkhead = busy(1, 1000);
    for (int i = 1; i <= 4; i++) {
      waits(bulkhead, Priority.STANDARD, "greedy", "greedy" + i);
    }
    waits(bulkhead, Priority.STANDARD, "modest", "modest1");
    waits(bulkhead, Priority.STANDARD, "other", "other1");
    waits(bulkhead, Priority.STANDARD, "modest", "modest2");
    exit(bulkhead, 7);
    assertThat(served)
        .containsExactly(
            "greedy1", "modest1", "other1", "greedy2", "modest2", "greedy3", "greedy4");
  }

  @Test
  void anUrgentCallTakesThePlaceOfTheNewestOfTheLeastUrgent() {
    Bulkhead bulkhead = busy(1, 3);
    FakeWaiter older = waits(bulkhead, Priority.BATCH, "a", "older");
    FakeWaiter newer = waits(bulkhead, Priority.BATCH, "b", "newer");
    FakeWaiter standard = waits(bulkhead, Priority.STANDARD, "a", "standard");
    waits(bulkhead, Priority.STANDARD, "a", "urgent1");
    assertThat(newer.displacements()).isEqualTo(1);
    waits(bulkhead, Priority.INTERACTIVE, "a", "urgent2");
    assertThat(older.displacements()).isEqualTo(1);
    assertThat(standard.displacements()).isZero();
    assertThat(bulkhead.leaveQueue(newer)).isFalse();
    exit(bulkhead, 3);
    assertThat(served).containsExactlyInAnyOrder("urgent2", "standard", "urgent1");
  }

  @Test
  void nobodyTakesThePlaceOfItsEqual() {
    Bulkhead bulkhead = busy(1, 1);
    FakeWaiter first = waits(bulkhead, Priority.STANDARD, "a", "first");
    assertThat(FakeWaiter.able().enters(bulkhead, Priority.STANDARD, "b"))
        .isEqualTo(Admission.REFUSED);
    assertThat(FakeWaiter.able().enters(bulkhead, Priority.BATCH, "b"))
        .isEqualTo(Admission.REFUSED);
    assertThat(first.displacements()).isZero();
  }

  @Test
  void refusesWhoWouldWaitPastItsDeadline() {
    Bulkhead bulkhead = busy(2, 100);
    bulkhead.exit(4 * SECOND);
    FakeWaiter.able().enters(bulkhead);
    assertThat(enterBy(bulkhead, 2 * SECOND - 1)).isEqualTo(Admission.REFUSED);
    assertThat(bulkhead.expectedWait(Priority.STANDARD, "c")).isEqualTo(Duration.ofSeconds(2));
    assertThat(enterBy(bulkhead, 2 * SECOND)).isEqualTo(Admission.QUEUED);
    assertThat(enterBy(bulkhead, 4 * SECOND - 1)).isEqualTo(Admission.REFUSED);
    assertThat(enterBy(bulkhead, 4 * SECOND)).isEqualTo(Admission.QUEUED);
  }

  @Test
  void theQueueOfTheGreedyIsNotTheWaitOfTheModest() {
    Bulkhead bulkhead = busy(1, 100);
    bulkhead.exit(SECOND);
    FakeWaiter.able().enters(bulkhead);
    for (int i = 0; i < 50; i++) {
      waits(bulkhead, Priority.STANDARD, "greedy", "greedy");
    }
    assertThat(bulkhead.expectedWait(Priority.STANDARD, "greedy"))
        .isEqualTo(Duration.ofSeconds(51));
    assertThat(bulkhead.expectedWait(Priority.STANDARD, "modest")).isEqualTo(Duration.ofSeconds(2));
    assertThat(bulkhead.expectedWait(Priority.INTERACTIVE, "x")).isEqualTo(Duration.ofSeconds(2));
    assertThat(bulkhead.expectedWait(Priority.BATCH, "x")).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesNobodyForAWaitThatNobodyKnows() {
    Bulkhead bulkhead = busy(1, 1);
    assertThat(bulkhead.expectedWait(Priority.STANDARD, "c")).isZero();
    assertThat(enterBy(bulkhead, 1)).isEqualTo(Admission.QUEUED);
  }

  @Test
  void knowsNoWaitWhilePermitsAreFree() {
    Bulkhead bulkhead = busy(1, 1);
    bulkhead.exit(SECOND);
    assertThat(bulkhead.expectedWait(Priority.STANDARD, "c")).isZero();
    assertThat(enterBy(bulkhead, 0)).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void oneWaiterHasOnePlace() {
    Bulkhead bulkhead = busy(1, 5);
    FakeWaiter waiter = waits(bulkhead, Priority.STANDARD, "c", "w");
    assertThatIllegalStateException().isThrownBy(() -> waiter.enters(bulkhead));
    assertThat(bulkhead.queued()).isEqualTo(1);
  }

  /** One look at all who wait, for each who leaves, would take minutes. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void leavingALongQueueIsQuick() {
    int many = 100_000;
    Bulkhead bulkhead = busy(1, many);
    List<FakeWaiter> waiters = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      waiters.add(waits(bulkhead, Priority.STANDARD, "caller " + i % 1000, "w"));
    }
    Collections.reverse(waiters);
    assertThat(waiters).allMatch(bulkhead::leaveQueue);
    assertThat(bulkhead.queued()).isZero();
    exit(bulkhead, 1);
    assertThat(served).isEmpty();
  }

  private static Bulkhead busy(int concurrency, int queueMax) {
    Bulkhead bulkhead = new Bulkhead(concurrency, queueMax);
    for (int i = 0; i < concurrency; i++) {
      FakeWaiter.able().enters(bulkhead);
    }
    return bulkhead;
  }

  private static Admission enterBy(Bulkhead bulkhead, long deadlineNanos) {
    return bulkhead.enter(FakeWaiter.able(), Priority.STANDARD, "c", 0, deadlineNanos);
  }

  private FakeWaiter waits(Bulkhead bulkhead, Priority priority, String caller, String name) {
    FakeWaiter waiter = FakeWaiter.telling(() -> served.add(name));
    assertThat(waiter.enters(bulkhead, priority, caller)).isEqualTo(Admission.QUEUED);
    return waiter;
  }

  private static void exit(Bulkhead bulkhead, int times) {
    for (int i = 0; i < times; i++) {
      bulkhead.exit();
    }
  }
}
