package dev.parley.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Traits;
import dev.parley.hub.fake.Fakes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key's scope does to routing. */
class PermissionTest {

  private final World world =
      new World().backend("one", Fakes.model("m")).backend("two", Fakes.model("m"));

  private static Traits chat(String model, Scope scope, String backend) {
    return Traits.of(Capability.CHAT, model)
        .withCaller(Caller.ANYONE.withScope(scope).withBackend(backend));
  }

  private HubError.Forbidden refused(Traits traits) {
    HubException refused = catchThrowableOfType(HubException.class, () -> world.plan(traits, 0.5));
    assertThat(refused.error()).isInstanceOf(HubError.Forbidden.class);
    return (HubError.Forbidden) refused.error();
  }

  private static Scope models(String... names) {
    return new Scope(List.of(names), Set.of(), Set.of(), Scope.Pinning.ALLOWED);
  }

  private static Scope backends(Scope.Pinning pinning, String... ids) {
    return new Scope(List.of(), Set.of(), Set.of(ids), pinning);
  }

  @ParameterizedTest
  @CsvSource({"m", "m*", "*"})
  void mayUseTheModelsThatAreNamed(String allowed) {
    assertThat(World.order(world.plan(chat("m", models("other", allowed), ""), 0.5)))
        .isEqualTo("one/m two/m");
  }

  @Test
  void mayNotUseOthersAndIsNotToldWhetherThereAreAny() {
    HubError.Forbidden known = refused(chat("m", models("gpt-*"), ""));
    assertThat(known.what()).isEqualTo("this key may not use model 'm'");
    assertThat(known.remedy()).isEqualTo("it may use: gpt-*");
    assertThat(refused(chat("nothing", models("gpt-*"), "")).remedy()).isEqualTo(known.remedy());
  }

  @Test
  void mayNotBeUsedForAnythingElse() {
    Scope speech = new Scope(List.of(), Set.of(Capability.TTS), Set.of(), Scope.Pinning.ALLOWED);
    assertThat(refused(chat("m", speech, "")).what())
        .isEqualTo("this key may not be used for chat");
  }

  @Test
  void isServedByItsBackendsOnly() {
    Plan plan = world.plan(chat("m", backends(Scope.Pinning.ALLOWED, "two"), ""), 0.5);
    assertThat(World.order(plan)).isEqualTo("two/m");
    assertThat(plan.passedOver())
        .extracting(Plan.Rejection::reason)
        .containsExactly(Fitness.NOT_ALLOWED);
  }

  @Test
  void isForbiddenWhereNoneOfItsBackendsHasTheModel() {
    assertThat(refused(chat("m", backends(Scope.Pinning.ALLOWED, "three"), "")).what())
        .isEqualTo("this key may not use any backend of model 'm'");
  }

  @Test
  void choosesItsBackendWhereItMay() {
    Scope both = backends(Scope.Pinning.ALLOWED, "one", "two");
    assertThat(World.order(world.plan(chat("m", both, "two"), 0.5))).isEqualTo("two/m");
    assertThat(refused(chat("m", backends(Scope.Pinning.ALLOWED, "one"), "two")).what())
        .contains("may not choose the backend 'two'");
    assertThat(refused(chat("m", backends(Scope.Pinning.REFUSED), "two")).remedy())
        .isEqualTo("leave x-parley-backend out");
  }
}
