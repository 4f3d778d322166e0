package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.ModelInfo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeakingModelTest {

  private static SpeakingModel named(String name) {
    return SpeakingModel.of(spec(List.of()), name);
  }

  private static SpeakingModel listed(String name, Set<Capability> can, Set<Modality> outputs) {
    ModelInfo model =
        new ModelInfo(name, "", 0, can, Set.of(), outputs, OptionalInt.empty(), List.of());
    return SpeakingModel.of(spec(List.of(model)), name);
  }

  private static BackendSpec spec(List<ModelInfo> models) {
    Duration time = Duration.ofSeconds(1);
    return new BackendSpec(
        "b",
        "vllm-omni",
        URI.create("http://localhost"),
        new Credentials.None(),
        Map.of(),
        time,
        time,
        1_000,
        models,
        Map.of());
  }

  @Test
  void theNameTellsWhatAModelWasMadeFor() {
    assertThat(named("Qwen/Qwen3-Omni-30B-A3B-Instruct")).isEqualTo(SpeakingModel.CHAT);
    assertThat(named("Qwen/Qwen3-TTS-12Hz-0.6B-Base")).isEqualTo(SpeakingModel.BASE);
    assertThat(named("Qwen/Qwen3-TTS-12Hz-1.7B-VoiceDesign")).isEqualTo(SpeakingModel.VOICE_DESIGN);
    assertThat(named("Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice")).isEqualTo(SpeakingModel.CUSTOM_VOICE);
    assertThat(named("our-omni-tts")).isEqualTo(SpeakingModel.CUSTOM_VOICE);
  }

  @Test
  void theOperatorsWordComesBeforeTheName() {
    Set<Capability> speaks = Set.of(Capability.TTS);
    assertThat(listed("talker", Set.of(Capability.CHAT, Capability.TTS), Set.of()))
        .isEqualTo(SpeakingModel.CHAT);
    assertThat(listed("talker", speaks, Set.of(Modality.TEXT, Modality.AUDIO)))
        .isEqualTo(SpeakingModel.CHAT);
    assertThat(listed("talker", speaks, Set.of(Modality.AUDIO)))
        .isEqualTo(SpeakingModel.CUSTOM_VOICE);
    assertThat(listed("talker", Set.of(Capability.TTS, Capability.VOICE_CLONE), Set.of()))
        .isEqualTo(SpeakingModel.BASE);
    assertThat(listed("Qwen3-Omni", speaks, Set.of())).isEqualTo(SpeakingModel.CHAT);
  }
}
