package dev.parley.hub.routing;

import static dev.parley.hub.fake.Fakes.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Traits;
import dev.parley.hub.resilience.Vitals;
import dev.parley.hub.resilience.Vitals.Breaker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriageTest {

  private static final Traits CHAT = Traits.of(Capability.CHAT, "m");

  private final World world =
      new World().backend("a", model("m")).backend("b", model("m")).backend("c", model("m"));

  @Test
  void whoIsToBeLeftAloneComesLastAndTheSoonestBackFirst() {
    world.down("a").is("b/m", resting(Breaker.OPEN, 9)).is("c/m", resting(Breaker.CLOSED, 2));
    assertThat(described())
        .isEqualTo(
            """
            LAST_RESORT c/m in the operator's order, but it asked to be left alone for a while
            LAST_RESORT a/m in the operator's order, but down at the last probe
            LAST_RESORT b/m in the operator's order, but it failed too often of late
            """);
  }

  @Test
  void anOpenBreakerWhoseTimeIsOverStaysLastUntilItIsHalfOpen() {
    world.is("a/m", resting(Breaker.OPEN, 0));
    assertThat(order()).isEqualTo("b/m c/m a/m");
    world.is("a/m", resting(Breaker.HALF_OPEN, 0));
    assertThat(order()).isEqualTo("a/m b/m c/m");
  }

  @Test
  void whoRecoversStepsBackButForItsShare() {
    world.is("a/m", new Vitals(Breaker.RECOVERING, 0, 0.3, -1, 0, 0, 0, 0, 4));
    long first =
        IntStream.range(0, 10_000)
            .filter(i -> World.order(world.plan(CHAT, i / 10_000.0)).equals("a/m b/m c/m"))
            .count();
    long last =
        IntStream.range(0, 10_000)
            .filter(i -> World.order(world.plan(CHAT, i / 10_000.0)).equals("b/m c/m a/m"))
            .count();
    assertThat(first / 10_000.0).isCloseTo(0.3, within(0.02));
    assertThat(first + last).isEqualTo(10_000);
  }

  @Test
  void whoRecoversAloneIsStillReady() {
    world.is("a/m", new Vitals(Breaker.RECOVERING, 0, 0.01, -1, 0, 0, 0, 0, 4));
    Plan plan = world.plan(Traits.of(Capability.CHAT, "a/m"), 0.9);
    assertThat(plan.chosen().getFirst().role()).isEqualTo(Plan.Role.READY);
  }

  @ParameterizedTest
  @CsvSource({
    // failures of ten calls each: a, b, c
    "0, 0, 0, a b c",
    "1, 0, 0, a b c",
    "2, 0, 0, b c a",
    "5, 3, 3, a b c",
    "6, 3, 3, b c a",
    // Only one of three goes, the worst.
    "4, 5, 0, a c b",
    // All have the same trouble.
    "9, 9, 9, a b c",
  })
  void aReplicaThatFailsMoreThanItsLikeComesLast(int a, int b, int c, String order) {
    world.is("a/m", failed(a)).is("b/m", failed(b)).is("c/m", failed(c));
    assertThat(order().replace("/m", "")).isEqualTo(order);
  }

  @Test
  void fewCallsShowNothing() {
    world.is("a/m", new Vitals(Breaker.CLOSED, 0, 1, -1, 9, 9, 0, 0, 4));
    assertThat(order()).isEqualTo("a/m b/m c/m");
  }

  @Test
  void ofTwoReplicasTheWorseComesLast() {
    World two = new World().backend("a", model("m")).backend("b", model("m"));
    two.is("a/m", failed(3)).is("b/m", failed(1));
    assertThat(World.order(two.plan(CHAT, 0))).isEqualTo("b/m a/m");
    assertThat(two.plan(CHAT, 0).chosen().getLast().reason())
        .isEqualTo("in the operator's order, but fails more often than its like");
    two.is("b/m", failed(2));
    assertThat(World.order(two.plan(CHAT, 0))).isEqualTo("a/m b/m");
  }

  @Test
  void theLastThatIsReadyIsNoOutlier() {
    world.down("b").down("c").is("a/m", failed(9));
    assertThat(world.plan(CHAT, 0).chosen().getFirst().role()).isEqualTo(Plan.Role.READY);
  }

  private String order() {
    return World.order(world.plan(CHAT, 0.5));
  }

  private String described() {
    StringBuilder text = new StringBuilder();
    for (Plan.Step step : world.plan(CHAT, 0.5).chosen()) {
      text.append(step.role()).append(' ').append(step.target()).append(' ').append(step.reason());
      text.append('\n');
    }
    return text.toString();
  }

  private static Vitals resting(Breaker breaker, int seconds) {
    long nanos = Duration.ofSeconds(seconds).toNanos();
    return new Vitals(breaker, nanos, 1, -1, 0, 0, 0, 0, 4);
  }

  private static Vitals failed(int ofTen) {
    return new Vitals(Breaker.CLOSED, 0, 1, -1, 10, ofTen, 0, 0, 4);
  }
}
