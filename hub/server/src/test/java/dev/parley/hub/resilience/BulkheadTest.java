package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
    Bulkhead.Waiter leaver = () -> served.add("leaver");
    bulkhead.enter(leaver);
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
    Bulkhead.Waiter waiter = () -> served.add("waiter");
    bulkhead.enter(waiter);
    bulkhead.exit();
    assertThat(bulkhead.leaveQueue(waiter)).isFalse();
    assertThat(bulkhead.running()).isEqualTo(1);
  }

  @Test
  void passesThePermitOnWhenItCannotBeTaken() {
    Bulkhead bulkhead = new Bulkhead(1, 3);
    enter(bulkhead, "running");
    bulkhead.enter(() -> false);
    bulkhead.enter(() -> false);
    enter(bulkhead, "able");
    bulkhead.exit();
    assertThat(served).containsExactly("able");
    assertThat(bulkhead.queued()).isZero();
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Bulkhead(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bulkhead(1, -1));
  }

  private Admission enter(Bulkhead bulkhead, String name) {
    return bulkhead.enter(() -> served.add(name));
  }
}
