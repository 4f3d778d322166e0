package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.QuotasConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest extends LimitsContract {

  @Override
  QuotasConfig.Store store() {
    return new QuotasConfig.Store.Memory();
  }

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.empty();
  }

  @Test
  void forgetsWhoWasNotSeenForLongerThanTheLongestWindow() {
    Turnstile hub =
        another(
            new Allowances.Of().key(Allowances.of(Allowances.requests(5, Duration.ofMinutes(10)))));
    for (int i = 0; i < 1_000; i++) {
      hub.enter(caller().withKey("k" + i)).join();
    }
    clock().advance(Duration.ofMinutes(9));
    hub.enter(caller()).join();
    hub.sweep();
    assertThat(hub.bucketsInMemory()).isEqualTo(1_001);
    // A bucket is counted from the last time that it was at hand, so it goes a window later.
    for (int i = 0; i < 3; i++) {
      clock().advance(Duration.ofMinutes(9));
      hub.enter(caller()).join();
      hub.sweep();
    }
    assertThat(hub.bucketsInMemory()).isEqualTo(1);
  }
}
