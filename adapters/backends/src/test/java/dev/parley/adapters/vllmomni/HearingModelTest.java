package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.Capability;
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

class HearingModelTest {

  private static HearingModel of(String name, Set<Capability> can) {
    ModelInfo model =
        new ModelInfo(name, "", 0, can, Set.of(), Set.of(), OptionalInt.empty(), List.of());
    Duration time = Duration.ofSeconds(1);
    return HearingModel.of(
        new BackendSpec(
            "b",
            "vllm-omni",
            URI.create("http://localhost"),
            new Credentials.None(),
            Map.of(),
            time,
            time,
            1_000,
            List.of(model),
            Map.of()),
        name);
  }

  @Test
  void theNameTellsWhatAModelWasMadeFor() {
    assertThat(of("openai/whisper-large-v3", Set.of())).isEqualTo(HearingModel.TRANSCRIPTION);
    assertThat(of("Qwen/Qwen3-ASR-1.7B", Set.of())).isEqualTo(HearingModel.TRANSCRIPTION);
    assertThat(of("Qwen/Qwen3-Omni-30B-A3B-Instruct", Set.of())).isEqualTo(HearingModel.CHAT);
  }

  @Test
  void soDoesTheOperator() {
    Set<Capability> writes = Set.of(Capability.STT);
    assertThat(of("ours", writes)).isEqualTo(HearingModel.TRANSCRIPTION);
    assertThat(of("ours", Set.of(Capability.STT, Capability.CHAT))).isEqualTo(HearingModel.CHAT);
    assertThat(of("Qwen/Qwen3-Omni-30B-A3B-Instruct", writes)).isEqualTo(HearingModel.CHAT);
  }
}
