package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.openai.FakeSpeaches;
import org.junit.jupiter.api.Test;

class SpeachesDiarizationTest extends DiarizerContract {

  @Override
  FakeBackend fake() {
    return new FakeSpeaches("fedirz/segmentation_community_1");
  }

  @Override
  String type() {
    return "speaches";
  }

  @Override
  String model() {
    return "fedirz/segmentation_community_1";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String askedPath() {
    return "/v1/audio/diarization";
  }

  @Override
  int wrongKeyStatus() {
    return 403;
  }

  @Test
  void namesTheModelAndAsksForJson() {
    SpeakerAnswers.all(ask(backend));
    assertThat(form().text("model")).contains(model());
    assertThat(form().text("response_format")).contains("json");
    assertThat(form().text("num_speakers")).isEmpty();
  }
}
