package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.voicebox.FakeVoiceProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceProviderRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeVoiceProvider();
  }

  @Override
  String type() {
    return "voicebox-provider";
  }

  @Override
  String model() {
    return "voicebox-provider-stt";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/v1/transcribe";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeVoiceProvider) fake).recogniser();
  }

  @Test
  void writesDownTheText() {
    assertThat(transcript(Ask.text()).text()).isEqualTo(TALK.text());
    assertThat(file("audio")).isEqualTo(TALK.wav());
    assertThat(request().target()).isEqualTo(path());
  }

  /** The specification reads the form, its sample the query. */
  @Test
  void tellsTheLanguageInBothPlaces() {
    transcript(Ask.text().in("de-AT"));
    assertThat(fields()).isEqualTo(Map.of("language", "de"));
    assertThat(request().target()).isEqualTo(path() + "?language=de");
  }

  @Test
  void tellsNoTimes() {
    assertThat(written(Ask.text().withWords()).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
  }
}
