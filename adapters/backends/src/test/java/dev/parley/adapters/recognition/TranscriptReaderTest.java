package dev.parley.adapters.recognition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptReaderTest {

  private static final Target TARGET = new Target("b", "m");

  /** What a reader found. */
  private static final class Found implements Sink<RecognitionEvent> {
    final List<RecognitionEvent> events = new ArrayList<>();
    boolean complete;

    @Override
    public void event(RecognitionEvent event) {
      assertThat(complete).isFalse();
      events.add(event);
    }

    @Override
    public void nearlyComplete() {}

    @Override
    public void complete() {
      complete = true;
    }

    Transcript transcript() {
      assertThat(complete).isTrue();
      assertThat(events.getFirst()).isInstanceOf(RecognitionEvent.Opened.class);
      return ((RecognitionEvent.Answer) events.getLast()).transcript();
    }

    String deltas() {
      return events.stream()
          .filter(RecognitionEvent.Delta.class::isInstance)
          .map(event -> ((RecognitionEvent.Delta) event).text())
          .collect(Collectors.joining());
    }
  }

  private static Found read(String type, String body, int piece) {
    Found found = new Found();
    TranscriptReader reader = new TranscriptReader(TARGET, 1 << 20);
    reader.opened(ResponseHeaders.of(HttpStatus.OK, "content-type", type), found);
    byte[] all = body.getBytes(UTF_8);
    for (int from = 0; from < all.length; from += piece) {
      byte[] bytes = Arrays.copyOfRange(all, from, Math.min(all.length, from + piece));
      reader.read(bytes, 0, bytes.length, found);
    }
    reader.end(found);
    return found;
  }

  private static Transcript document(String json) {
    return read("application/json", json, 7).transcript();
  }

  private static Found stream(String... data) {
    String body =
        Arrays.stream(data).map(each -> "data: " + each + "\n\n").collect(Collectors.joining());
    return read("text/event-stream; charset=utf-8", body, 11);
  }

  private static HubError failure(Runnable reading) {
    try {
      reading.run();
    } catch (HubException e) {
      return e.error();
    }
    throw new AssertionError("no failure");
  }

  @Test
  void aTextAloneIsATranscript() {
    assertThat(document("{\"text\":\" Hello there. \\n\"}"))
        .isEqualTo(Transcript.ofText("Hello there."));
    assertThat(document("{\"text\":\"\"}").text()).isEmpty();
  }

  @Test
  void readsVerboseJson() {
    Transcript read =
        document(
            """
            {"task":"transcribe","language":"english","duration":3.5,"text":"One two. Three.",
             "segments":[{"id":0,"seek":0,"start":0.0,"end":1.2,"text":" One two.","tokens":[50364,440],
               "temperature":0.0,"avg_logprob":-0.2,"compression_ratio":1.1,"no_speech_prob":0.01},
              {"id":1,"seek":0,"start":2.0,"end":3.0,"text":" Three.","tokens":[]}],
             "words":[{"word":"One","start":0.1,"end":0.4},{"word":"two.","start":0.5,"end":1.3},
              {"word":"Three.","start":1.9,"end":2.9}],
             "usage":{"type":"duration","seconds":4},"x_served_by":"a"}
            """);
    assertThat(read.text()).isEqualTo("One two. Three.");
    assertThat(read.language()).isEqualTo("en");
    assertThat(read.seconds()).hasValue(3.5);
    assertThat(read.usage().seconds()).hasValue(4);
    assertThat(read.extra().raw()).isEqualTo("{\"x_served_by\":\"a\"}");
    Segment first = read.segments().getFirst();
    assertThat(first.text()).isEqualTo("One two.");
    assertThat(first.tokens()).containsExactly(50364, 440);
    assertThat(first.scores().avgLogprob()).hasValue(-0.2);
    assertThat(first.scores().noSpeech()).hasValue(0.01);
    assertThat(first.words()).extracting(Word::text).containsExactly("One", "two.");
    assertThat(read.segments().get(1).words())
        .containsExactly(new Word("Three.", 1.9, 2.9, OptionalDouble.empty(), ""));
  }

  @Test
  void readsWhatVllmMakesOfIt() {
    Transcript read =
        document(
            """
            {"text":"hello","language":"de","duration":"12.3","segments":[{"id":0,"start":0.0,
             "end":"3.1","text":" hello","no_speech_prob":null,"words":null}],"words":null}
            """);
    assertThat(read.seconds()).hasValue(12.3);
    assertThat(read.language()).isEqualTo("de");
    assertThat(read.segments().getFirst().end()).isEqualTo(3.1);
    assertThat(read.segments().getFirst().scores()).isEqualTo(Segment.Scores.UNTOLD);
    assertThat(read.extra().raw()).isEqualTo("{}");
  }

  @Test
  void wordsInSegmentsStayThereAndWordsAloneMakeOne() {
    Transcript inside =
        document(
            """
            {"segments":[{"id":1,"start":0,"end":1,"text":"a b","words":[
             {"word":" a","start":0,"end":0.4,"probability":0.9},{"word":"b","start":0.5,"end":0.3}]}]}
            """);
    assertThat(inside.text()).isEqualTo("a b");
    assertThat(inside.segments().getFirst().words())
        .containsExactly(
            new Word("a", 0, 0.4, OptionalDouble.of(0.9), ""),
            new Word("b", 0.5, 0.5, OptionalDouble.empty(), ""));
    Transcript alone =
        document(
            "{\"text\":\"a b\",\"words\":[{\"word\":\"a\",\"start\":1,\"end\":2},"
                + "{\"word\":\"b\",\"start\":3,\"end\":4},{\"word\":\"lost\"}]}");
    assertThat(alone.segments()).hasSize(1);
    assertThat(alone.segments().getFirst().start()).isEqualTo(1);
    assertThat(alone.segments().getFirst().end()).isEqualTo(4);
  }

  @Test
  void readsSpeakersAsNamesAndAsNumbers() {
    Transcript read =
        document(
            """
            {"text":"x","segments":[{"type":"transcript.text.segment","id":"seg_001","start":0,
             "end":4.7,"text":"Hi.","speaker":"agent"},{"id":2,"start":5,"end":6,"text":"Yes.",
             "speaker":1}]}
            """);
    assertThat(read.segments()).extracting(Segment::speaker).containsExactly("agent", "1");
  }

  @Test
  void readsUsageInThreeForms() {
    assertThat(
            document(
                    """
                    {"text":"x","usage":{"type":"tokens","input_tokens":14,"output_tokens":45,
                     "total_tokens":59,"input_token_details":{"text_tokens":0,"audio_tokens":14}}}
                    """)
                .usage())
        .isEqualTo(
            new RecognitionUsage(
                OptionalLong.of(14),
                OptionalLong.of(14),
                OptionalLong.of(45),
                OptionalLong.of(59),
                OptionalDouble.empty()));
    RecognitionUsage flat =
        document("{\"text\":\"x\",\"usage\":{\"seconds\":9.2,\"input_tokens\":83,\"cost\":0.1}}")
            .usage();
    assertThat(flat.seconds()).hasValue(9.2);
    assertThat(flat.inputTokens()).hasValue(83);
    assertThat(document("{\"text\":\"x\",\"usage\":{\"prompt_tokens\":4}}").usage().inputTokens())
        .hasValue(4);
    assertThat(document("{\"text\":\"x\",\"usage\":null}").usage())
        .isEqualTo(RecognitionUsage.UNKNOWN);
  }

  @Test
  void readsLogprobsAndLanguages() {
    Transcript read =
        document(
            """
            {"text":"Hé","logprobs":[{"token":"H","logprob":-1.5,"bytes":[72]},
             {"token":"é","logprob":-2e-7,"bytes":[195,169]},{"token":"lost"}],
             "languages":[{"code":"fr"},{"code":"nonsense"},{"code":"en"}]}
            """);
    assertThat(read.logprobs()).hasSize(2);
    assertThat(read.logprobs().get(1).bytes()).containsExactly(195, 169);
    assertThat(read.language()).isEqualTo("fr");
    assertThat(read.languages()).extracting(guess -> guess.tag()).containsExactly("fr", "en");
  }

  @Test
  void aSuccessWithAnErrorInItIsAFailure() {
    assertThat(
            failure(() -> document("{\"text\":\"x\",\"error\":{\"message\":\"no\",\"code\":429}}")))
        .isInstanceOf(HubError.RateLimited.class);
    for (String none : List.of("{}", "{\"error\":\"no\"}", "{\"detail\":\"no\"}", "[]", "no", "")) {
      assertThat(failure(() -> document(none))).isInstanceOf(HubError.BackendFailed.class);
    }
  }

  @Test
  void readsOpenAisStream() {
    Found found =
        stream(
            "{\"type\":\"transcript.text.delta\",\"delta\":\"I\",\"logprobs\":[{\"token\":\"I\",\"logprob\":-0.1,\"bytes\":[73]}]}",
            "{\"type\":\"transcript.text.delta\",\"delta\":\" see\",\"logprobs\":null}",
            "{\"type\":\"transcript.text.done\",\"text\":\"I see\",\"usage\":{\"input_tokens\":2,\"output_tokens\":3,\"total_tokens\":5}}",
            "[DONE]");
    assertThat(found.deltas()).isEqualTo("I see");
    assertThat(found.transcript().text()).isEqualTo("I see");
    assertThat(found.transcript().logprobs()).hasSize(1);
    assertThat(found.transcript().usage().totalTokens()).hasValue(5);
  }

  @Test
  void readsTheEmptyEndOfSpeaches() {
    Found found =
        stream(
            "{\"type\":\"transcript.text.delta\",\"delta\":\" Hello world.\",\"logprobs\":null}",
            "{\"type\":\"transcript.text.delta\",\"delta\":\" Bye.\",\"logprobs\":null}",
            "{\"type\":\"transcript.text.done\",\"text\":\"\",\"logprobs\":null}");
    assertThat(found.transcript().text()).isEqualTo("Hello world. Bye.");
  }

  @Test
  void readsSegmentsOfSpeakers() {
    Found found =
        stream(
            "{\"type\":\"transcript.text.delta\",\"delta\":\"Hi.\",\"segment_id\":\"s\"}",
            "{\"type\":\"transcript.text.segment\",\"id\":\"s\",\"start\":0.5,\"end\":1.5,\"text\":\"Hi.\",\"speaker\":\"A\"}",
            "{\"type\":\"transcript.text.done\",\"text\":\"Hi.\"}");
    assertThat(found.transcript().segments()).hasSize(1);
    assertThat(found.transcript().segments().getFirst().speaker()).isEqualTo("A");
  }

  private static final String CHUNK = "{\"object\":\"transcription.chunk\",\"choices\":[%s]}";

  @Test
  void onlyTheMarkEndsVllmsStream() {
    Found found =
        stream(
            CHUNK.formatted("{\"delta\":{\"content\":\" hello\"}}"),
            CHUNK.formatted("{\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}"),
            CHUNK.formatted("{\"delta\":{\"content\":\" you\"},\"finish_reason\":\"stop\"}"),
            "{\"object\":\"transcription.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":9,\"total_tokens\":13}}",
            "[DONE]");
    assertThat(found.deltas()).isEqualTo(" hello you");
    assertThat(found.transcript().text()).isEqualTo("hello you");
    assertThat(found.transcript().usage().totalTokens()).hasValue(13);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"transcript.text.delta\",\"delta\":\"I\"}",
        "{\"object\":\"transcription.chunk\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
        "no JSON",
        "[DONE]"
      })
  void aStreamWithoutItsEndIsAFailure(String only) {
    assertThat(failure(() -> stream(only))).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void anErrorInMidStreamIsAFailure() {
    String delta = "{\"type\":\"transcript.text.delta\",\"delta\":\"I\"}";
    for (String error :
        List.of(
            "{\"error\":{\"message\":\"engine died\",\"type\":\"InternalServerError\",\"code\":500}}",
            "{\"type\":\"error\",\"message\":\"engine died\"}",
            "{\"error\":\"engine died\"}")) {
      assertThat(failure(() -> stream(delta, error)))
          .isInstanceOfSatisfying(
              HubError.BackendFailed.class,
              failed -> assertThat(failed.detail()).contains("engine died"));
    }
  }
}
