package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import dev.parley.testkit.whisper.FakeWhisperCpp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhisperCppRecognitionTest extends RecognitionQuirks {

  @Override
  FakeBackend fake() {
    return new FakeWhisperCpp();
  }

  @Override
  String type() {
    return "whisper-cpp";
  }

  @Override
  String model() {
    return "whisper-cpp";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String transcriptionPath() {
    return "/inference";
  }

  @Override
  Recogniser recogniser() {
    return ((FakeWhisperCpp) fake).recogniser();
  }

  private FakeWhisperCpp server() {
    return (FakeWhisperCpp) fake;
  }

  @Test
  void tokensBecomeTheWordsThatWereSaid() {
    Transcript heard = transcript(Ask.text().withWords());
    List<TimedWord> said = TALK.words();
    List<Word> words =
        heard.segments().stream().flatMap(segment -> segment.words().stream()).toList();
    assertThat(words)
        .extracting(Word::text)
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    for (int i = 0; i < words.size(); i++) {
      assertThat(words.get(i).start()).isCloseTo(said.get(i).start(), within(0.03));
      assertThat(words.get(i).end()).isCloseTo(said.get(i).end(), within(0.03));
    }
    assertThat(heard.text()).isEqualTo(TALK.text());
    assertThat(heard.language()).isEqualTo("en");
    assertThat(fields()).containsEntry("max_len", "1000").containsEntry("token_timestamps", "true");
  }

  /** With times of tokens, and no number, the server would cut every 60 characters. */
  @Test
  void longSegmentsStayWhole() {
    Talk talk =
        Talk.begin(16_000)
            .say("abcdefghijkl abcdefghijkl abcdefghijkl abcdefghijkl abcdefghijkl abcdefghijkl");
    Written words = send(backend, Ask.text().withWords().of(talk.wav()));
    words.awaitEnd();
    assertThat(words.transcript().segments())
        .extracting(Segment::text)
        .containsExactly(talk.text());
    Written text = send(backend, Ask.text().of(talk.wav()));
    text.awaitEnd();
    assertThat(text.transcript().segments()).extracting(Segment::text).containsExactly(talk.text());
    assertThat(text.transcript().segments().getFirst().words()).isEmpty();
  }

  @Test
  void saysEverythingThatHasADefaultOfItsOwn() {
    transcript(Ask.text());
    assertThat(fields())
        .isEqualTo(
            Map.of(
                "language", "auto",
                "response_format", "verbose_json",
                "temperature", "0.0",
                "token_timestamps", "false",
                "no_language_probabilities", "true"));
    assertThat(Form.of(request()).bytes("file")).contains(TALK.wav());
    transcript(Ask.text().in("de-AT").after("Hallo.").at(0.4));
    assertThat(fields())
        .containsEntry("language", "de")
        .containsEntry("prompt", "Hallo.")
        .containsEntry("temperature", "0.4");
    transcript(Ask.text().in("tlh"));
    assertThat(fields()).containsEntry("language", "auto");
  }

  @Test
  void asksForEnglishAndTellsWhatWasSpoken() {
    server().recogniser().language("de");
    Transcript heard = transcript(Ask.text().to(RecognitionTask.TRANSLATE));
    assertThat(fields()).containsEntry("translate", "true");
    assertThat(heard.language()).isEqualTo("de");
  }

  @Test
  void tellsTheLikeliestLanguagesAndNothingElse() {
    server().recogniser().language("fr");
    Transcript heard = transcript(Ask.text().to(RecognitionTask.DETECT_LANGUAGE));
    assertThat(heard.language()).isEqualTo("fr");
    assertThat(heard.languageProbability()).hasValue(0.97);
    assertThat(heard.languages()).extracting(LanguageGuess::tag).containsExactly("fr", "haw");
    assertThat(heard.text()).isEmpty();
    assertThat(heard.segments()).isEmpty();
    assertThat(fields())
        .containsEntry("detect_language", "true")
        .doesNotContainKey("no_language_probabilities");
  }

  @Test
  void a404WhileItsHealthIsHiddenTooIsLoading() {
    server().loading(true);
    assertThat(written(Ask.text()).error()).isInstanceOf(HubError.ModelLoading.class);
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Loading.class);
    assertThatThrownBy(() -> backend.models().join())
        .hasCauseInstanceOf(HubException.class)
        .cause()
        .extracting(failure -> ((HubException) failure).error())
        .isInstanceOf(HubError.ModelLoading.class);
  }

  @Test
  void a404OfAHealthyServerIsAWrongPath() {
    try (FakeWhisperCpp other = new FakeWhisperCpp("", "/listen")) {
      other.start();
      try (Backend lost = Calls.open(type(), other.origin())) {
        Written written = send(lost, Ask.text().of(TALK.wav()));
        written.awaitEnd();
        assertThat(written.error())
            .isInstanceOfSatisfying(
                HubError.BackendFailed.class,
                error -> assertThat(error.detail()).contains("base_url"));
      }
    }
  }

  @Test
  void servesAtAnyPath() {
    for (FakeWhisperCpp there :
        List.of(
            new FakeWhisperCpp("", "/v1/audio/transcriptions"),
            new FakeWhisperCpp("/speech", "/inference"),
            new FakeWhisperCpp("", "/listen"))) {
      there.start();
      try (there;
          Backend found = Calls.open(type(), there.baseUri())) {
        Written written = send(found, Ask.text().of(TALK.wav()));
        written.awaitEnd();
        assertThat(written.transcript().text()).isEqualTo(TALK.text());
        assertThat(found.probe().join()).isInstanceOf(BackendStatus.Healthy.class);
        assertThat(found.spec().baseUrl()).isEqualTo(there.baseUri());
      }
    }
  }

  @Test
  void whatItCannotReadIsNoSound() {
    assertThat(unreadable()).isInstanceOf(HubError.UnsupportedAudio.class);
    assertThat(refused(Behaviour.status(500, "{\"error\":\"FFmpeg conversion failed.\"}")))
        .isInstanceOf(HubError.UnsupportedAudio.class);
    assertThat(refused(Behaviour.status(500, "{\"error\":\"out of memory\"}")))
        .isInstanceOf(HubError.BackendFailed.class);
    assertThat(refused(Behaviour.reply(Answer.text(500, "500 Internal Server Error"))))
        .isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void leavingClosesTheConnection() throws InterruptedException {
    fake.enqueueFor(path(), Behaviour.hang());
    Written written = send(backend, Ask.text().of(TALK.wav()));
    RecordedRequest request = fake.awaitRequest(path(), WAIT);
    written.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
  }
}
