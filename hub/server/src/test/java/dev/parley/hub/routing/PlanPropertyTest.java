package dev.parley.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.ConditionsConfig;
import dev.parley.hub.config.RuleConfig;
import dev.parley.hub.config.Stickiness;
import dev.parley.hub.config.Strategy;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.resilience.Vitals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Whatever the hub and the call are like, a plan keeps its promises. */
class PlanPropertyTest {

  private static final Capability[] CAPABILITIES = {
    Capability.CHAT, Capability.EMBEDDING, Capability.TTS
  };
  private static final Modality[] MODALITIES = {Modality.TEXT, Modality.IMAGE, Modality.AUDIO};

  /** A hub, a call and a lot, made from one number. */
  private record Case(World world, Traits traits, double lot) {}

  @Property(tries = 400)
  void aPlanKeepsItsPromises(@ForAll long seed, @ForAll @DoubleRange(max = 0.99) double lot) {
    Case made = made(seed, lot);
    Plan plan;
    try {
      plan = made.world().plan(made.traits(), lot);
    } catch (HubException _) {
      return;
    }
    for (Plan.Step step : plan.chosen()) {
      assertServes(step, made.traits());
    }
    assertEachTargetOnce(plan);
    assertReadyFirst(plan);
    assertThat(made.world().plan(made.traits(), lot)).isEqualTo(plan);
  }

  private static void assertServes(Plan.Step step, Traits traits) {
    RegisteredBackend backend = step.backend();
    ModelInfo model = step.model();
    assertThat(backend.id()).isEqualTo(step.target().backend());
    if (!traits.caller().backend().isEmpty()) {
      assertThat(backend.id()).isEqualTo(traits.caller().backend());
    }
    if (traits.caller().privacy() == Privacy.LOCAL_ONLY) {
      assertThat(backend.config().local()).isTrue();
    }
    assertThat(model.capabilities()).contains(traits.capability());
    if (!model.inputs().isEmpty()) {
      assertThat(model.inputs()).containsAll(traits.inputs());
    }
    if (!model.outputs().isEmpty()) {
      assertThat(model.outputs()).containsAll(traits.outputs());
    }
  }

  private static void assertEachTargetOnce(Plan plan) {
    List<Target> all = new ArrayList<>();
    plan.chosen().forEach(step -> all.add(step.target()));
    plan.passedOver().forEach(rejection -> all.add(rejection.target()));
    // Where the made-up name has a rule, it leads to the same targets.
    Set<Target> wanted = new HashSet<>();
    plan.model().targets().forEach(target -> wanted.add(target.target()));
    assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static void assertReadyFirst(Plan plan) {
    boolean rest = false;
    for (Plan.Step step : plan.chosen()) {
      boolean last = step.role() == Plan.Role.LAST_RESORT;
      assertThat(rest && !last).isFalse();
      rest |= last;
    }
  }

  @Property(tries = 300)
  void aTargetThatGoesTakesOnlyItsOwnKeysAway(@ForAll long seed) {
    RandomGenerator random = random(seed);
    int count = 2 + random.nextInt(6);
    int gone = random.nextInt(count);
    int[] weights = new int[count];
    for (int i = 0; i < count; i++) {
      weights[i] = 1 + random.nextInt(9);
    }
    for (int i = 0; i < 50; i++) {
      String key = "session-" + random.nextInt();
      int before = winner(key, weights, -1);
      int after = winner(key, weights, gone);
      assertThat(after).isEqualTo(before == gone ? after : before);
    }
  }

  @Property(tries = 20)
  void keysSpreadByWeight(@ForAll long seed) {
    RandomGenerator random = random(seed);
    int[] weights = {1 + random.nextInt(5), 1 + random.nextInt(5), 1 + random.nextInt(5)};
    int[] won = new int[3];
    for (int i = 0; i < 6_000; i++) {
      won[winner("s" + seed + "-" + i, weights, -1)]++;
    }
    double sum = weights[0] + weights[1] + weights[2];
    for (int i = 0; i < 3; i++) {
      assertThat(won[i] / 6_000.0).isBetween(weights[i] / sum - 0.04, weights[i] / sum + 0.04);
    }
  }

  private static int winner(String key, int[] weights, int without) {
    int best = -1;
    double score = Double.MAX_VALUE;
    for (int i = 0; i < weights.length; i++) {
      double one = Rendezvous.score(key, "backend-" + i + "/model", weights[i]);
      if (i != without && one < score) {
        best = i;
        score = one;
      }
    }
    return best;
  }

  private static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  private static Case made(long seed, double lot) {
    RandomGenerator random = random(seed);
    World world = new World();
    List<String> targets = new ArrayList<>();
    int backends = 1 + random.nextInt(5);
    for (int i = 0; i < backends; i++) {
      String id = "b" + i;
      ModelInfo model = model(random);
      if (random.nextInt(2) == 0) {
        world.local(id, model);
      } else {
        world.backend(id, model);
      }
      if (random.nextInt(4) == 0) {
        world.down(id);
      }
      targets.add(id + "/m*" + (1 + random.nextInt(5)));
      world.is(id + "/m", vitals(random));
    }
    List<String> inner = targets.subList(0, 1 + random.nextInt(targets.size()));
    world.name(Names.alias("inner", any(random, Strategy.values()), inner.toArray(String[]::new)));
    List<String> outer = new ArrayList<>(targets);
    outer.add(random.nextInt(outer.size() + 1), "@inner*3");
    List<RuleConfig> rules =
        random.nextInt(3) == 0
            ? List.of(Names.rule(ConditionsConfig.NONE, outer.toArray(String[]::new)))
            : List.of();
    world.name(
        Names.of(
            "name",
            any(random, Strategy.values()),
            any(random, Stickiness.values()),
            Privacy.ANYWHERE,
            rules,
            outer.toArray(String[]::new)));
    return new Case(world, traits(random), lot);
  }

  private static Traits traits(RandomGenerator random) {
    Caller caller =
        new Caller(
            "",
            "",
            Set.of(),
            random.nextInt(2) == 0 ? "" : "s" + random.nextInt(),
            any(random, Priority.values()),
            any(random, Privacy.values()),
            random.nextInt(4) == 0 ? "b0" : "",
            Scope.EVERYTHING);
    return Traits.of(any(random, CAPABILITIES), "name")
        .withContent(some(random, MODALITIES), some(random, MODALITIES))
        .withVoice(random.nextInt(2) == 0 ? "" : "anna")
        .withCaller(caller);
  }

  private static ModelInfo model(RandomGenerator random) {
    return new ModelInfo(
        "m",
        "",
        0,
        some(random, CAPABILITIES),
        some(random, MODALITIES),
        some(random, MODALITIES),
        OptionalInt.empty(),
        List.of());
  }

  private static Vitals vitals(RandomGenerator random) {
    int calls = random.nextInt(40);
    return new Vitals(
        any(random, Vitals.Breaker.values()),
        random.nextInt(3) == 0 ? random.nextLong(1L << 40) : 0,
        1 - random.nextDouble(),
        random.nextInt(-1, 100_000),
        calls,
        random.nextInt(calls + 1),
        random.nextInt(8),
        random.nextInt(8),
        1 + random.nextInt(8));
  }

  private static <T> T any(RandomGenerator random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static <T> Set<T> some(RandomGenerator random, T[] values) {
    Set<T> some = new HashSet<>();
    for (T value : values) {
      if (random.nextInt(3) > 0) {
        some.add(value);
      }
    }
    return some;
  }
}
