package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Priority;
import dev.parley.hub.resilience.Bulkhead.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nobody is lost, nobody is told twice, and no permit is made or lost, whatever happens. */
class BulkheadPropertyTest {

  /** Interactive and standard calls that may go while a batch call waits. */
  private static final int BATCH_PATIENCE = 17 + 5;

  private static final List<Priority> PRIORITIES = List.of(Priority.values());

  /** What happens next. */
  sealed interface Act {
    record Enter(Priority priority, String caller, boolean able) implements Act {}

    record Exit(int heldSeconds) implements Act {}

    record Leave(int whom) implements Act {}

    record Resize(int concurrency, int queueMax) implements Act {}
  }

  private record Call(FakeWaiter waiter, Priority priority, String caller) {}

  /** A bulkhead and all that is known of those in it. */
  private static final class World {
    final Bulkhead bulkhead;
    final List<Call> waiting = new ArrayList<>();
    int queueMax;
    int concurrency;
    int held;
    int sinceBatch;
    String wrong = "";

    World(int concurrency, int queueMax) {
      this.bulkhead = new Bulkhead(concurrency, queueMax);
      this.concurrency = concurrency;
      this.queueMax = queueMax;
    }

    void enter(Act.Enter act) {
      Call[] call = new Call[1];
      FakeWaiter waiter =
          act.able() ? FakeWaiter.telling(() -> served(call[0])) : FakeWaiter.unable();
      call[0] = new Call(waiter, act.priority(), act.caller());
      boolean free = held < concurrency;
      boolean room = waiting.size() < queueMax;
      Admission admission = bulkhead.enter(waiter, act.priority(), act.caller(), 0, Long.MAX_VALUE);
      switch (admission) {
        case ADMITTED -> {
          assertThat(free).isTrue();
          held++;
        }
        case QUEUED -> {
          assertThat(free).isFalse();
          if (!room) {
            displaced(act.priority());
          }
          waiting.add(call[0]);
        }
        case REFUSED -> {
          assertThat(free || room).isFalse();
          assertThat(waiting).allMatch(other -> other.priority().compareTo(act.priority()) <= 0);
        }
      }
    }

    private void displaced(Priority by) {
      List<Call> gone =
          waiting.stream().filter(other -> other.waiter().displacements() == 1).toList();
      assertThat(gone).hasSize(1);
      Call victim = gone.getFirst();
      assertThat(victim.priority()).isGreaterThan(by);
      assertThat(waiting).allMatch(other -> other.priority().compareTo(victim.priority()) <= 0);
      assertThat(waiting.stream().filter(other -> other.priority() == victim.priority()).toList())
          .endsWith(victim);
      waiting.remove(victim);
    }

    /** Called in the middle of an exit, of which a failed assertion must not be a part. */
    private void served(Call call) {
      forgetUnable();
      boolean oldest =
          waiting.stream().filter(like(call)).findFirst().filter(call::equals).isPresent();
      wrong = oldest ? wrong : "not the oldest of its caller";
      waiting.remove(call);
      sinceBatch = call.priority() == Priority.BATCH ? 0 : sinceBatch + 1;
      held++;
    }

    private static Predicate<Call> like(Call call) {
      return other -> other.priority() == call.priority() && other.caller().equals(call.caller());
    }

    private void forgetUnable() {
      Predicate<Call> gone = other -> !other.waiter().isAble() && other.waiter().permits() == 1;
      if (waiting.stream().filter(gone).anyMatch(call -> call.priority() == Priority.BATCH)) {
        // It had its turn, and did nothing with it.
        sinceBatch = 0;
      }
      waiting.removeIf(gone);
    }

    void exit(int heldSeconds) {
      if (held > 0) {
        held--;
        bulkhead.exit(heldSeconds * 1_000_000_000L);
      }
    }

    void leave(int whom) {
      if (!waiting.isEmpty()) {
        Call leaver = waiting.remove(whom % waiting.size());
        assertThat(bulkhead.leaveQueue(leaver.waiter())).isTrue();
        assertThat(bulkhead.leaveQueue(leaver.waiter())).isFalse();
      }
    }

    void resize(Act.Resize act) {
      concurrency = act.concurrency();
      queueMax = act.queueMax();
      bulkhead.resize(concurrency, queueMax);
    }

    void check(int before) {
      forgetUnable();
      assertThat(wrong).isEmpty();
      assertThat(bulkhead.running()).isEqualTo(held);
      assertThat(bulkhead.queued()).isEqualTo(waiting.size());
      assertThat(held).isLessThanOrEqualTo(Math.max(before, concurrency));
      assertThat(waiting.isEmpty() || held >= concurrency).as("nobody waits for nothing").isTrue();
      if (waiting.stream().noneMatch(call -> call.priority() == Priority.BATCH)) {
        sinceBatch = 0;
      }
      assertThat(sinceBatch).as("batch goes on").isLessThanOrEqualTo(BATCH_PATIENCE);
    }
  }

  @Property
  void everybodyGetsOneAnswerAndEveryPermitComesBack(
      @ForAll @IntRange(min = 1, max = 3) int concurrency,
      @ForAll @IntRange(max = 40) int queueMax,
      @ForAll("acts") @Size(max = 300) List<Act> acts) {
    World world = new World(concurrency, queueMax);
    List<Call> all = new ArrayList<>();
    for (Act act : acts) {
      int before = world.held;
      switch (act) {
        case Act.Enter enter -> world.enter(enter);
        case Act.Exit(var heldSeconds) -> world.exit(heldSeconds);
        case Act.Leave(var whom) -> world.leave(whom);
        case Act.Resize resize -> world.resize(resize);
      }
      world.check(before);
      world.waiting.stream().filter(call -> !all.contains(call)).forEach(all::add);
    }
    while (world.held > 0) {
      int before = world.held;
      world.exit(1);
      world.check(before);
    }
    assertThat(world.waiting).isEmpty();
    assertThat(all).allMatch(call -> call.waiter().permits() + call.waiter().displacements() <= 1);
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<Act> enter =
        Combinators.combine(
                Arbitraries.of(Priority.class),
                Arbitraries.of("a", "b", "c"),
                Arbitraries.frequency(Tuple.of(5, true), Tuple.of(1, false)))
            .as(Act.Enter::new);
    Arbitrary<Act> exit = Arbitraries.integers().between(0, 100).map(Act.Exit::new);
    Arbitrary<Act> leave = Arbitraries.integers().between(0, 50).map(Act.Leave::new);
    Arbitrary<Act> resize =
        Combinators.combine(
                Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, 40))
            .as(Act.Resize::new);
    return Arbitraries.frequencyOf(
            Tuple.of(10, enter), Tuple.of(6, exit), Tuple.of(2, leave), Tuple.of(1, resize))
        .list();
  }

  /** The same with threads that meet at random. */
  @Test
  void threadsLoseNobody() throws Exception {
    Bulkhead bulkhead = new Bulkhead(3, 8);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger heldMost = new AtomicInteger();
    AtomicInteger owed = new AtomicInteger();
    List<Future<List<FakeWaiter>>> rounds = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        rounds.add(threads.submit(() -> round(bulkhead, held, heldMost, owed)));
      }
    }
    while (owed.getAndDecrement() > 0) {
      held.decrementAndGet();
      bulkhead.exit();
    }
    assertThat(heldMost.get()).isBetween(1, 3);
    assertThat(bulkhead.running()).isZero();
    assertThat(bulkhead.queued()).isZero();
    for (Future<List<FakeWaiter>> round : rounds) {
      assertThat(round.get()).allMatch(waiter -> waiter.permits() + waiter.displacements() == 1);
    }
  }

  /** Returns those who waited and did not leave: each must have been told something, once. */
  private static List<FakeWaiter> round(
      Bulkhead bulkhead, AtomicInteger held, AtomicInteger heldMost, AtomicInteger owed) {
    List<FakeWaiter> stayed = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      FakeWaiter waiter =
          FakeWaiter.telling(() -> {
            heldMost.accumulateAndGet(held.incrementAndGet(), Math::max);
            owed.incrementAndGet();
          });
      Priority priority = PRIORITIES.get(i % 3);
      switch (waiter.enters(bulkhead, priority, "" + i % 5)) {
        case ADMITTED -> {
          heldMost.accumulateAndGet(held.incrementAndGet(), Math::max);
          owed.incrementAndGet();
        }
        case QUEUED -> {
          if (i % 4 != 0 || !bulkhead.leaveQueue(waiter)) {
            stayed.add(waiter);
          }
        }
        case REFUSED -> {}
      }
      if (i % 2 == 0 && owed.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        held.decrementAndGet();
        bulkhead.exit(i);
      }
    }
    return stayed;
  }
}
