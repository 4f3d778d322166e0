package dev.parley.hub.registry;

import static dev.parley.hub.fake.Fakes.config;
import static dev.parley.hub.fake.Fakes.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import dev.parley.core.spi.BackendStatus;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BreakerConfig;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.RetryConfig;
import dev.parley.hub.fake.FakeBackend;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.fake.FakeType;
import dev.parley.hub.resilience.BackendState;
import dev.parley.hub.resilience.Bulkhead;
import dev.parley.hub.resilience.TargetState;
import dev.parley.hub.resilience.Vitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private static final String A = "  - {id: a, type: fake, base_url: 'http://a/v1'}\n";
  private static final String B = "  - {id: b, type: fake, base_url: 'http://b/v1'}\n";
  private static final String B_MOVED = "  - {id: b, type: fake, base_url: 'http://c/v1'}\n";
  private static final String LOST = "  - {id: z, type: lost, base_url: 'http://z/v1'}\n";

  private static final BreakerConfig ONE_FAILURE =
      new BreakerConfig(
          1,
          50,
          Duration.ofSeconds(30),
          20,
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          1,
          Duration.ZERO);

  private static final RetryConfig ONE_RETRY =
      new RetryConfig(2, 2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO, 0, 1);

  private final FakeType type = new FakeType("fake");
  private final Registry registry = new Registry(List.of(type));
  private final List<RegistrySnapshot> published = new ArrayList<>();

  @Test
  void keepsOpenWhatDidNotChangeAndClosesWhatDid() {
    registry.apply(config("backends:\n" + A + B));
    FakeBackend a = type.backend("a");
    FakeBackend b = type.backend("b");
    registry.apply(config("backends:\n" + A + B_MOVED));
    assertThat(type.backend("a")).isSameAs(a);
    assertThat(a.isClosed()).isFalse();
    assertThat(b.isClosed()).isTrue();
    assertThat(type.backend("b").isClosed()).isFalse();
  }

  @Test
  void closesWhatIsGone() {
    registry.apply(config("backends:\n" + A + B));
    registry.apply(config("backends:\n" + B));
    assertThat(type.backend("a").isClosed()).isTrue();
    assertThat(registry.snapshot().backends())
        .extracting(RegisteredBackend::id)
        .containsExactly("b");
  }

  @Test
  void aConfigurationThatCannotBeOpenedChangesNothingAndLeavesNothingOpen() {
    registry.apply(config("backends:\n" + A));
    RegistrySnapshot before = registry.snapshot();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.apply(config("backends:\n" + B + LOST)));
    assertThat(registry.snapshot()).isSameAs(before);
    assertThat(type.backend("a").isClosed()).isFalse();
    assertThat(type.backend("b").isClosed()).isTrue();
  }

  @Test
  void publishesListingsThatChangedAndNoOthers() {
    registry.apply(config("backends:\n" + A));
    registry.onChange(published::add);
    type.backend("a").lists(model("m1"));
    registry.refresh().join();
    registry.refresh().join();
    // One for the first sign of life, one for the listing.
    assertThat(published).hasSize(2);
    type.backend("a").lists(model("m1"), model("m2"));
    registry.refresh().join();
    assertThat(published).hasSize(3);
    assertThat(names(registry.snapshot())).containsExactly("m1", "m2");
  }

  @Test
  void aSnapshotStaysAsItWas() {
    registry.apply(config("backends:\n" + A));
    type.backend("a").lists(model("m1"));
    registry.refresh().join();
    RegistrySnapshot old = registry.snapshot();
    type.backend("a").lists(model("m2"));
    registry.refresh().join();
    assertThat(names(old)).containsExactly("m1");
    assertThat(old.find("m1")).isPresent();
    assertThat(names(registry.snapshot())).containsExactly("m2");
  }

  @Test
  void keepsTheLastListingWhileABackendIsDown() {
    registry.apply(config("backends:\n" + A));
    type.backend("a").lists(model("m1"));
    registry.refresh().join();
    type.backend("a").is(new BackendStatus.Down("refused"));
    registry.refresh().join();
    assertThat(names(registry.snapshot())).containsExactly("m1");
    assertThat(registry.snapshot().backends().getFirst().isUsable()).isFalse();
  }

  @Test
  void isUnchartedUntilABackendTellsWhatItServes() {
    registry.apply(config("backends:\n" + A));
    type.backend("a").failsToList(new HubException(new HubError.Cancelled()));
    registry.refresh().join();
    assertThat(registry.snapshot().uncharted()).hasSize(1);
    type.backend("a").lists();
    registry.refresh().join();
    assertThat(registry.snapshot().uncharted()).isEmpty();
  }

  @Test
  void theOperatorsWordCountsMoreThanTheBackends() {
    registry.apply(
        config(
            "backends:\n  - {id: a, type: fake, base_url: 'http://a/v1',"
                + " models: [{id: m1, capabilities: [embedding]}, {id: m2}]}\n"));
    type.backend("a").lists(model("m1", Set.of(Capability.STT), Set.of()));
    registry.refresh().join();
    assertThat(registry.snapshot().find("m1").orElseThrow().info().capabilities())
        .containsExactly(Capability.EMBEDDING);
    assertThat(registry.snapshot().find("m2").orElseThrow().info().capabilities())
        .containsExactly(Capability.CHAT);
  }

  @Test
  void oneBackendThatBreaksItsContractDoesNotHideTheOthers() {
    registry.apply(config("backends:\n" + A + B));
    type.backend("a")
        .probesWith(() -> {
          throw new IllegalStateException("broken");
        });
    type.backend("b").lists(model("m"));
    registry.refresh().handle((_, _) -> null).join();
    assertThat(names(registry.snapshot())).containsExactly("m");
    type.backend("a").probesWith(() -> CompletableFuture.failedFuture(new IllegalStateException()));
    registry.refresh().handle((_, _) -> null).join();
    assertThat(registry.snapshot().backends().getFirst().isUsable()).isFalse();
  }

  @Test
  void watchesRoundAfterRoundUntilClosed() {
    registry.apply(config("backends:\n" + A));
    FakeLoop loop = new FakeLoop();
    int[] probes = {0};
    type.backend("a")
        .probesWith(() -> {
          probes[0]++;
          throw new IllegalStateException("broken");
        });
    try (HealthMonitor monitor = new HealthMonitor(registry, loop, loop)) {
      CompletableFuture<Void> first = monitor.start();
      loop.runReady();
      assertThat(first).isCompleted();
      loop.advance(Duration.ofSeconds(11));
      assertThat(probes[0]).isEqualTo(3);
    }
    loop.advance(Duration.ofMinutes(1));
    assertThat(probes[0]).isEqualTo(3);
  }

  @Test
  void aBackendKnowsWhatItKnewWhenAnythingButItsAddressChanges() {
    registry.apply(config("backends:\n" + A));
    type.backend("a").lists(model("m1"));
    registry.refresh().join();
    RegisteredBackend before = registry.snapshot().backends().getFirst();
    fail(before, "m1");
    occupy(before);
    registry.apply(config("backends:\n" + limited(A, 1)));
    RegisteredBackend after = registry.snapshot().backends().getFirst();
    assertThat(after).isNotSameAs(before);
    assertThat(after.state()).isSameAs(before.state());
    assertThat(after.vitals("m1", 0).failures()).isEqualTo(1);
    assertThat(after.status()).isEqualTo(before.status()).isPresent();
    assertThat(names(registry.snapshot())).containsExactly("m1");
    assertThat(after.bulkhead().concurrency()).isEqualTo(1);
    assertThat(after.bulkhead().running()).isEqualTo(1);
    before.bulkhead().exit();
    assertThat(after.bulkhead().running()).isZero();
  }

  @Test
  void aBackendThatMovedOrCameBackIsNotTheOneThatWasKnown() {
    registry.apply(config("backends:\n" + B));
    RegisteredBackend before = registry.snapshot().backends().getFirst();
    fail(before, "m");
    registry.apply(config("backends:\n" + B_MOVED));
    assertThat(isKnown(before.state())).isFalse();
    BackendState moved = registry.snapshot().backends().getFirst().state();
    registry.apply(config("backends:\n" + A));
    registry.apply(config("backends:\n" + B_MOVED));
    assertThat(isKnown(moved)).isFalse();
    RegisteredBackend after = registry.snapshot().backends().getFirst();
    assertThat(after.vitals("m", 0).calls()).isZero();
    assertThat(after.status()).isEmpty();
  }

  @Test
  void aConfigurationThatCannotBeOpenedResizesNothing() {
    registry.apply(config("backends:\n" + A));
    int concurrency = registry.snapshot().backends().getFirst().bulkhead().concurrency();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.apply(config("backends:\n" + limited(A, 1) + LOST)));
    assertThat(registry.snapshot().backends().getFirst().bulkhead().concurrency())
        .isEqualTo(concurrency);
  }

  @Test
  void aBackendIsBoundAsTheOperatorSays() {
    HubConfig plain = config("backends:\n" + A);
    registry.apply(plain);
    RegisteredBackend before = registry.snapshot().backends().getFirst();
    fail(before, "m");
    registry.apply(withBreakerAndRetry(plain, ONE_FAILURE, ONE_RETRY));
    RegisteredBackend after = registry.snapshot().backends().getFirst();
    assertThat(after.vitals("m", 0).breaker()).isEqualTo(Vitals.Breaker.CLOSED);
    fail(after, "m");
    assertThat(after.vitals("m", 0).breaker()).isEqualTo(Vitals.Breaker.OPEN);
    assertThat(after.vitals("m", 0).leftAloneNanos()).isEqualTo(3_000_000_000L);
    assertThat(after.state().retryBudget().tryRetry(0)).isTrue();
    assertThat(after.state().retryBudget().tryRetry(0)).isFalse();
  }

  @Test
  void closesEverythingAtTheEnd() {
    registry.apply(config("backends:\n" + A + B));
    registry.close();
    assertThat(type.opened()).allMatch(FakeBackend::isClosed);
  }

  private static HubConfig withBreakerAndRetry(
      HubConfig config, BreakerConfig breaker, RetryConfig retry) {
    BackendConfig old = config.backends().getFirst();
    BackendConfig changed =
        new BackendConfig(
            old.id(),
            old.type(),
            old.baseUrl(),
            old.auth(),
            old.models(),
            old.timeouts(),
            old.limits(),
            breaker,
            retry,
            old.local(),
            old.headers());
    return new HubConfig(
        config.own(), List.of(changed), config.models(), config.defaults(), config.origins());
  }

  private static String limited(String backend, int concurrency) {
    return backend.replace("}", ", limits: {concurrency: " + concurrency + "}}");
  }

  private static void fail(RegisteredBackend backend, String model) {
    TargetState target = backend.state().target(model);
    target.failed(0, target.admit(0));
  }

  private static void occupy(RegisteredBackend backend) {
    Bulkhead.Waiter waiter =
        new Bulkhead.Waiter() {
          @Override
          public boolean permitted() {
            return true;
          }

          @Override
          public void displaced() {}
        };
    assertThat(backend.bulkhead().enter(waiter, Priority.STANDARD, "", 0, 0))
        .isEqualTo(Bulkhead.Admission.ADMITTED);
  }

  private boolean isKnown(BackendState state) {
    return registry.snapshot().backends().stream().anyMatch(backend -> backend.state() == state);
  }

  private static List<String> names(RegistrySnapshot snapshot) {
    return snapshot.models().stream().map(ServedModel::name).toList();
  }
}
