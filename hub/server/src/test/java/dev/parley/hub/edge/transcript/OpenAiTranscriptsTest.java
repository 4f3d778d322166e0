package dev.parley.hub.edge.transcript;

import static dev.parley.hub.edge.transcript.Said.by;
import static dev.parley.hub.edge.transcript.Said.segment;
import static dev.parley.hub.edge.transcript.Said.word;
import static dev.parley.hub.edge.transcript.Said.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.Json;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.transcript.OpenAiTranscripts.Granularity;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenAiTranscriptsTest {

  private static final RecognitionUsage TOKENS =
      new RecognitionUsage(
          OptionalLong.of(14),
          OptionalLong.of(14),
          OptionalLong.of(45),
          OptionalLong.of(59),
          OptionalDouble.empty());

  @Test
  void writesJsonWithTokens() {
    Transcript transcript = written(TOKENS, segment(0, 1.5, "Hallo.")).transcript();
    assertThat(text(OpenAiTranscripts.json(transcript)))
        .isEqualTo(
            "{\"text\":\"Hallo.\",\"languages\":[{\"code\":\"de\"}],\"usage\":{\"type\":\"tokens\","
                + "\"input_tokens\":14,\"input_token_details\":{\"text_tokens\":0,"
                + "\"audio_tokens\":14},\"output_tokens\":45,\"total_tokens\":59}}");
  }

  @Test
  void writesJsonWithSecondsWhereNobodyCountsTokens() {
    assertThat(text(OpenAiTranscripts.json(written(segment(0, 1.5, "Hallo.")).transcript())))
        .endsWith("\"usage\":{\"type\":\"duration\",\"seconds\":1.5}}");
    assertThat(text(OpenAiTranscripts.json(Transcript.ofText("")))).isEqualTo("{\"text\":\"\"}");
  }

  @Test
  void writesEveryMemberOfVerboseJson() {
    RecognizedEvent.Written said =
        written(segment(0, 0.30000000000000004, "Hallo.", word("Hallo.", 0.1, 0.3)));
    assertThat(
            text(
                OpenAiTranscripts.verbose(
                    said,
                    RecognitionTask.TRANSCRIBE,
                    List.of(Granularity.SEGMENT, Granularity.WORD))))
        .isEqualTo(
            "{\"task\":\"transcribe\",\"language\":\"german\",\"duration\":0.3,\"text\":\"Hallo.\","
                + "\"segments\":[{\"id\":0,\"seek\":0,\"start\":0.0,\"end\":0.3,"
                + "\"text\":\"Hallo.\",\"tokens\":[],\"temperature\":0.0,\"avg_logprob\":0.0,"
                + "\"compression_ratio\":0.0,\"no_speech_prob\":0.0}],"
                + "\"words\":[{\"word\":\"Hallo.\",\"start\":0.1,\"end\":0.3}],"
                + "\"usage\":{\"type\":\"duration\",\"seconds\":0.3}}");
  }

  @Test
  void countsSecondsInVerboseJsonWhateverElseIsCounted() {
    assertThat(
            text(
                OpenAiTranscripts.verbose(
                    written(TOKENS, segment(0, 1, "Hi.")), RecognitionTask.TRANSCRIBE, List.of())))
        .endsWith("\"usage\":{\"type\":\"duration\",\"seconds\":1.0}}");
  }

  @Test
  void leavesOutTimesThatNobodyAskedFor() {
    RecognizedEvent.Written said = written(segment(0, 1, "Hi.", word("Hi.", 0, 1)));
    assertThat(
            text(
                OpenAiTranscripts.verbose(
                    said, RecognitionTask.TRANSLATE, List.of(Granularity.WORD))))
        .contains("\"task\":\"translate\",\"language\":\"english\"", "\"words\":[{")
        .doesNotContain("segments");
  }

  @Test
  void labelsSpeakersInTheOrderOfTheirFirstWords() {
    SpeakerLabels labels = new SpeakerLabels(Set.of("agent", "B"));
    assertThat(
            text(
                OpenAiTranscripts.diarized(
                    written(
                        by("SPEAKER_07", 0, 1, "One."),
                        by("agent", 1, 2, "Two."),
                        by("SPEAKER_01", 2, 3, "Three."),
                        by("SPEAKER_07", 3, 4, "Four.")),
                    RecognitionTask.TRANSCRIBE,
                    labels)))
        .startsWith(
            "{\"task\":\"transcribe\",\"duration\":4.0,\"text\":\"One. Two. Three. Four.\","
                + "\"segments\":[{\"type\":\"transcript.text.segment\",\"id\":\"seg_000\","
                + "\"start\":0.0,\"end\":1.0,\"text\":\"One.\",\"speaker\":\"A\"},")
        .contains(
            "\"id\":\"seg_001\",\"start\":1.0,\"end\":2.0,\"text\":\"Two.\",\"speaker\":\"agent\"",
            "\"id\":\"seg_002\",\"start\":2.0,\"end\":3.0,\"text\":\"Three.\",\"speaker\":\"C\"",
            "\"id\":\"seg_003\",\"start\":3.0,\"end\":4.0,\"text\":\"Four.\",\"speaker\":\"A\"")
        .endsWith("\"usage\":{\"type\":\"duration\",\"seconds\":4.0}}");
  }

  @Test
  void countsSpeakersBeyondTheAlphabet() {
    SpeakerLabels labels = new SpeakerLabels(Set.of());
    for (int i = 0; i < 26; i++) {
      labels.of("speaker " + i);
    }
    assertThat(labels.of("one more")).isEqualTo("AA");
    assertThat(labels.of("speaker 25")).isEqualTo("Z");
  }

  @Test
  void writesEvents() {
    List<TokenLogprob> logprobs = List.of(new TokenLogprob(" Hi", -0.5, List.of(32, 72, 105)));
    assertThat(text(OpenAiTranscripts.delta(new RecognizedEvent.Delta(" Hi", logprobs))))
        .isEqualTo(
            "{\"type\":\"transcript.text.delta\",\"delta\":\" Hi\",\"logprobs\":[{\"token\":\" Hi\","
                + "\"logprob\":-0.5,\"bytes\":[32,72,105]}]}");
    assertThat(text(OpenAiTranscripts.done(written(TOKENS, segment(0, 1, "Hi.")).transcript())))
        .startsWith("{\"type\":\"transcript.text.done\",\"text\":\"Hi.\",")
        .endsWith("\"output_tokens\":45,\"total_tokens\":59}}");
    assertThat(text(OpenAiTranscripts.done(written(segment(0, 1, "Hi.")).transcript())))
        .doesNotContain("usage");
  }

  @Test
  void writesTheSchemasOwnJson() {
    Segment said =
        new Segment(
            0,
            1.5,
            "Hallo.",
            List.of(word("Hallo.", 0.25, 1.5)),
            "S1",
            "",
            new Segment.Scores(
                OptionalDouble.empty(),
                OptionalDouble.of(-0.25),
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                OptionalDouble.of(0)),
            List.of(7),
            Json.parse("{\"odd\":1}".getBytes(StandardCharsets.UTF_8)));
    assertThat(ProtoJson.write(TranscriptMessages.response(written(TOKENS, said))).raw())
        .isEqualTo(
            "{\"text\":\"Hallo.\",\"language\":\"de\",\"duration\":1.5,\"segments\":[{\"id\":0,"
                + "\"start\":0.0,\"end\":1.5,\"text\":\"Hallo.\",\"words\":[{\"word\":\"Hallo.\","
                + "\"start\":0.25,\"end\":1.5,\"speaker\":\"\",\"language\":\"\"}],"
                + "\"alternatives\":[],\"speaker\":\"S1\",\"channel\":0,\"language\":\"\","
                + "\"avg_logprob\":-0.25,\"no_speech_prob\":0.5,\"temperature\":0.0,"
                + "\"tokens\":[7],\"odd\":1}],\"logprobs\":[],\"usage\":{\"prompt_tokens\":14,"
                + "\"completion_tokens\":45,\"total_tokens\":59,\"input_audio_tokens\":14,"
                + "\"audio_ms\":1500},\"sampling_rate\":16000}");
  }

  @Test
  void tellsLanguagesByTheirEnglishNames() {
    Transcript heard =
        new Transcript(
            "",
            "ht",
            OptionalDouble.of(0.75),
            List.of(
                new LanguageGuess("ht", OptionalDouble.of(0.75)),
                new LanguageGuess("de-AT", OptionalDouble.empty())),
            OptionalDouble.empty(),
            List.of(),
            List.of(),
            RecognitionUsage.UNKNOWN,
            Json.EMPTY_OBJECT);
    assertThat(ProtoJson.write(TranscriptMessages.languages(heard)).raw())
        .isEqualTo(
            "{\"detected_language\":\"ht\",\"probability\":0.75,\"all_languages\":["
                + "{\"code\":\"ht\",\"name\":\"Haitian Creole\",\"probability\":0.75},"
                + "{\"code\":\"de-AT\",\"name\":\"German\"}]}");
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
