package dev.parley.hub.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What limits on a server do for several hubs. */
abstract class SharedLimitsContract extends LimitsContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void countsForAllHubsTogether() {
    Allowances.Of limits = new Allowances.Of().key(Allowances.of(Allowances.requests(40, MINUTE)));
    List<Turnstile> hubs = List.of(another(limits), another(limits));
    List<CompletableFuture<Entry>> asked = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      asked.add(hubs.get(i % 2).enter(caller()));
    }
    assertThat(asked.stream().filter(it -> it.handle((made, _) -> made != null).join()).count())
        .isEqualTo(40);
  }

  @Test
  void freesThePlacesOfAHubThatWasKilled() {
    Allowances.Of limits = new Allowances.Of().key(Allowances.streams(2));
    Turnstile killed = another(limits);
    Turnstile other = another(limits);
    killed.enter(caller()).join();
    killed.enter(caller()).join();
    assertThatThrownBy(() -> other.enter(caller()).join()).isInstanceOf(CompletionException.class);
    clock().advance(RunningLeases.HELD.minusSeconds(1));
    assertThatThrownBy(() -> other.enter(caller()).join()).isInstanceOf(CompletionException.class);
    clock().advance(Duration.ofSeconds(1));
    other.enter(caller()).join();
  }

  @Test
  void keepsThePlacesOfAHubThatGivesWord() {
    Allowances.Of limits = new Allowances.Of().key(Allowances.streams(1));
    Turnstile running = another(limits);
    Turnstile other = another(limits);
    running.enter(caller()).join();
    for (int i = 0; i < 5; i++) {
      clock().advance(RunningLeases.RENEWED_EVERY);
      running.renewed().join();
    }
    assertThatThrownBy(() -> other.enter(caller()).join()).isInstanceOf(CompletionException.class);
  }

  @Test
  void freesThePlacesOfAHubThatEnds() {
    Allowances.Of limits = new Allowances.Of().key(Allowances.streams(1));
    Turnstile ending = another(limits);
    Turnstile other = another(limits);
    ending.enter(caller()).join();
    ending.close();
    other.enter(caller()).join();
  }
}
