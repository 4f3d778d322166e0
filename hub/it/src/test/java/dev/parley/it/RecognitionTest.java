package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import dev.parley.testkit.openai.FakeOpenAi;
import dev.parley.testkit.pyannote.FakePyannote;
import dev.parley.testkit.whisper.FakeFasterWhisper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings through the started hub: the words that were said come back, whoever writes. */
final class RecognitionTest {

  private static final FakeFasterWhisper WHISPER = new FakeFasterWhisper();
  private static final FakeFasterWhisper OTHER = new FakeFasterWhisper();
  private static final FakeOpenAi OPENAI = new FakeOpenAi("gpt-4o-transcribe");
  private static final FakePyannote PYANNOTE = new FakePyannote();
  private static final String ROUTE = "/v1/audio/transcriptions";

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              defaults: { stt: words }
              backends:
                - id: whisper
                  type: faster-whisper
                  base_url: ${whisper}
                  models: [ { id: whisper-a, capabilities: [stt] } ]
                - id: other
                  type: faster-whisper
                  base_url: ${other}
                  models: [ { id: whisper-b, capabilities: [stt] } ]
                - id: openai
                  type: openai
                  base_url: ${openai}
                  models: [ { id: gpt-4o-transcribe, capabilities: [stt] } ]
                - id: pyannote
                  type: pyannote
                  base_url: ${pyannote}
                  models: [ { id: turns, capabilities: [diarization, speaker_verification] } ]
              models:
                - { id: words, targets: [ { backend: whisper, model: whisper-a } ] }
                - id: safe
                  targets:
                    - { backend: whisper, model: whisper-a }
                    - { backend: other, model: whisper-b }
              """)
          .behind("whisper", WHISPER)
          .behind("other", OTHER)
          .behind("openai", OPENAI)
          .behind("pyannote", PYANNOTE);

  private final Http http = new Http(hub);

  @BeforeEach
  void forget() {
    WHISPER.forgetRequests();
    OTHER.forgetRequests();
    OPENAI.forgetRequests();
  }

  private static Talk talk() {
    return Talk.begin(16_000)
        .silence(0.4)
        .say("the boat left the harbour")
        .silence(1.1)
        .say("and nobody saw it again")
        .silence(0.5);
  }

  private Reply written(byte[] sound, String... fields) {
    Sounds.Form form = Sounds.Form.of(sound, fields);
    return http.post(ROUTE, form.body(), "content-type", form.type());
  }

  private static JsonValue json(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.parse(reply.body());
  }

  private static List<TimedWord> words(JsonValue document) {
    List<TimedWord> words = new ArrayList<>();
    for (JsonValue word : document.get("words").elements()) {
      words.add(
          new TimedWord(
              word.get("word").asString(),
              Double.parseDouble(word.get("start").raw()),
              Double.parseDouble(word.get("end").raw())));
    }
    return words;
  }

  private static void assertSame(List<TimedWord> heard, List<TimedWord> said) {
    assertThat(heard)
        .extracting(TimedWord::text)
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    for (int i = 0; i < said.size(); i++) {
      assertThat(heard.get(i).start()).isEqualTo(said.get(i).start(), within(0.04));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav", "flac", "mp3", "opus", "webm"})
  void everyFormatIsHeardWordByWord(String format) {
    Talk talk = talk();
    Sounds.Form form =
        Sounds.Form.of(
            Talk.begin(48_000)
                .silence(0.4)
                .say("the boat left the harbour")
                .silence(1.1)
                .say("and nobody saw it again")
                .silence(0.5)
                .wav(),
            "output_format",
            format);
    Reply coded = http.post("/audio/convert", form.body(), "content-type", form.type());
    assertThat(coded.status()).as(coded.text()).isEqualTo(200);
    JsonValue document =
        json(
            written(
                coded.body(),
                "response_format",
                "verbose_json",
                "timestamp_granularities[]",
                "word",
                "model",
                "words"));
    assertThat(document.get("text").asString()).isEqualTo(talk.text());
    assertThat(document.get("language").asString()).isEqualTo("english");
    assertSame(words(document), talk.words());
  }

  @Test
  void theOperatorsModelServesThoseWhoNameNone() {
    assertThat(json(written(talk().wav())).get("text").asString()).isEqualTo(talk().text());
  }

  @Test
  void subtitlesTellWhenItWasSaid() {
    Reply srt = written(talk().wav(), "model", "words", "response_format", "srt");
    assertThat(srt.status()).as(srt.text()).isEqualTo(200);
    assertThat(srt.text())
        .contains("1\n00:00:0")
        .contains(" --> ")
        .contains("the boat left the harbour")
        .contains("and nobody saw it again");
  }

  @Test
  void subtitlesHaveTimesOfTheHubsOwnWhereTheModelTellsNone() {
    Reply vtt = written(talk().wav(), "model", "gpt-4o-transcribe", "response_format", "vtt");
    assertThat(vtt.status()).as(vtt.text()).isEqualTo(200);
    assertThat(vtt.text()).startsWith("WEBVTT");
    List<String> times = vtt.text().lines().filter(line -> line.contains(" --> ")).toList();
    assertThat(times).hasSize(2);
    assertThat(times.get(1).compareTo("00:00:01.5")).isPositive();
  }

  @Test
  void timesOfWordsAreNeverInvented() {
    Reply refused =
        written(
            talk().wav(),
            "model",
            "gpt-4o-transcribe",
            "response_format",
            "verbose_json",
            "timestamp_granularities[]",
            "word");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("unsupported_value").contains("no times of words");
    assertThat(OPENAI.requests("/v1/audio/transcriptions")).isEmpty();
  }

  @Test
  void textIsStreamedAndJoinsToTheWhole() {
    Reply events = written(talk().wav(), "model", "gpt-4o-transcribe", "stream", "true");
    assertThat(events.status()).as(events.text()).isEqualTo(200);
    StringBuilder joined = new StringBuilder();
    String whole = "";
    for (String line : events.text().lines().filter(l -> l.startsWith("data: ")).toList()) {
      JsonValue event = Json.parse(line.substring(6).getBytes(StandardCharsets.UTF_8));
      switch (event.get("type").asString()) {
        case "transcript.text.delta" -> joined.append(event.get("delta").asString());
        case "transcript.text.done" -> whole = event.get("text").asString();
        default -> throw new AssertionError(line);
      }
    }
    assertThat(whole).isEqualTo(talk().text());
    assertThat(joined).hasToString(whole);
  }

  @Test
  void aDeadBackendIsReplacedUnseen() {
    WHISPER.enqueue(Behaviour.reset());
    WHISPER.enqueue(Behaviour.reset());
    Reply reply =
        written(
            talk().wav(),
            "model",
            "safe",
            "response_format",
            "verbose_json",
            "timestamp_granularities[]",
            "word");
    assertSame(words(json(reply)), talk().words());
    assertThat(reply.header("x-parley-backend")).contains("other");
  }

  @Test
  void silenceIsAnEmptyTextAndCostsNothing() {
    byte[] silence = Sounds.wav(new byte[32_000 * 5], 16_000, 1);
    JsonValue document =
        json(written(silence, "model", "words", "response_format", "verbose_json"));
    assertThat(document.get("text").asString()).isEmpty();
    assertThat(document.get("duration").raw()).startsWith("5");
    assertThat(WHISPER.requests("/transcribe")).isEmpty();
  }

  @Test
  void aLanguageIsTold() {
    WHISPER.recogniser().language("fr");
    try {
      Sounds.Form form = Sounds.Form.of(talk().wav());
      JsonValue told =
          json(http.post("/stt/detect-language", form.body(), "content-type", form.type()));
      assertThat(told.get("detected_language").asString()).isEqualTo("fr");
    } finally {
      WHISPER.recogniser().language("en");
    }
  }

  @Test
  void wordsAndTurnsAreMergedWhoeverTellsThem() {
    Talk talk = talk();
    Reply reply = written(talk.wav(), "model", "words", "response_format", "diarized_json");
    JsonValue document = json(reply);
    assertThat(document.get("segments").elements()).isNotEmpty();
    assertThat(WHISPER.requests("/transcribe")).hasSize(1);
    assertThat(PYANNOTE.requests("/diarize")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elvish", "xx", "123"})
  void unknownLanguagesAreRefused(String language) {
    Reply refused = written(talk().wav(), "model", "words", "language", language);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("\"param\":\"language\"");
    assertThat(WHISPER.requests("/transcribe")).isEmpty();
  }

  @Test
  void whatIsNoSoundIsRefusedBeforeAnybodyIsAsked() {
    Reply refused =
        written("this is a letter".repeat(100).getBytes(StandardCharsets.UTF_8), "model", "words");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("\"param\":\"file\"");
    Reply empty = written(new byte[0], "model", "words");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(WHISPER.requests("/transcribe")).isEmpty();
  }

  @Test
  void aMistypedModelHasANearestName() {
    Reply refused = written(talk().wav(), "model", "wrods");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text()).contains("words");
  }
}
