package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.openai.FakeOpenAi;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OpenAiDiarizeTest extends RecognizerContract {

  @Override
  FakeBackend fake() {
    return new FakeOpenAi("gpt-4o-transcribe-diarize");
  }

  @Override
  String type() {
    return "openai";
  }

  @Override
  String model() {
    return "gpt-4o-transcribe-diarize";
  }

  @Override
  String healthPath() {
    return "/v1/models";
  }

  @Override
  String transcriptionPath() {
    return "/v1/audio/transcriptions";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeOpenAi) fake).recogniser();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  private static final KnownSpeaker AGENT =
      new KnownSpeaker("agent", new Clip(AudioEncoding.WAV, talk().wav(), talk().length()));

  @Test
  void tellsWhoSpeaks() {
    SpeakerWish wish =
        new SpeakerWish(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(AGENT));
    for (RecognitionCalls call :
        List.of(
            RecognitionCalls.of(talk()).speakers(wish),
            RecognitionCalls.of(talk()).speakers(wish).streamed())) {
      Written written = all(call);
      assertThat(written.transcript().segments())
          .extracting(Segment::speaker)
          .containsExactly("agent", "B");
      assertThat(form().text("response_format")).contains("diarized_json");
      assertThat(form().texts("known_speaker_names[]")).containsExactly("agent");
      assertThat(form().texts("known_speaker_references[]"))
          .singleElement()
          .asString()
          .startsWith("data:audio/wav;base64,UklGR");
    }
  }

  @Test
  void longSoundIsToBeCutByTheServer() {
    Talk talk = Talk.begin(16_000).silence(31).say("late");
    assertThat(all(RecognitionCalls.of(talk)).transcript().text()).isEqualTo("late");
    assertThat(form().text("chunking_strategy")).contains("auto");
  }
}
