package dev.parley.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.fake.FakeType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltInTest {

  private static final Set<String> TYPES = Set.of("fake", "freetts", "espeak-ng");

  private final Registry registry =
      new Registry(
          List.of(new FakeType("fake"), new FakeType("freetts"), new FakeType("espeak-ng")),
          List.of("freetts", "espeak-ng"));

  private RegistrySnapshot with(String yaml) {
    try {
      HubConfig config = ConfigReader.parse(yaml, "hub.yaml", TYPES, _ -> null);
      registry.apply(config);
    } catch (ConfigException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
    return registry.snapshot();
  }

  private static List<String> ids(List<RegisteredBackend> backends) {
    return backends.stream().map(RegisteredBackend::id).toList();
  }

  private static List<String> backendsOf(RegistrySnapshot snapshot, String model) {
    return snapshot.find(model).orElseThrow().targets().stream()
        .map(ServedModel.ServedTarget::target)
        .map(Target::backend)
        .toList();
  }

  @Test
  void comeLastAndSpeakWhereNothingElseIsConfigured() {
    RegistrySnapshot snapshot =
        with("backends: [{id: a, type: fake, base_url: 'http://a', models: [{id: m}]}]");
    assertThat(ids(snapshot.backends())).containsExactly("a", "freetts", "espeak-ng");
    assertThat(ids(snapshot.lastResorts())).containsExactly("freetts", "espeak-ng");
    assertThat(snapshot.backend("freetts").orElseThrow().config().local()).isTrue();
    assertThat(snapshot.find("espeak-ng").orElseThrow().info().capabilities())
        .containsExactly(Capability.TTS);
    assertThat(snapshot.defaultModel(Capability.TTS)).contains("freetts");
    assertThat(snapshot.defaultModel(Capability.CHAT)).isEmpty();
  }

  @Test
  void aConfiguredModelThatSpeaksIsTheDefault() {
    RegistrySnapshot snapshot =
        with(
            """
            backends:
              - id: a
                type: fake
                base_url: http://a
                models: [{id: m}, {id: loud, capabilities: [tts]}]
            """);
    assertThat(snapshot.defaultModel(Capability.TTS)).contains("loud");
  }

  @Test
  void theOperatorsDefaultCounts() {
    RegistrySnapshot snapshot =
        with(
            """
            backends:
              - { id: a, type: fake, base_url: "http://a", models: [{id: x, capabilities: [tts]}, {id: y}] }
            defaults: { tts: y }
            """);
    assertThat(snapshot.defaultModel(Capability.TTS)).contains("y");
  }

  @Test
  void listedOnesAreNoLastResort() {
    RegistrySnapshot snapshot = with("local: { speech: listed }");
    assertThat(ids(snapshot.backends())).containsExactly("freetts", "espeak-ng");
    assertThat(snapshot.lastResorts()).isEmpty();
  }

  @Test
  void canBeLeftOut() {
    RegistrySnapshot snapshot = with("local: { speech: off }");
    assertThat(snapshot.backends()).isEmpty();
    assertThat(snapshot.lastResorts()).isEmpty();
    assertThat(snapshot.defaultModel(Capability.TTS)).isEmpty();
  }

  @Test
  void giveWayToABackendOfTheirName() {
    RegistrySnapshot snapshot =
        with("backends: [{id: freetts, type: fake, base_url: 'http://a', models: [{id: m}]}]");
    assertThat(ids(snapshot.backends())).containsExactly("freetts", "espeak-ng");
    assertThat(snapshot.backend("freetts").orElseThrow().isBuiltIn()).isFalse();
    assertThat(ids(snapshot.lastResorts())).containsExactly("espeak-ng");
  }

  @Test
  void giveWayToAModelOfTheirName() {
    RegistrySnapshot snapshot =
        with("backends: [{id: a, type: fake, base_url: 'http://a', models: [{id: freetts}]}]");
    assertThat(backendsOf(snapshot, "freetts")).containsExactly("a");
    assertThat(backendsOf(snapshot, "freetts/freetts")).containsExactly("freetts");
  }

  @Test
  void stayOpenAcrossReloads() {
    RegisteredBackend before = with("{}").backend("freetts").orElseThrow();
    RegistrySnapshot after =
        with("backends: [{id: a, type: fake, base_url: 'http://a', models: [{id: m}]}]");
    assertThat(after.backend("freetts")).containsSame(before);
  }

  @Test
  void anEngineOfTheOperatorsOwnNeedsNoAddress() {
    RegistrySnapshot snapshot = with("backends: [{id: mine, type: freetts, models: [{id: v}]}]");
    RegisteredBackend mine = snapshot.backend("mine").orElseThrow();
    assertThat(mine.config().baseUrl()).hasToString("local:freetts");
    assertThat(mine.isBuiltIn()).isFalse();
  }
}
