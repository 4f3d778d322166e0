package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.hub.resilience.Bulkhead.Admission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkheadTest {

  private final List<String> served = new ArrayList<>();

  @Test
  void admitsThenQueuesThenRefuses() {
    Bulkhead bulkhead = new Bulkhead(2, 1);
    assertThat(enter(bulkhead, "a")).isEqualTo(Admission.ADMITTED);
    assertThat(enter(bulkhead, "b")).isEqualTo(Admission.ADMITTED);
    assertThat(enter(bulkhead, "c")).isEqualTo(Admission.QUEUED);
    assertThat(enter(bulkhead, "d")).isEqualTo(Admission.REFUSED);
    assertThat(bulkhead.running()).isEqualTo(2);
    assertThat(bulkhead.queued()).isEqualTo(1);
  }

  @Test
  void servesTheQueueInOrderOfArrival() {
    Bulkhead bulkhead = new Bulkhead(1, 3);
    enter(bulkhead, "running");
    enter(bulkhead, "first");
    enter(bulkhead, "second");
    enter(bulkhead, "third");
    bulkhead.exit();
    bulkhead.exit();
    assertThat(served).containsExactly("first", "second");
    assertThat(bulkhead.running()).isEqualTo(1);
  }

  @Test
  void skipsWhoLeftTheQueue() {
    Bulkhead bulkhead = new Bulkhead(1, 2);
    enter(bulkhead, "running");
    FakeWaiter leaver = waiter("leaver");
    leaver.enters(bulkhead);
    enter(bulkhead, "stayer");
    assertThat(bulkhead.leaveQueue(leaver)).isTrue();
    assertThat(bulkhead.leaveQueue(leaver)).isFalse();
    bulkhead.exit();
    assertThat(served).containsExactly("stayer");
  }

  @Test
  void tellsThatThePermitWasHandedOverAlready() {
    Bulkhead bulkhead = new Bulkhead(1, 1);
    enter(bulkhead, "running");
    FakeWaiter waiter = waiter("waiter");
    waiter.enters(bulkhead);
    bulkhead.exit();
    assertThat(bulkhead.leaveQueue(waiter)).isFalse();
    assertThat(bulkhead.running()).isEqualTo(1);
  }

  @Test
  void passesThePermitOnWhenItCannotBeTaken() {
    Bulkhead bulkhead = new Bulkhead(1, 3);
    enter(bulkhead, "running");
    FakeWaiter.unable().enters(bulkhead);
    FakeWaiter.unable().enters(bulkhead);
    enter(bulkhead, "able");
    bulkhead.exit();
    assertThat(served).containsExactly("able");
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void tellsOnceWhenNobodyIsThereAnyMore() {
    Bulkhead bulkhead = new Bulkhead(1, 1);
    enter(bulkhead, "running");
    enter(bulkhead, "waiting");
    bulkhead.whenIdle(() -> served.add("idle"));
    bulkhead.exit();
    assertThat(served).containsExactly("waiting");
    bulkhead.exit();
    enter(bulkhead, "late");
    bulkhead.exit();
    assertThat(served).containsExactly("waiting", "idle");
    bulkhead.whenIdle(() -> served.add("at once"));
    assertThat(served).containsExactly("waiting", "idle", "at once");
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Bulkhead(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bulkhead(1, -1));
  }

  @Test
  void morePermitsGoAtOnceToThoseWhoWait() {
    Bulkhead bulkhead = new Bulkhead(1, 3);
    enter(bulkhead, "running");
    enter(bulkhead, "first");
    FakeWaiter.unable().enters(bulkhead);
    enter(bulkhead, "third");
    bulkhead.resize(4, 3);
    assertThat(served).containsExactly("first", "third");
    assertThat(bulkhead.running()).isEqualTo(3);
    assertThat(bulkhead.queued()).isZero();
    assertThat(enter(bulkhead, "last")).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void fewerPermitsComeAboutAsTheyComeBack() {
    Bulkhead bulkhead = new Bulkhead(3, 1);
    enter(bulkhead, "a");
    enter(bulkhead, "b");
    enter(bulkhead, "c");
    enter(bulkhead, "waits");
    bulkhead.resize(1, 0);
    assertThat(bulkhead.running()).isEqualTo(3);
    bulkhead.exit();
    bulkhead.exit();
    assertThat(served).isEmpty();
    assertThat(bulkhead.running()).isEqualTo(1);
    bulkhead.exit();
    assertThat(served).containsExactly("waits");
    assertThat(enter(bulkhead, "d")).isEqualTo(Admission.REFUSED);
  }

  @Test
  void aPermitThatNobodyHadDoesNotComeBack() {
    Bulkhead bulkhead = new Bulkhead(1, 0);
    assertThatIllegalStateException().isThrownBy(bulkhead::exit);
    assertThat(bulkhead.running()).isZero();
  }

  private Admission enter(Bulkhead bulkhead, String name) {
    return waiter(name).enters(bulkhead);
  }

  private FakeWaiter waiter(String name) {
    return FakeWaiter.telling(() -> served.add(name));
  }
}
