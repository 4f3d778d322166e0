package dev.parley.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatFormTest {

  private static final String ENTRIES =
      """
      - id: Qwen/Qwen3-TTS
        base_url: http://gpu-1:8091/v1
        auth_user: parley
        auth_password: ${PASSWORD}
        capabilities: [tts]
        input_modalities: [text]
        output_modalities: [audio]
      - id: llama
        base_url: http://gpu-2:8080
        auth_user: ""
        auth_password:
        capabilities: [chat]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"", "backends:\n", "model_backends:\n"})
  void eachEntryIsOneBackendWithOneModel(String head) throws Exception {
    List<BackendConfig> backends = Configs.parse(head + ENTRIES).backends();
    assertThat(backends).extracting(BackendConfig::id).containsExactly("qwen-qwen3-tts", "llama");
    assertThat(backends).extracting(BackendConfig::type).containsExactly("vllm-omni", "openai");
    assertThat(backends)
        .extracting(BackendConfig::auth)
        .containsExactly(
            new AuthConfig.Basic("parley", new Secret("s3cret")), new AuthConfig.None());
    BackendModelConfig model = backends.getFirst().models().getFirst();
    assertThat(model.id()).isEqualTo("Qwen/Qwen3-TTS");
    assertThat(model.capabilities()).isEqualTo(Set.of(Capability.TTS));
    assertThat(model.inputModalities()).isEqualTo(Set.of(Modality.TEXT));
    assertThat(model.outputModalities()).isEqualTo(Set.of(Modality.AUDIO));
  }

  @Test
  void aWrittenTypeWins() throws Exception {
    List<BackendConfig> backends =
        Configs.parse("[{ id: m, type: ollama, base_url: 'http://h', capabilities: [tts] }]")
            .backends();
    assertThat(backends.getFirst().type()).isEqualTo("ollama");
    assertThat(backends.getFirst().models()).hasSize(1);
  }

  @Test
  void madeIdsKeepOutOfTheWayOfChosenOnes() throws Exception {
    List<BackendConfig> backends =
        Configs.parse(
                """
                backends:
                  - { id: qwen3, base_url: "http://a" }
                  - { id: QWEN3, base_url: "http://b" }
                  - { id: "///", base_url: "http://c" }
                  - { id: qwen3, type: vllm, base_url: "http://d" }
                """)
            .backends();
    assertThat(backends)
        .extracting(BackendConfig::id)
        .containsExactly("qwen3-2", "qwen3-3", "backend", "qwen3");
  }

  @Test
  void replicasOfAModelAreSeveralBackends() throws Exception {
    List<BackendConfig> backends =
        Configs.parse("[{ id: m, base_url: 'http://a' }, { id: m, base_url: 'http://b' }]")
            .backends();
    assertThat(backends).extracting(BackendConfig::id).containsExactly("m", "m-2");
  }
}
