package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.Recorder;
import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.content.Tone;
import dev.parley.testkit.openai.FakeVllmOmni;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this server does differently, against its fake. */
class VllmOmniTest {

  private static final String SPOKEN = ",\"modalities\":[\"text\",\"audio\"]";

  private final FakeVllmOmni fake = new FakeVllmOmni("omni");
  private Backend backend;

  @BeforeEach
  void open() {
    fake.start();
    backend = Calls.open("vllm-omni", fake.baseUri());
  }

  @AfterEach
  void close() {
    backend.close();
    fake.close();
  }

  private Recorder all(DocumentCall call) {
    return Recorder.all(backend.chat().orElseThrow().chat(call, new Target("omni", "omni")));
  }

  private String sent() {
    return fake.requests("/v1/chat/completions").getLast().text();
  }

  @Test
  void asksForTextOnlyUnlessSpeechIsWanted() {
    all(Calls.chat("hello", false, ""));
    assertThat(sent()).contains("\"modalities\":[\"text\"]");
  }

  @Test
  void asksForBareSamplesInStreamsAndNamesTheSpeaker() {
    all(Calls.chat("hello", true, SPOKEN + ",\"audio\":{\"voice\":\"ethan\",\"format\":\"wav\"}"));
    assertThat(sent())
        .contains("\"audio\":{\"voice\":\"ethan\",\"format\":\"pcm16\"}")
        .contains("\"speaker\":\"ethan\"");
  }

  @Test
  void flattensALiteralExtraBody() {
    all(Calls.chat("hello", false, ",\"seed\":1,\"extra_body\":{\"seed\":2,\"x\":1.0}"));
    assertThat(sent()).contains("\"seed\":1", "\"x\":1.0").doesNotContain("extra_body");
  }

  @Test
  void streamsSpeechAsAudioDeltas() {
    Recorder got = all(Calls.chat("hello", true, SPOKEN));
    assertThat(got.joined("content")).isEqualTo("You said: hello");
    assertThat(got.joined("role")).isEqualTo("assistant");
    assertThat(got.reasons()).containsExactly("stop");
    assertThat(pcm(got)).isEqualTo(Tone.pcm(3 * Tone.MILLIS_PER_WORD));
    assertThat(String.join("", audio(got, "transcript"))).isEqualTo("You said: hello");
    assertThat(audio(got, "id")).hasSize(1);
    assertThat(got.chunks().getLast().kind()).isEqualTo(Chunk.Kind.USAGE);
  }

  @Test
  void stripsTheHeaderOfEveryPieceFromServersThatIgnoreTheFormat() {
    String wav = Base64.getEncoder().encodeToString(Tone.wav(Tone.pcm(20)));
    String frame =
        """
        data: {"id":"c","created":1,"modality":"audio","choices":[{"index":0,\
        "delta":{"content":"%s"},"finish_reason":null}]}

        """
            .formatted(wav);
    fake.enqueue(Behaviour.reply(Answer.events(List.of(frame, frame, "data: [DONE]\n\n"))));
    Recorder got = all(Calls.chat("hello", true, SPOKEN));
    assertThat(pcm(got)).hasSize(2 * Tone.pcm(20).length);
    assertThat(got.reasons()).containsExactly("stop");
    assertThat(got.chunks().getLast().json().raw()).contains("\"expires_at\":86401");
  }

  @Test
  void oldServersWithoutFinishReasonGetOne() {
    fake.sendsFinish(false);
    assertThat(all(Calls.chat("hello", true, SPOKEN)).reasons()).containsExactly("stop");
  }

  @Test
  void textThatEndsFirstDoesNotEndTheStream() {
    String frame =
        """
        data: {"modality":"text","choices":[{"index":0,"delta":{"content":"Hi"},\
        "finish_reason":"stop"}]}

        """;
    fake.enqueue(Behaviour.reply(Answer.events(List.of(frame))));
    Recorder got = all(Calls.chat("hello", true, SPOKEN));
    assertThat(got.error()).isInstanceOf(HubError.BackendFailed.class);
    assertThat(got.reasons()).isEmpty();
  }

  @Test
  void audioThatIsNoBase64IsAFailure() {
    String frame =
        """
        data: {"modality":"audio","choices":[{"index":0,"delta":{"content":"*"}}]}

        """;
    fake.enqueue(Behaviour.reply(Answer.events(List.of(frame))));
    assertThat(all(Calls.chat("hello", true, SPOKEN)).error().toString()).contains("base64");
  }

  @Test
  void mergesTheTwoChoicesOfOlderServers() {
    assertThat(all(Calls.chat("hello", false, SPOKEN)).whole().body().raw())
        .containsOnlyOnce("\"index\":0")
        .contains("\"content\":\"You said: hello\"", "\"transcript\":\"You said: hello\"");
  }

  @Test
  void leavesTheMergedLayoutAlone() {
    fake.layout(FakeVllmOmni.Layout.MERGED);
    assertThat(all(Calls.chat("hello", false, SPOKEN)).whole().body().raw())
        .contains("audio_metadata");
  }

  private static byte[] pcm(Recorder got) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audio(got, "data").forEach(data -> out.writeBytes(Base64.getDecoder().decode(data)));
    return out.toByteArray();
  }

  private static List<String> audio(Recorder got, String member) {
    List<String> texts = new ArrayList<>();
    for (Chunk chunk : got.chunks()) {
      for (JsonValue choice : Calls.at(chunk.json(), "choices").elements()) {
        JsonValue audio = Calls.at(choice, "delta").get("audio");
        JsonValue value = audio == null ? null : audio.get(member);
        if (value != null) {
          texts.add(value.asString());
        }
      }
    }
    return texts;
  }
}
