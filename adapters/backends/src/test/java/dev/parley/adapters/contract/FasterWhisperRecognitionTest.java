package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.error.HubError;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.TimedWord;
import dev.parley.testkit.whisper.FakeFasterWhisper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FasterWhisperRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeFasterWhisper();
  }

  @Override
  String type() {
    return "faster-whisper";
  }

  @Override
  String model() {
    return FakeFasterWhisper.MODEL;
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/transcribe";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeFasterWhisper) fake).recogniser();
  }

  private FakeFasterWhisper server() {
    return (FakeFasterWhisper) fake;
  }

  @Test
  void wordsComeWithoutTheirSpaces() {
    Transcript heard = transcript(Ask.text().withWords());
    List<TimedWord> said = TALK.words();
    List<Word> words =
        heard.segments().stream().flatMap(segment -> segment.words().stream()).toList();
    assertThat(words)
        .extracting(Word::text)
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    assertThat(words.getLast().end()).isCloseTo(said.getLast().end(), within(0.03));
    assertThat(heard.segments())
        .extracting(Segment::text)
        .containsExactly("Größe naïve 3,5 now.", "How are you?");
    assertThat(heard.seconds().orElseThrow()).isCloseTo(TALK.seconds(), within(0.01));
    assertThat(heard.languageProbability()).hasValue(0.98);
  }

  @Test
  void wordsAreAskedForOrRefused() {
    assertThat(transcript(Ask.text()).segments().getFirst().words()).isEmpty();
    assertThat(fields()).isEqualTo(Map.of("word_timestamps", "false"));
    assertThat(file("file")).isEqualTo(TALK.wav());
    transcript(Ask.text().withWords().in("de-AT"));
    assertThat(fields()).isEqualTo(Map.of("word_timestamps", "true", "language", "de"));
  }

  @Test
  void tellsTheLanguageByTheRouteForIt() {
    server().recogniser().language("fr");
    Transcript heard = transcript(Ask.text().to(RecognitionTask.DETECT_LANGUAGE));
    assertThat(heard.language()).isEqualTo("fr");
    assertThat(heard.languageProbability()).hasValue(0.93);
    assertThat(heard.languages()).extracting(LanguageGuess::tag).startsWith("fr", "it").hasSize(4);
    assertThat(heard.text()).isEmpty();
    assertThat(fake.requests("/detect-language")).hasSize(1);
  }

  @Test
  void isWellBeforeItsModelIsLoaded() {
    assertThat(backend.probe().join().detail()).contains("first call");
    transcript(Ask.text());
    assertThat(backend.probe().join().detail()).isEmpty();
  }

  /** It says no more than that something went wrong: that need not be the sound. */
  @Test
  @Override
  void whatIsNoSoundIsUnsupported() {
    assertThat(unreadable())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.upstreamStatus()).hasValue(500));
    assertThat(
            refused(
                Behaviour.status(
                    422,
                    "{\"detail\":[{\"loc\":[\"body\",\"file\"],\"msg\":\"Field required\"}]}")))
        .isInstanceOf(HubError.BackendRejected.class);
  }

  @Test
  void cannotTranslate() {
    assertThat(written(Ask.text().to(RecognitionTask.TRANSLATE)).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
    assertThat(written(Ask.text().after("Hello.")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
    assertThat(fake.requests(path())).isEmpty();
  }
}
