package dev.parley.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityTest {

  @ParameterizedTest
  @EnumSource(Capability.class)
  void findsEveryCapabilityByItsWireName(Capability capability) {
    assertThat(Capability.byName(capability.wireName())).contains(capability);
  }

  @ParameterizedTest
  @CsvSource({
    "embeddings,EMBEDDING",
    "feature-extraction,EMBEDDING",
    "transcription,STT",
    "speech-to-text,STT",
    "automatic-speech-recognition,STT",
    "speech,TTS",
    "Text-To-Speech,TTS",
    "text-generation,CHAT",
    "voice-clone,VOICE_CLONE",
    "speaker-verification,SPEAKER_VERIFICATION",
    "voice-activity-detection,VAD",
  })
  void findsLongNames(String name, Capability capability) {
    assertThat(Capability.byName(name)).contains(capability);
  }

  @Test
  void knowsNoOtherNames() {
    assertThat(Capability.byName("")).isEmpty();
    assertThat(Capability.byName("cooking")).isEmpty();
  }

  @Test
  void wireNamesAreLowerCaseSnake() {
    assertThat(Capability.wireNames()).contains("chat", "speaker_verification").hasSize(11);
    assertThat(Modality.wireNames()).containsExactly("text", "audio", "image", "video", "file");
    assertThat(Modality.byName("Audio")).contains(Modality.AUDIO);
    assertThat(Modality.byName("smell")).isEmpty();
  }
}
