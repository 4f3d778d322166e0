package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.voicebox.FakeVoiceProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceProviderSpeechTest extends SynthesizerContract {

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
    return "Qwen3-TTS";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String speechPath() {
    return "/v1/generate";
  }

  @Override
  String presetVoice() {
    return "";
  }

  /** The specification has a fixed set of members. */
  @Override
  boolean takesExtra() {
    return false;
  }

  /** Nothing can be heard of an answer that is not whole: it is left in its middle all the same. */
  @Test
  @Override
  void cancelInMidSpeechReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.usual().cutInto(500).hangAfter(2));
    Heard heard = Heard.of(send(backend, say("Hello.").call()), Long.MAX_VALUE);
    RecordedRequest request = fake.awaitRequest(speechPath(), WAIT);
    heard.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
    assertThat(heard.events()).isEmpty();
    assertThat(heard.failure()).isNull();
  }

  private FakeVoiceProvider server() {
    return (FakeVoiceProvider) fake;
  }

  private String kept() {
    VoiceKeeper keeper = speaker().keeper().orElseThrow();
    return keeper
        .keep(new KeptVoice("ab".repeat(16), "en", List.of(SpeechCalls.recording("Größe & co."))))
        .join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "float32", "float64", "int16"})
  void readsNumbersOfAnyType(String dtype) {
    server().dtype(dtype);
    Heard heard = all(say(TEXT));
    assertThat(heard.failure()).isNull();
    assertThat(heard.text()).isEqualTo(TEXT);
    assertThat(heard.opened().format().sampleRateHz()).isEqualTo(24_000);
  }

  @Test
  void refusesNumbersOfAnUnknownType() {
    server().dtype("bfloat16");
    assertThat(all(say("Hello.")).error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            error -> assertThat(error.detail()).contains("dtype").contains("float32"));
  }

  @Test
  void givesBackTheVoiceAsItCame() {
    String voice = kept();
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(voice))).text()).isEqualTo("Hello.");
    assertThat(request().json().path("voice_prompt").toString()).isEqualTo(voice);
  }

  @Test
  void nobodysVoiceIsAnEmptyDocument() {
    all(say("Hello."));
    assertThat(request().text())
        .isEqualTo("{\"text\":\"Hello.\",\"voice_prompt\":{},\"language\":\"en\"}");
    server().wantsQuery(true);
    all(say("Hello."));
    assertThat(request().text()).isEqualTo("{}");
    assertThat(request().target()).isEqualTo("/v1/generate?text=Hello.&language=en");
  }

  @Test
  void anythingElseIsNoVoice() {
    assertThat(all(say("Hello.").by(new TargetVoice.Preset("alloy"))).error())
        .isInstanceOf(HubError.NotFound.class);
  }

  @Test
  void turnsToTheQueryWhenTheServerWantsIt() {
    server().wantsQuery(true);
    assertThat(all(say(TEXT)).text()).isEqualTo(TEXT);
    assertThat(fake.requests(speechPath())).hasSize(2);
    assertThat(all(say("Again.")).text()).isEqualTo("Again.");
    assertThat(fake.requests(speechPath())).hasSize(3);
  }

  @Test
  void keepsVoicesThroughTheQueryToo() {
    server().wantsQuery(true);
    assertThat(kept()).startsWith("{\"ref_text\"");
  }

  @Test
  void showsItsKeyAsThatServerWantsIt() {
    try (Backend known =
        Calls.open(type(), fake.baseUri(), new Credentials.Header("X-API-Key", "k-1"), Map.of())) {
      Heard.all(
          known
              .speech()
              .orElseThrow()
              .speak(say("Hello.").call(), new Target("under-test", model())));
      assertThat(request().header("x-api-key")).contains("k-1");
    }
  }
}
