package dev.parley.hub.routing;

import static dev.parley.hub.fake.Events.call;
import static dev.parley.hub.fake.Events.head;
import static dev.parley.hub.fake.Fakes.config;
import static dev.parley.hub.fake.Fakes.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Amounts;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.BackendStatus;
import dev.parley.hub.fake.FakeType;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.resilience.Vitals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

  private static final String CONFIG =
      """
      backends:
        - {id: one, type: fake, base_url: 'http://one/v1'}
        - {id: two, type: fake, base_url: 'http://two/v1'}
        - {id: three, type: fake, base_url: 'http://three/v1'}
      models:
        - id: assistant
          targets: [{backend: two, model: shared}, {backend: one, model: org/only-one}]
      defaults: {chat: assistant}
      """;

  private final FakeType type = new FakeType("fake");
  private final Registry registry = new Registry(List.of(type));

  @BeforeEach
  void list() {
    registry.apply(config(CONFIG));
    Set<Capability> both = Set.of(Capability.CHAT, Capability.EMBEDDING);
    type.backend("one")
        .lists(
            model("shared", both, Set.of(Modality.TEXT)),
            model("org/only-one", both, Set.of(Modality.TEXT)));
    type.backend("two").lists(model("shared", both, Set.of(Modality.TEXT, Modality.IMAGE)));
    type.backend("two").cannotEmbed();
    type.backend("three").lists(model("speech", Set.of(Capability.TTS), Set.of()), model("chatty"));
    registry.refresh().join();
  }

  @ParameterizedTest
  @CsvSource({
    "assistant,        two/shared one/org/only-one",
    "'',               two/shared one/org/only-one",
    "shared,           one/shared two/shared",
    "org/only-one,     one/org/only-one",
    "two/shared,       two/shared",
    "one/org/only-one, one/org/only-one",
    "chatty,           three/chatty",
  })
  void plansInTheOperatorsOrder(String name, String targets) {
    assertThat(targets(CallKind.CHAT, head(name))).isEqualTo(targets);
  }

  @Test
  void passesOverTargetsThatLackTheModality() {
    Plan plan = plan(CallKind.CHAT, withInputs("shared", Modality.TEXT, Modality.IMAGE));
    assertThat(plan.chosen()).extracting(step -> step.target().backend()).containsExactly("two");
    assertThat(plan.passedOver())
        .extracting(Plan.Rejection::reason)
        .containsExactly("no image input");
  }

  @Test
  void passesOverBackendsThatCannotDoTheCall() {
    assertThat(targets(CallKind.EMBEDDING, head("shared"))).isEqualTo("one/shared");
  }

  @Test
  void triesBackendsThatAreDownLast() {
    type.backend("one").is(new BackendStatus.Down("refused"));
    registry.refresh().join();
    assertThat(targets(CallKind.CHAT, head("shared"))).isEqualTo("two/shared one/shared");
    assertThat(targets(CallKind.CHAT, head("org/only-one"))).isEqualTo("one/org/only-one");
  }

  @Test
  void refusesWhatNoTargetCanDo() {
    assertRefused(
        CallKind.CHAT,
        head("speech"),
        new HubError.CapabilityMissing(
            "speech", "no capability chat", "GET /v1/models shows what each model can do"));
    assertRefused(
        CallKind.CHAT,
        withInputs("shared", Modality.TEXT, Modality.VIDEO),
        new HubError.CapabilityMissing(
            "shared", "no video input", "GET /v1/models shows what each model can do"));
  }

  @Test
  void saysWhichNameWasProbablyMeant() {
    assertRefused(
        CallKind.CHAT,
        head("asistant"),
        new HubError.NotFound(HubError.NotFound.Kind.MODEL, "asistant", Optional.of("assistant")));
    assertRefused(
        CallKind.CHAT,
        head("nothing-like-it"),
        new HubError.NotFound(HubError.NotFound.Kind.MODEL, "nothing-like-it", Optional.empty()));
  }

  @Test
  void asksForANameWhereThereIsNoDefault() {
    assertThatThrownBy(() -> plan(CallKind.EMBEDDING, head("")))
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isInstanceOfSatisfying(
                        HubError.InvalidRequest.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("model")));
  }

  @Test
  void anUnknownNameMayBelongToABackendThatCouldNotBeAsked() {
    registry.apply(config(CONFIG.replace("http://three", "http://moved")));
    assertRefused(
        CallKind.CHAT,
        head("nothing-like-it"),
        new HubError.NoHealthyBackend("nothing-like-it", List.of("three"), Duration.ofSeconds(5)));
  }

  private void assertRefused(CallKind kind, CallHead head, HubError expected) {
    assertThatThrownBy(() -> plan(kind, head))
        .isInstanceOfSatisfying(HubException.class, e -> assertThat(e.error()).isEqualTo(expected));
  }

  @Test
  void givesUrlsOnlyToBackendsThatMayFetch() {
    String text =
        """
        backends:
          - { id: shut, type: fake, base_url: "http://shut", models: [{ id: m }] }
          - id: open
            type: fake
            base_url: "http://open"
            media_urls: true
            models: [{ id: n }]
        models:
          - id: both
            targets: [{ backend: shut, model: m }, { backend: open, model: n }]
        """;
    registry.apply(config(text));
    assertThat(targets(CallKind.CHAT, linking("both"))).isEqualTo("open/n");
    assertThat(targets(CallKind.CHAT, head("both"))).isEqualTo("shut/m open/n");
    assertRefused(
        CallKind.CHAT,
        linking("m"),
        new HubError.InvalidRequest(
            "messages[0].content[0].image_url.url",
            "a URL that a backend would have to fetch",
            "a data: URL that holds the content; URLs are for backends of which the operator says"
                + " media_urls: true, and model 'm' has none that could serve this"));
  }

  private static CallHead linking(String name) {
    return new CallHead(
        name,
        false,
        false,
        Set.of(Modality.TEXT, Modality.IMAGE),
        Set.of(Modality.TEXT),
        "messages[0].content[0].image_url.url");
  }

  private static CallHead withInputs(String name, Modality... inputs) {
    return new CallHead(name, false, false, Set.of(inputs), Set.of(Modality.TEXT));
  }

  private String targets(CallKind kind, CallHead head) {
    return String.join(
        " ", plan(kind, head).chosen().stream().map(step -> step.target().toString()).toList());
  }

  private Plan plan(CallKind kind, CallHead head) {
    return Router.plan(
        call(kind, head).traits(Amounts.NONE), registry.snapshot(), (_, _) -> Vitals.fresh(1), 0);
  }
}
