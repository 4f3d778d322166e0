package dev.parley.hub.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Property
  void staysBelowABoundThatDoubles(
      @ForAll @LongRange(max = 60_000_000_000L) long base,
      @ForAll @LongRange(max = 60_000_000_000L) long max,
      @ForAll @IntRange(min = 1, max = 200) int failedTries,
      @ForAll long seed) {
    Backoff backoff = new Backoff(Duration.ofNanos(base), Duration.ofNanos(max));
    BigInteger bound =
        BigInteger.valueOf(base).shiftLeft(failedTries - 1).min(BigInteger.valueOf(max));
    assertThat(backoff.delay(failedTries, new Random(seed)).toNanos())
        .isBetween(0L, bound.longValueExact());
  }

  @Test
  void drawsFromTheWholeRange() {
    Backoff backoff = new Backoff(Duration.ofNanos(2), Duration.ofNanos(3));
    Random random = new Random(1);
    assertThat(random.ints(200).mapToObj(_ -> backoff.delay(1, random).toNanos()))
        .contains(0L, 1L, 2L)
        .doesNotContain(3L);
    assertThat(random.ints(200).mapToObj(_ -> backoff.delay(5, random).toNanos()))
        .contains(0L, 1L, 2L, 3L);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofNanos(-1), Duration.ZERO));
    Backoff backoff = new Backoff(Duration.ZERO, Duration.ZERO);
    assertThatIllegalArgumentException().isThrownBy(() -> backoff.delay(0, new Random(1)));
  }
}
