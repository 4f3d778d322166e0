package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.testkit.openai.FakeVllmOmni;
import dev.parley.testkit.openai.FakeVllmOmni.Layout;
import dev.parley.testkit.openai.FakeVllmOmni.StreamRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What vllm-omni's speech has that no other has. */
class OmniSpeechTest {

  private static final String BASE = "Qwen/Qwen3-TTS-12Hz-1.7B-Base";
  private static final String CUSTOM = "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice";
  private static final String DESIGN = "Qwen/Qwen3-TTS-12Hz-1.7B-VoiceDesign";
  private static final String OMNI = "Qwen/Qwen3-Omni-30B-A3B-Instruct";

  private Optional<FakeVllmOmni> running = Optional.empty();
  private Optional<Backend> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(Backend::close);
    running.ifPresent(FakeVllmOmni::close);
  }

  private FakeVllmOmni serve(String model, ModelInfo... listed) {
    FakeVllmOmni fake = new FakeVllmOmni(model);
    fake.start();
    running = Optional.of(fake);
    open =
        Optional.of(
            Calls.open(
                "vllm-omni",
                fake.baseUri(),
                new Credentials.None(),
                Map.of(),
                List.of(listed),
                Map.of()));
    return fake;
  }

  private Backend backend() {
    return open.orElseThrow();
  }

  private Heard hear(SpeechCalls call) {
    FakeVllmOmni fake = running.orElseThrow();
    return Heard.all(
        backend()
            .speech()
            .orElseThrow()
            .speak(call.call(), new Target("b", fake.models().getFirst())));
  }

  private static KeptVoice voice(String transcript) {
    return new KeptVoice("c0ffee".repeat(10), "en", List.of(SpeechCalls.recording(transcript)));
  }

  @Test
  void streamsAsEventsAndMeters() {
    FakeVllmOmni fake = serve(CUSTOM);
    Heard heard = hear(SpeechCalls.say("Hello there.").in("de-DE"));
    assertThat(heard.text()).isEqualTo("Hello there.");
    assertThat(heard.encoding()).isEqualTo(AudioEncoding.PCM_S16LE);
    assertThat(heard.counted()).containsExactly(new SpeechUsage(2, 5, 7));
    var asked = fake.requests("/v1/audio/speech").getLast().json();
    assertThat(asked.path("stream_format").asText()).isEqualTo("sse");
    assertThat(asked.path("language").asText()).isEqualTo("German");
    assertThat(asked.path("task_type").asText()).isEqualTo("CustomVoice");
  }

  @Test
  void anotherPaceOrNoHurryGivesAWholeFile() {
    FakeVllmOmni fake = serve(CUSTOM);
    for (SpeechCalls call :
        List.of(SpeechCalls.say("Hello.").at(1.5), SpeechCalls.say("Hello.").whole())) {
      Heard heard = hear(call);
      assertThat(heard.text()).isEqualTo("Hello.");
      assertThat(heard.encoding()).isEqualTo(AudioEncoding.WAV);
      assertThat(heard.counted()).hasSize(1);
      var asked = fake.requests("/v1/audio/speech").getLast().json();
      assertThat(asked.path("stream").asBoolean(true)).isFalse();
      assertThat(asked.get("stream_format").isNull()).isTrue();
    }
  }

  @Test
  void serversOfEveryAgeAreHeard() {
    FakeVllmOmni fake = serve(CUSTOM);
    fake.speech().eventMember("delta");
    assertThat(hear(SpeechCalls.say("First form.")).text()).isEqualTo("First form.");
    fake.streamRule(StreamRule.FLAG_ONLY);
    assertThat(hear(SpeechCalls.say("Raw bytes.")).text()).isEqualTo("Raw bytes.");
  }

  @Test
  void anErrorInMidSpeechIsAFailureBehindTheSoundBeforeIt() {
    serve(CUSTOM);
    Heard heard = hear(SpeechCalls.say("Hello there. [[error]]"));
    assertThat(heard.sound()).isNotEmpty();
    assertThat(heard.completed()).isFalse();
    assertThat(heard.error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.detail()).isEqualTo("codec limit reached"));
  }

  @Test
  void designsAVoiceFromWords() {
    FakeVllmOmni fake = serve(DESIGN);
    TargetVoice voice = new TargetVoice.Described("An old sailor.");
    assertThat(hear(SpeechCalls.say("Ahoy.").by(voice).told("Shout.")).text()).isEqualTo("Ahoy.");
    var asked = fake.requests("/v1/audio/speech").getLast().json();
    assertThat(asked.path("instructions").asText()).isEqualTo("An old sailor.\nShout.");
    assertThat(hear(SpeechCalls.say("Ahoy.")).text()).isEqualTo("Ahoy.");
  }

  @Test
  void copiesAVoiceWithAndWithoutItsWords() {
    FakeVllmOmni fake = serve(BASE);
    for (String transcript : List.of("", "what is said")) {
      TargetVoice voice = new TargetVoice.Recorded(List.of(SpeechCalls.recording(transcript)));
      assertThat(hear(SpeechCalls.say("Me too.").by(voice)).text()).isEqualTo("Me too.");
      var asked = fake.requests("/v1/audio/speech").getLast().json();
      assertThat(asked.path("ref_text").asText("")).isEqualTo(transcript);
      assertThat(asked.path("x_vector_only_mode").asBoolean()).isEqualTo(transcript.isEmpty());
    }
  }

  @Test
  void aModelThatOnlyCopiesHasNoUsualVoice() {
    FakeVllmOmni fake = serve(BASE);
    assertThat(hear(SpeechCalls.say("Hello.")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void keepsVoicesUnderNamesOfTheirContent() {
    FakeVllmOmni fake = serve(BASE);
    VoiceKeeper keeper = backend().speech().orElseThrow().keeper().orElseThrow();
    String name = keeper.keep(voice("Größe")).join();
    assertThat(name).isEqualTo("parley-c0ffeec0ffeec0ffeec0ffee");
    assertThat(keeper.keep(voice("Größe")).join()).isEqualTo(name);
    assertThat(fake.keptVoices()).containsExactly(name);
    assertThat(hear(SpeechCalls.say("Mine.").by(new TargetVoice.Kept(name))).text())
        .isEqualTo("Mine.");
    assertThat(backend().speech().orElseThrow().voices(BASE).join().orElseThrow())
        .extracting(PresetVoice::name)
        .doesNotContain(name)
        .startsWith("vivian");
    assertThat(keeper.forget(name).join()).isTrue();
    assertThat(keeper.forget(name).join()).isTrue();
    assertThat(fake.keptVoices()).isEmpty();
  }

  @Test
  void aVoiceThatTheServerLostIsNotFound() {
    FakeVllmOmni fake = serve(BASE);
    VoiceKeeper keeper = backend().speech().orElseThrow().keeper().orElseThrow();
    String name = keeper.keep(voice("")).join();
    fake.forgetVoices();
    assertThat(hear(SpeechCalls.say("Mine.").by(new TargetVoice.Kept(name))).error())
        .isEqualTo(new HubError.NotFound(HubError.NotFound.Kind.VOICE, name, Optional.empty()));
  }

  @Test
  void aServerThatKeepsNoVoicesSaysSo() {
    FakeVllmOmni fake = serve(BASE);
    fake.keepsVoices(false);
    VoiceKeeper keeper = backend().speech().orElseThrow().keeper().orElseThrow();
    assertThat(backend().speech().orElseThrow().voices(BASE).join()).isEmpty();
    try {
      keeper.keep(voice("")).join();
      throw new AssertionError("kept");
    } catch (CompletionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              HubException.class,
              hub -> assertThat(hub.error()).isInstanceOf(HubError.BackendRejected.class));
    }
  }

  @Test
  void aModelThatConversesReadsAloudInEveryLayout() {
    FakeVllmOmni fake = serve(OMNI);
    SpeechCalls text = SpeechCalls.say("What is your name?");
    for (Layout layout : Layout.values()) {
      fake.layout(layout);
      Heard whole = hear(text.whole().by(new TargetVoice.Preset("chelsie")));
      assertThat(whole.text()).isEqualTo("What is your name?");
      assertThat(whole.counted()).hasSize(1);
    }
    var asked = fake.requests("/v1/chat/completions").getLast().json();
    assertThat(asked.path("speaker").asText()).isEqualTo("chelsie");
    assertThat(asked.at("/messages/1/content").asText()).isEqualTo("What is your name?");
    for (boolean finish : new boolean[] {true, false}) {
      fake.sendsFinish(finish);
      Heard streamed = hear(text);
      assertThat(streamed.text()).isEqualTo("What is your name?");
      assertThat(streamed.counted()).hasSize(1);
    }
  }

  @Test
  void theOperatorsWordCountsMoreThanTheName() {
    FakeVllmOmni fake =
        serve(
            "our-voice-TTS",
            new ModelInfo(
                "our-voice-TTS",
                "",
                0,
                Set.of(Capability.TTS, Capability.VOICE_CLONE),
                Set.of(),
                Set.of(),
                OptionalInt.empty(),
                List.of()));
    assertThat(backend().speech().orElseThrow().abilities("our-voice-TTS").instructions())
        .isFalse();
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void modelsThatSpeakAreListedAsSuch() {
    serve(CUSTOM);
    assertThat(backend().models().join())
        .singleElement()
        .satisfies(model -> assertThat(model.capabilities()).containsExactly(Capability.TTS));
  }
}
