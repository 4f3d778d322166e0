package dev.parley.hub.routing;

import static dev.parley.hub.fake.Fakes.model;
import static dev.parley.hub.routing.Names.alias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.config.Stickiness;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.registry.ServedModel.ServedTarget;
import dev.parley.hub.resilience.Vitals;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategiesTest {

  /** No plan by latency looks elsewhere with this one. */
  private static final double LOT = 0.5;

  private static final Traits CHAT = Traits.of(Capability.CHAT, "name");
  private static final Vitals FRESH = Vitals.fresh(4);

  private final World world =
      new World()
          .backend("a", model("m"))
          .backend("b", model("m"))
          .backend("c", model("m"))
          .backend("d", model("other"));

  @Test
  void priorityFollowsTheFile() {
    world.name(alias("name", Strategy.PRIORITY, "c/m", "a/m", "b/m"));
    assertThat(order(CHAT)).isEqualTo("c/m a/m b/m");
    assertThat(reasons(CHAT)).containsOnly("in the operator's order");
  }

  @Test
  void leastBusyLooksAtTheShareOfPlacesTaken() {
    world
        .name(alias("name", Strategy.LEAST_BUSY, "a/m", "b/m", "c/m"))
        .is("a/m", busy(3, 1, 4))
        .is("b/m", busy(4, 0, 16))
        .is("c/m", busy(1, 0, 4));
    assertThat(order(CHAT)).isEqualTo("b/m c/m a/m");
    assertThat(reasons(CHAT)).first().isEqualTo("least busy first: 4 calls for 16 places");
  }

  @Test
  void leastLatencyMeasuresWhatIsNewThenTakesTheFastest() {
    world
        .name(alias("name", Strategy.LEAST_LATENCY, "a/m", "b/m", "c/m"))
        .is("a/m", measured(90_000))
        .is("b/m", measured(20_000));
    assertThat(order(CHAT)).isEqualTo("c/m b/m a/m");
    assertThat(reasons(CHAT))
        .containsExactly(
            "fastest first: not measured yet",
            "fastest first: 20 ms to the first byte",
            "fastest first: 90 ms to the first byte");
  }

  @Test
  void oneCallMeasuresANewTargetAndOneThatNeverAnswersStopsBeingNew() {
    world
        .name(alias("name", Strategy.LEAST_LATENCY, "a/m", "b/m", "c/m"))
        .is("a/m", busy(1, 0, 4))
        .is("b/m", new Vitals(Vitals.Breaker.CLOSED, 0, 1, -1, 3, 1, 0, 0, 4))
        .is("c/m", measured(90_000));
    assertThat(order(CHAT)).isEqualTo("c/m a/m b/m");
  }

  @Test
  void leastLatencyLooksAgainAtASlowTargetNowAndThen() {
    world
        .name(alias("name", Strategy.LEAST_LATENCY, "a/m", "b/m", "c/m"))
        .is("a/m", measured(10_000))
        .is("b/m", measured(20_000))
        .is("c/m", measured(30_000));
    assertThat(partFirst("a/m")).isCloseTo(0.95, within(0.01));
    assertThat(partFirst("b/m")).isCloseTo(0.025, within(0.005));
    assertThat(partFirst("c/m")).isCloseTo(0.025, within(0.005));
  }

  @Test
  void weightsDecideHowOftenATargetIsFirst() {
    world.name(alias("name", Strategy.WEIGHTED, "a/m*6", "b/m*3", "c/m"));
    assertThat(partFirst("a/m")).isCloseTo(0.6, within(0.02));
    assertThat(partFirst("b/m")).isCloseTo(0.3, within(0.02));
    assertThat(partFirst("c/m")).isCloseTo(0.1, within(0.02));
  }

  @Test
  void aTargetThatRecoversWeighsItsShareOnly() {
    world.name(alias("name", Strategy.WEIGHTED, "a/m", "b/m")).is("a/m", recovering(0.25));
    assertThat(partFirst("a/m")).isCloseTo(0.2, within(0.02));
  }

  @Test
  void cheapestCountsWhatTheCallIsLikelyToUse() {
    world
        .priced("a", "m", tokens(10_000_000, 10_000_000))
        .priced("b", "m", tokens(1_000_000, 40_000_000))
        .name(alias("name", Strategy.CHEAPEST, "c/m", "a/m", "b/m"));
    // 1000 and 500 tokens: 15 000 against 21 000 millionths; nobody priced c.
    assertThat(order(CHAT)).isEqualTo("a/m b/m c/m");
    assertThat(reasons(CHAT))
        .containsExactly(
            "cheapest first: about 15000 millionths",
            "cheapest first: about 21000 millionths",
            "cheapest first: no price");
    Traits longInput = CHAT.withAmounts(Amounts.ofTokens(100_000, 500));
    assertThat(order(longInput)).isEqualTo("b/m a/m c/m");
  }

  @Test
  void anOwnBackendWithoutPriceCostsNothing() {
    world
        .local("own", model("m"))
        .priced("a", "m", tokens(1, 1))
        .name(alias("name", Strategy.CHEAPEST, "a/m", "own/m"));
    assertThat(order(CHAT)).isEqualTo("own/m a/m");
  }

  @Test
  void speechCostsByMinuteAndByCharacter() {
    PriceConfig cheapMinutes =
        new PriceConfig(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(10), OptionalLong.of(90));
    PriceConfig cheapCharacters =
        new PriceConfig(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(20), OptionalLong.of(30));
    assertThat(Cost.of(of(Capability.STT), served(cheapMinutes))).isEqualTo(10_000_000);
    assertThat(
            Cost.of(
                of(Capability.STT).withAmounts(Amounts.ofAudio(1, 90_000)), served(cheapMinutes)))
        .isEqualTo(15_000_000);
    assertThat(Cost.of(of(Capability.TTS), served(cheapCharacters))).isEqualTo(15_000);
  }

  @Test
  void sumsTooLargeForALongStayLarge() {
    PriceConfig dear = tokens(PriceConfig.RANGE.max(), PriceConfig.RANGE.max());
    Traits huge = CHAT.withAmounts(Amounts.ofTokens(Long.MAX_VALUE, Long.MAX_VALUE));
    assertThat(Cost.of(huge, served(dear))).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void aSessionStaysWhereItIsWhateverTheStrategy() {
    world.name(
        Names.of(
            "name",
            Strategy.WEIGHTED,
            Stickiness.SESSION,
            Privacy.ANYWHERE,
            List.of(),
            "a/m",
            "b/m",
            "c/m"));
    Traits session = CHAT.withCaller(CHAT.caller().withSession("s-17"));
    String first = order(session);
    for (int i = 0; i < 100; i++) {
      assertThat(World.order(world.plan(session, i / 100.0))).isEqualTo(first);
    }
    assertThat(reasons(session)).containsOnly("kept for this session");
    assertThat(reasons(CHAT)).containsOnly("by lot, weight 1");
  }

  @Test
  void aVoiceStaysWhereItIsThroughOtherNames() {
    world
        .name(
            Names.of(
                "name",
                Strategy.PRIORITY,
                Stickiness.VOICE,
                Privacy.ANYWHERE,
                List.of(),
                "@inner",
                "d/other"))
        .name(alias("inner", Strategy.WEIGHTED, "a/m", "b/m"));
    Traits voice = CHAT.withVoice("anna");
    String first = order(voice);
    for (int i = 0; i < 100; i++) {
      assertThat(World.order(world.plan(voice, i / 100.0))).isEqualTo(first);
    }
  }

  private String order(Traits traits) {
    return World.order(world.plan(traits, LOT));
  }

  private List<String> reasons(Traits traits) {
    return world.plan(traits, LOT).chosen().stream().map(Plan.Step::reason).toList();
  }

  /** Part of many plans in which the target is the first. */
  private double partFirst(String target) {
    int plans = 20_000;
    long count =
        IntStream.range(0, plans)
            .mapToObj(i -> world.plan(CHAT, (double) i / plans))
            .filter(plan -> plan.chosen().getFirst().target().toString().equals(target))
            .count();
    return (double) count / plans;
  }

  private static ServedTarget served(PriceConfig price) {
    World one = new World().backend("x").priced("x", "m", price);
    return one.snapshot().find("m").orElseThrow().targets().getFirst();
  }

  private static Traits of(Capability capability) {
    return Traits.of(capability, "m");
  }

  private static PriceConfig tokens(long input, long output) {
    return new PriceConfig(
        OptionalLong.of(input),
        OptionalLong.of(output),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static Vitals busy(int running, int queued, int places) {
    return new Vitals(FRESH.breaker(), 0, 1, -1, 0, 0, running, queued, places);
  }

  private static Vitals measured(long micros) {
    return new Vitals(FRESH.breaker(), 0, 1, micros, 9, 0, 0, 0, 4);
  }

  private static Vitals recovering(double share) {
    return new Vitals(Vitals.Breaker.RECOVERING, 0, share, -1, 0, 0, 0, 0, 4);
  }
}
