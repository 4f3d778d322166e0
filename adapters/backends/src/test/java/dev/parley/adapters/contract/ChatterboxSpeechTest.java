package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.core.error.HubError;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.chatterbox.FakeChatterbox;
import dev.parley.testkit.content.SpokenText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatterboxSpeechTest extends SynthesizerContract {

  private static final String KEY = "0123456789abcdef01234567fedcba98";
  private static final String KEPT = "0123456789abcdef01234567.wav";

  @Override
  FakeBackend fake() {
    return new FakeChatterbox();
  }

  @Override
  String type() {
    return "chatterbox";
  }

  @Override
  String model() {
    return "chatterbox-turbo";
  }

  @Override
  String healthPath() {
    return "/api/model-info";
  }

  @Override
  String speechPath() {
    return "/tts";
  }

  @Override
  String presetVoice() {
    return "Emily.wav";
  }

  /** Each knob that it has is modelled, and brought within its range. */
  @Override
  boolean takesExtra() {
    return false;
  }

  private FakeChatterbox server() {
    return (FakeChatterbox) fake;
  }

  private VoiceKeeper keeper() {
    return speaker().keeper().orElseThrow();
  }

  private static KeptVoice voice(String text) {
    byte[] wav = SpokenText.wav(text, 16_000);
    Recording recording = new Recording("ab".repeat(32), wav, 16_000, (wav.length - 44) / 32e3, "");
    return new KeptVoice(KEY, "en", List.of(recording));
  }

  private static KeptVoice longVoice() {
    return voice("a voice that is long enough for the engine to take it ".repeat(3));
  }

  @Test
  void saysEveryKnobSoThatTheServersSettingsDoNotMatter() {
    all(say("Hello."));
    JsonNode body = request().json();
    assertThat(body.toString())
        .isEqualTo(
            "{\"text\":\"Hello.\",\"voice_mode\":\"predefined\",\"predefined_voice_id\":\"Emily.wav\""
                + ",\"output_format\":\"wav\",\"split_text\":false,\"chunk_size\":120"
                + ",\"temperature\":0.8,\"exaggeration\":0.5,\"cfg_weight\":0.5,\"seed\":0"
                + ",\"speed_factor\":1.0,\"language\":\"en\"}");
  }

  @Test
  void bringsKnobsWithinTheirRanges() {
    all(
        say("Hello.")
            .extra(
                "{\"temperature\":9,\"exaggeration\":0,\"cfg_weight\":-3,\"chunk_size\":1e9"
                    + ",\"split_text\":true,\"output_format\":\"mp3\"}"));
    JsonNode body = request().json();
    assertThat(body.path("temperature").asDouble()).isEqualTo(1.5);
    assertThat(body.path("exaggeration").asDouble()).isEqualTo(0.25);
    assertThat(body.path("cfg_weight").asDouble()).isEqualTo(0.2);
    assertThat(body.path("chunk_size").asInt()).isEqualTo(500);
    assertThat(body.path("split_text").asBoolean()).isTrue();
    assertThat(body.path("output_format").asText()).isEqualTo("wav");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "a/b.wav", "", ".", "..", "a b", "\u00E9.wav"})
  void sendsNoNameThatCouldBeAPath(String name) {
    for (TargetVoice voice : List.of(new TargetVoice.Preset(name), new TargetVoice.Kept(name))) {
      assertThat(all(say("Hello.").by(voice)).error()).isInstanceOf(HubError.NotFound.class);
    }
    assertThat(fake.requests("/tts")).isEmpty();
  }

  @Test
  void tellsTheNearestVoice() {
    speaker().voices(model()).join();
    assertThat(all(say("Hello.").by(new TargetVoice.Preset("Emly.wav"))).error())
        .isEqualTo(
            new HubError.NotFound(
                HubError.NotFound.Kind.VOICE, "Emly.wav", Optional.of("Emily.wav")));
  }

  @Test
  void keepsAVoiceUnderItsContent() {
    assertThat(keeper().keep(longVoice()).join()).isEqualTo(KEPT);
    assertThat(keeper().keep(longVoice()).join()).isEqualTo(KEPT);
    assertThat(fake.requests("/upload_reference")).hasSize(1);
    assertThat(server().references()).containsExactly(KEPT);
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(KEPT))).text()).isEqualTo("Hello.");
    assertThat(request().json().path("voice_mode").asText()).isEqualTo("clone");
  }

  @Test
  void aVoiceThatTheServerLostIsNotFound() {
    keeper().keep(longVoice()).join();
    server().loseReferences();
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(KEPT))).error())
        .isEqualTo(new HubError.NotFound(HubError.NotFound.Kind.VOICE, KEPT, Optional.empty()));
    assertThat(keeper().keep(longVoice()).join()).isEqualTo(KEPT);
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(KEPT))).text()).isEqualTo("Hello.");
  }

  @Test
  void anUploadThatWasRefusedIsAFailure() {
    server().refusesUploads(true);
    assertThat(dev.parley.adapters.sound.Heard.errorOf(keeper().keep(longVoice())))
        .isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void cannotDelete() {
    assertThat(keeper().forget(KEPT).join()).isFalse();
  }

  @Test
  void asksForLongerRecordingsWhereTheEngineNeedsThem() {
    assertThat(((Cloning.KeptThere) abilities().cloning()).limits().secondsMin()).isGreaterThan(5);
    keeper().keep(voice("short")).join();
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(KEPT))).error())
        .isInstanceOf(HubError.BackendFailed.class);
    server().engine("original");
    backend.probe().join();
    assertThat(((Cloning.KeptThere) abilities().cloning()).limits().secondsMin()).isEqualTo(1);
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(KEPT))).text()).isEqualTo("Hello.");
  }

  @Test
  void namesTheEngineAndItsLanguages() {
    assertThat(backend.models().join().getFirst().languages()).containsExactly("en");
    server().engine("multilingual");
    assertThat(backend.models().join().getFirst().id()).isEqualTo("chatterbox-multilingual");
    assertThat(abilities().languages()).containsExactly("en", "de", "fr");
    all(say("Guten Tag.").in("de-AT"));
    assertThat(request().json().path("language").asText()).isEqualTo("de");
  }

  @Test
  void anEngineThatIsNotLoadedIsLoading() {
    server().loaded(false);
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Loading.class);
    assertThat(all(say("Hello.")).error()).isInstanceOf(HubError.Overloaded.class);
  }
}
