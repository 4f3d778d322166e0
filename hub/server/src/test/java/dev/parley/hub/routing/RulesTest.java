package dev.parley.hub.routing;

import static dev.parley.hub.fake.Fakes.model;
import static dev.parley.hub.routing.Names.alias;
import static dev.parley.hub.routing.Names.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Traits;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.ConditionsConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.RuleConfig;
import dev.parley.hub.config.Stickiness;
import dev.parley.hub.config.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

  private static final Traits CHAT = Traits.of(Capability.CHAT, "name");
  private static final Caller CALLER =
      new Caller(
          "kim", "", Set.of("red"), "", Priority.BATCH, Privacy.ANYWHERE, "", Scope.EVERYTHING);
  private static final ConditionsConfig NONE = ConditionsConfig.NONE;

  private final World world =
      new World().backend("a", model("m")).backend("b", model("m")).local("home", model("m"));

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(NONE, CHAT, "rule 1: any call"),
        Arguments.of(when(Set.of(Capability.CHAT), List.of()), CHAT, "rule 1: chat"),
        Arguments.of(when(Set.of(Capability.TTS, Capability.STT), List.of()), CHAT, ""),
        Arguments.of(
            when(Set.of(), List.of("de", "en")),
            CHAT.withLanguage("EN-us"),
            "rule 1: language de or en"),
        Arguments.of(when(Set.of(), List.of("en-US")), CHAT.withLanguage("en"), ""),
        Arguments.of(when(Set.of(), List.of("en")), CHAT.withLanguage("eng"), ""),
        Arguments.of(when(Set.of(), List.of("en")), CHAT, ""),
        Arguments.of(
            content(Set.of(Modality.IMAGE), Set.of()),
            CHAT.withContent(Set.of(Modality.TEXT, Modality.IMAGE), Set.of(Modality.TEXT)),
            "rule 1: image input"),
        Arguments.of(
            content(Set.of(Modality.IMAGE, Modality.AUDIO), Set.of()),
            CHAT.withContent(Set.of(Modality.IMAGE), Set.of()),
            ""),
        Arguments.of(content(Set.of(), Set.of(Modality.AUDIO)), CHAT, ""),
        Arguments.of(streamed(true), CHAT.withStream(true), "rule 1: streamed"),
        Arguments.of(streamed(false), CHAT.withStream(true), ""),
        Arguments.of(
            caller(List.of("jo", "kim"), List.of(), Set.of()),
            CHAT.withCaller(CALLER),
            "rule 1: the caller's key"),
        Arguments.of(caller(List.of("jo"), List.of(), Set.of()), CHAT.withCaller(CALLER), ""),
        Arguments.of(
            caller(List.of(), List.of("red", "blue"), Set.of(Priority.BATCH)),
            CHAT.withCaller(CALLER),
            "rule 1: tag red or blue, priority batch"),
        Arguments.of(caller(List.of(), List.of("blue"), Set.of()), CHAT.withCaller(CALLER), ""),
        Arguments.of(caller(List.of(), List.of(), Set.of(Priority.BATCH)), CHAT, ""),
        Arguments.of(
            bytes(0, 10L << 20),
            CHAT.withAmounts(Amounts.ofAudio(10L << 20, -1)),
            "rule 1: size of 0 to 10MiB"),
        Arguments.of(bytes(0, 10L << 20), CHAT.withAmounts(Amounts.ofAudio(1L << 30, -1)), ""),
        Arguments.of(bytes(0, 10L << 20), CHAT, ""),
        Arguments.of(
            audio(30), CHAT.withAmounts(Amounts.ofAudio(-1, 30_000)), "rule 1: audio up to 30s"),
        Arguments.of(audio(30), CHAT.withAmounts(Amounts.ofAudio(-1, 30_001)), ""),
        Arguments.of(audio(30), CHAT.withAmounts(Amounts.ofAudio(5, -1)), ""),
        Arguments.of(
            context(8_000),
            CHAT.withAmounts(Amounts.ofTokens(7_000, 1_000)),
            "rule 1: context of 8000 tokens or more"),
        Arguments.of(context(8_000), CHAT.withAmounts(Amounts.ofTokens(7_999, -1)), ""),
        Arguments.of(context(8_000), CHAT.withAmounts(Amounts.ofTokens(-1, 9_000)), ""));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aRuleTakesTheCallsThatMeetAllItsConditions(
      ConditionsConfig when, Traits traits, String words) {
    world.name(named(List.of(rule(when, "b/m")), "a/m"));
    Plan plan = world.plan(traits, 0.5);
    assertThat(World.order(plan)).isEqualTo(words.isEmpty() ? "a/m" : "b/m");
    assertThat(plan.chosen().getFirst().reason())
        .isEqualTo(words.isEmpty() ? "the only target" : words + "; the only target");
  }

  @Test
  void theFirstRuleThatHoldsCountsAndMayBringItsOwnStrategy() {
    RuleConfig first = rule(streamed(true), "b/m");
    RuleConfig second =
        new RuleConfig(NONE, Optional.of(Strategy.LEAST_BUSY), Names.targets("a/m", "home/m"));
    world.name(named(List.of(first, second), "a/m"));
    assertThat(World.order(world.plan(CHAT.withStream(true), 0.5))).isEqualTo("b/m");
    assertThat(world.plan(CHAT, 0.5).chosen().getFirst().reason())
        .isEqualTo("rule 2: any call; least busy first: 0 calls for 4 places");
  }

  @Test
  void anotherNameIsPlannedByItsOwnRulesAndPutInItsPlace() {
    world
        .name(alias("name", Strategy.PRIORITY, "@inner", "a/m", "home/m"))
        .name(
            Names.of(
                "inner",
                Strategy.PRIORITY,
                Stickiness.NONE,
                Privacy.ANYWHERE,
                List.of(rule(streamed(true), "home/m", "b/m")),
                "b/m"));
    assertThat(World.order(world.plan(CHAT, 0.5))).isEqualTo("b/m a/m home/m");
    Plan streamed = world.plan(CHAT.withStream(true), 0.5);
    assertThat(World.order(streamed)).isEqualTo("home/m b/m a/m");
    assertThat(streamed.chosen().getFirst().reason())
        .isEqualTo(
            "in the operator's order; through inner: rule 1: streamed; in the operator's order");
  }

  @Test
  void manyWaysThroughTheSameNamesStayCheap() {
    World deep = new World().backend("a", model("m")).backend("b", model("m"));
    String[] twice = {"@n6", "@n6*2"};
    for (int i = 6; i > 0; i--) {
      deep.name(alias("n" + i, Strategy.PRIORITY, "@n" + (i - 1), "@n" + (i - 1) + "*2"));
    }
    deep.name(alias("n0", Strategy.PRIORITY, "a/m", "b/m"));
    deep.name(alias("name", Strategy.PRIORITY, twice));
    assertThat(World.order(deep.plan(CHAT, 0.5))).isEqualTo("a/m b/m");
  }

  @Test
  void privacyOfEveryNameOnTheWayCounts() {
    world
        .name(alias("name", Strategy.PRIORITY, "@inner", "b/m"))
        .name(
            Names.of(
                "inner",
                Strategy.PRIORITY,
                Stickiness.NONE,
                Privacy.LOCAL_ONLY,
                List.of(),
                "a/m",
                "home/m"));
    Plan plan = world.plan(CHAT, 0.5);
    assertThat(World.order(plan)).isEqualTo("home/m b/m");
    assertThat(plan.passedOver())
        .extracting(rejection -> rejection.target() + ": " + rejection.reason())
        .containsExactly("a/m: not local, and the call may only go to local backends");
  }

  @Test
  void aTargetPassedOverOnOneWayMayBeTakenOnAnother() {
    world
        .name(alias("name", Strategy.PRIORITY, "@inner", "a/m"))
        .name(
            Names.of(
                "inner",
                Strategy.PRIORITY,
                Stickiness.NONE,
                Privacy.LOCAL_ONLY,
                List.of(),
                "a/m",
                "home/m"));
    Plan plan = world.plan(CHAT, 0.5);
    assertThat(World.order(plan)).isEqualTo("home/m a/m");
    assertThat(plan.passedOver()).isEmpty();
  }

  @Test
  void contentThatMustStayHereHasItsOwnRefusal() {
    world.name(alias("name", Strategy.PRIORITY, "a/m", "b/m"));
    Traits secret = CHAT.withCaller(CALLER.withPrivacy(Privacy.LOCAL_ONLY));
    assertThatThrownBy(() -> world.plan(secret, 0.5))
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(
                        new HubError.CapabilityMissing(
                            "name",
                            "none of its backends is local, and the content may only go to local"
                                + " ones",
                            "local: true marks a backend as local in the hub's configuration")));
  }

  @Test
  void aPinnedBackendIsTheOnlyOne() {
    world.name(alias("name", Strategy.PRIORITY, "a/m", "b/m"));
    Plan plan = world.plan(CHAT.withCaller(CALLER.withBackend("b")), 0.5);
    assertThat(World.order(plan)).isEqualTo("b/m");
    assertThat(plan.passedOver().getFirst().reason())
        .isEqualTo("the call may only go to backend b");
    assertThatThrownBy(() -> world.plan(CHAT.withCaller(CALLER.withBackend("hom")), 0.5))
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(
                        new HubError.InvalidRequest(
                            "backend", "hom", "the id of a backend; did you mean home?")));
  }

  @Test
  void whatDoesNotFitIsPassedOver() {
    ModelInfo small =
        new ModelInfo(
            "small",
            "",
            0,
            Set.of(),
            Set.of(),
            Set.of(),
            OptionalInt.of(8_192),
            List.of("de", "en-GB"));
    World two = new World().backend("a", small).backend("b", model("m"));
    two.name(alias("name", Strategy.PRIORITY, "a/small", "b/m"));
    assertThat(rejected(two, CHAT.withAmounts(Amounts.ofTokens(20_000, -1))))
        .isEqualTo("context of 8192 tokens is too small for about 20000");
    assertThat(rejected(two, CHAT.withAmounts(Amounts.ofTokens(8_192, 100)))).isEmpty();
    assertThat(rejected(two, CHAT.withLanguage("fr"))).isEqualTo("no language fr");
    assertThat(rejected(two, CHAT.withLanguage("DE-at"))).isEmpty();
    assertThat(rejected(two, CHAT.withLanguage("en"))).isEmpty();
    assertThat(rejected(two, CHAT.withLanguage("en-US"))).isEqualTo("no language en-US");
  }

  /** Only the backend counts tokens: a guess moves a call, it does not refuse one. */
  @Test
  void aCallThatFitsNowhereByGuessIsMadeAllTheSame() {
    ModelInfo small =
        new ModelInfo(
            "small", "", 0, Set.of(), Set.of(), Set.of(), OptionalInt.of(8_192), List.of());
    World one = new World().backend("a", small);
    one.name(alias("name", Strategy.PRIORITY, "a/small"));
    Plan plan = one.plan(CHAT.withAmounts(Amounts.ofTokens(20_000, -1)), 0.5);
    assertThat(World.order(plan)).isEqualTo("a/small");
  }

  @Test
  void theNameThatWasAskedForSaysHowItsCallsAreTreated() {
    ModelConfig patient =
        new ModelConfig(
            "name",
            Strategy.PRIORITY,
            Names.targets("a/m"),
            List.of(),
            Stickiness.NONE,
            Privacy.ANYWHERE,
            Duration.ofMillis(250),
            true,
            Optional.empty(),
            Optional.empty());
    world.name(patient);
    assertThat(world.plan(CHAT, 0.5).policy())
        .isEqualTo(new Policy(Duration.ofMillis(250), true, Optional.empty()));
    assertThat(world.plan(Traits.of(Capability.CHAT, "m"), 0.5).policy()).isEqualTo(Policy.DEFAULT);
  }

  private static String rejected(World world, Traits traits) {
    return String.join(
        ";", world.plan(traits, 0.5).passedOver().stream().map(Plan.Rejection::reason).toList());
  }

  private static ModelConfig named(List<RuleConfig> rules, String... targets) {
    return Names.of("name", Strategy.PRIORITY, Stickiness.NONE, Privacy.ANYWHERE, rules, targets);
  }

  private static ConditionsConfig when(Set<Capability> capabilities, List<String> languages) {
    return conditions(capabilities, languages, Set.of(), Set.of(), Optional.empty(), CALLER_ANY);
  }

  private static ConditionsConfig content(Set<Modality> inputs, Set<Modality> outputs) {
    return conditions(Set.of(), List.of(), inputs, outputs, Optional.empty(), CALLER_ANY);
  }

  private static ConditionsConfig streamed(boolean stream) {
    return conditions(Set.of(), List.of(), Set.of(), Set.of(), Optional.of(stream), CALLER_ANY);
  }

  /** The conditions on a caller. */
  private record Who(List<String> keys, List<String> tags, Set<Priority> priorities) {}

  private static final Who CALLER_ANY = new Who(List.of(), List.of(), Set.of());

  private static ConditionsConfig caller(
      List<String> keys, List<String> tags, Set<Priority> priorities) {
    return conditions(
        Set.of(), List.of(), Set.of(), Set.of(), Optional.empty(), new Who(keys, tags, priorities));
  }

  private static ConditionsConfig conditions(
      Set<Capability> capabilities,
      List<String> languages,
      Set<Modality> inputs,
      Set<Modality> outputs,
      Optional<Boolean> stream,
      Who who) {
    return new ConditionsConfig(
        capabilities,
        languages,
        inputs,
        outputs,
        stream,
        who.keys(),
        who.tags(),
        who.priorities(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static ConditionsConfig bytes(long min, long max) {
    return amounts(
        Optional.empty(), OptionalLong.of(min), OptionalLong.of(max), OptionalLong.empty());
  }

  private static ConditionsConfig audio(int seconds) {
    return amounts(
        Optional.of(Duration.ofSeconds(seconds)),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static ConditionsConfig context(long min) {
    return amounts(
        Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(min));
  }

  private static ConditionsConfig amounts(
      Optional<Duration> audioMax,
      OptionalLong bytesMin,
      OptionalLong bytesMax,
      OptionalLong contextMin) {
    return new ConditionsConfig(
        Set.of(),
        List.of(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Set.of(),
        Optional.empty(),
        audioMax,
        bytesMin,
        bytesMax,
        contextMin,
        OptionalLong.empty());
  }
}
