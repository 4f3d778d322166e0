package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.voicebox.FakeVoicebox;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceboxSpeechTest extends SynthesizerContract {

  private static final String KEY = "0123456789abcdef01234567fedcba98";
  private static final String NAME = "parley-0123456789abcdef01234567";

  @Override
  FakeBackend fake() {
    return new FakeVoicebox();
  }

  @Override
  String type() {
    return "voicebox";
  }

  @Override
  String model() {
    return "voicebox";
  }

  @Override
  String healthPath() {
    return "/health";
  }

  @Override
  String speechPath() {
    return "/generate/stream";
  }

  @Override
  String presetVoice() {
    return "Morgan";
  }

  /** They do; but it knows no member {@code model}, for which the contract looks. */
  @Override
  boolean takesExtra() {
    return false;
  }

  private FakeVoicebox server() {
    return (FakeVoicebox) fake;
  }

  private VoiceKeeper keeper() {
    return speaker().keeper().orElseThrow();
  }

  private static KeptVoice voice(String language, String transcript) {
    return new KeptVoice(KEY, language, List.of(SpeechCalls.recording(transcript)));
  }

  private static SpeechCalls by(String preset) {
    return SpeechCalls.say("Hello.").by(new TargetVoice.Preset(preset));
  }

  private List<String> offered() {
    return speaker().voices(model()).join().orElseThrow().stream().map(PresetVoice::name).toList();
  }

  private static HubError errorOf(CompletableFuture<?> future) {
    return dev.parley.adapters.sound.Heard.errorOf(future);
  }

  @Test
  void offersProfilesByNameTheOldestFirst() {
    assertThat(speaker().voices(model()).join().orElseThrow())
        .containsExactly(
            new PresetVoice("Morgan", List.of("en")), new PresetVoice("Bella", List.of("it")));
    assertThat(all(say("Hello.")).opened().voice()).isEqualTo("Morgan");
  }

  @Test
  void offersProfilesOfOneNameByTheirIds() {
    String second = server().make("Morgan");
    String third = server().make("");
    assertThat(offered()).hasSize(4).contains("Bella", second, third).doesNotContain("Morgan", "");
    assertThat(all(by(second)).text()).isEqualTo("Hello.");
    assertThat(request().json().path("profile_id").asText()).isEqualTo(second);
    assertThat(all(by("Morgan")).error()).isInstanceOf(HubError.NotFound.class);
  }

  @Test
  void offersNothingThatCannotSpeak() {
    server().empty("Morgan");
    assertThat(offered()).containsExactly("Bella");
  }

  @Test
  void asksForTheProfilesOnce() {
    all(by("Bella"));
    all(by("Morgan"));
    all(say("Hello."));
    assertThat(fake.requests("/profiles")).hasSize(1);
  }

  @Test
  void findsAProfileThatIsNew() {
    all(say("Hello."));
    server().make("Ada");
    assertThat(all(by("Ada")).text()).isEqualTo("Hello.");
  }

  @Test
  void findsAProfileThatWasMadeAgain() {
    all(by("Morgan"));
    server().delete("Morgan");
    server().make("Morgan");
    assertThat(all(by("Morgan")).text()).isEqualTo("Hello.");
    assertThat(fake.requests(speechPath())).hasSize(3);
  }

  @Test
  void aProfileThatIsGoneIsNotFound() {
    all(by("Morgan"));
    server().delete("Morgan");
    assertThat(all(by("Morgan")).error())
        .isEqualTo(new HubError.NotFound(HubError.NotFound.Kind.VOICE, "Morgan", Optional.empty()));
    assertThat(all(by("Bela")).error())
        .isEqualTo(
            new HubError.NotFound(HubError.NotFound.Kind.VOICE, "Bela", Optional.of("Bella")));
  }

  @Test
  void aServerWithoutProfilesHasNoUsualVoice() {
    server().delete("Morgan");
    server().delete("Bella");
    assertThat(all(say("Hello.")).error())
        .isInstanceOfSatisfying(
            HubError.CapabilityMissing.class,
            missing -> assertThat(missing.remedy()).contains("profile"));
    assertThat(fake.requests(speechPath())).isEmpty();
  }

  @Test
  void namesTheEngineThatAProfileNeeds() {
    assertThat(all(by("Bella")).text()).isEqualTo("Hello.");
    assertThat(request().text())
        .isEqualTo(
            "{\"profile_id\":\"6f1c0a52-0000-4000-8000-000000000002\",\"text\":\"Hello.\""
                + ",\"language\":\"it\",\"engine\":\"kokoro\"}");
    assertThat(all(by("Morgan")).text()).isEqualTo("Hello.");
    assertThat(request().json().has("engine")).isFalse();
  }

  @Test
  void aModelNamedAfterAnEngineIsThatEngine() {
    SpeechCall call = by("Morgan").extra("{\"engine\":\"qwen\"}").call();
    Heard heard = Heard.all(speaker().speak(call, new Target("under-test", "chatterbox_turbo")));
    assertThat(heard.text()).isEqualTo("Hello.");
    assertThat(request().json().path("engine").asText()).isEqualTo("chatterbox_turbo");
  }

  @Test
  void anEngineThatDoesNotFitIsTheCallersToMend() {
    assertThat(all(by("Bella").extra("{\"engine\":\"qwen\"}")).error())
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.message()).contains("qwen");
            });
  }

  @Test
  void aModelThatIsNotThereIsTheServersFailure() {
    server().downloaded(false);
    assertThat(all(say("Hello.")).error())
        .isInstanceOfSatisfying(
            HubError.BackendFailed.class,
            failed -> assertThat(failed.detail()).contains("not downloaded"));
  }

  @Test
  void aMissingRouteIsNoMissingVoice() {
    fake.enqueue(Behaviour.status(404, "{\"detail\":\"Not Found\"}"));
    assertThat(all(say("Hello.")).error()).isInstanceOf(HubError.BackendRejected.class);
  }

  @Test
  void passesOnWhatIsSaidBesides() {
    all(
        say("Hello.")
            .extra(
                "{\"model_size\":\"0.6B\",\"max_chunk_chars\":300,\"crossfade_ms\":0"
                    + ",\"normalize\":false,\"personality\":true,\"effects_chain\":[{\"type\":\"x\"}]"
                    + ",\"profile_id\":\"other\",\"text\":\"other\"}"));
    JsonNode body = request().json();
    assertThat(body.path("model_size").asText()).isEqualTo("0.6B");
    assertThat(body.path("max_chunk_chars").asInt()).isEqualTo(300);
    assertThat(body.path("crossfade_ms").asInt(-1)).isZero();
    assertThat(body.path("normalize").asBoolean(true)).isFalse();
    assertThat(body.path("personality").asBoolean()).isTrue();
    assertThat(body.path("effects_chain")).hasSize(1);
    assertThat(body.toString()).doesNotContain("other");
  }

  @Test
  void tellsHowToSound() {
    assertThat(all(say("Hello.").told("Whisper.")).text()).isEqualTo("Hello.");
    assertThat(request().json().path("instruct").asText()).isEqualTo("Whisper.");
    assertThat(all(say("Hello.").told("\uD83D\uDC4B".repeat(500))).text()).isEqualTo("Hello.");
    assertThat(all(say("Hello.").told("x".repeat(501))).error())
        .isEqualTo(new HubError.InvalidRequest("instructions", "501 characters", "up to 500"));
  }

  @ParameterizedTest
  @CsvSource({"de-AT,de", "PT_br,pt", "tlh,en", "'',en", "no,no"})
  void saysTheLanguageWhereTheServerKnowsIt(String tag, String sent) {
    assertThat(all(say("Hello.").in(tag)).text()).isEqualTo("Hello.");
    assertThat(request().json().path("language").asText()).isEqualTo(sent);
  }

  @Test
  void sendsASeedThatTheServerTakes() {
    SpeechCall call = say("Hello.").call();
    SpeechCall seeded =
        new SpeechCall(
            call.text(),
            call.voice(),
            call.language(),
            call.speed(),
            call.instructions(),
            call.pronunciations(),
            call.marks(),
            OptionalLong.of(-1),
            call.stream(),
            call.extra(),
            call.requestId(),
            call.headers(),
            call.caller());
    assertThat(Heard.all(send(backend, seeded)).text()).isEqualTo("Hello.");
    assertThat(request().json().path("seed").asLong()).isEqualTo(2_147_483_647L);
  }

  @Test
  void keepsAVoiceOnceUnderItsContent() {
    String kept = keeper().keep(voice("de-DE", "Größe & co.")).join();
    assertThat(keeper().keep(voice("de-DE", "Größe & co.")).join()).isEqualTo(kept);
    assertThat(server().profiles()).containsExactly("Morgan:1", "Bella:0", NAME + ":1");
    JsonNode made =
        fake.requests("/profiles").stream()
            .filter(request -> request.method().equals("POST"))
            .findFirst()
            .orElseThrow()
            .json();
    assertThat(made.toString())
        .isEqualTo("{\"name\":\"" + NAME + "\",\"voice_type\":\"cloned\",\"language\":\"de\"}");
    assertThat(fake.requests("/profiles/" + kept + "/samples").getFirst().text())
        .contains("Größe & co.");
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(kept))).text()).isEqualTo("Hello.");
    assertThat(request().json().path("profile_id").asText()).isEqualTo(kept);
  }

  @Test
  void completesAVoiceThatGotNoRecording() {
    String kept = keeper().keep(voice("", "Hello.")).join();
    server().empty(NAME);
    assertThat(keeper().keep(voice("", "Hello.")).join()).isEqualTo(kept);
    assertThat(server().profiles()).contains(NAME + ":1").hasSize(3);
  }

  @Test
  void usesTheVoiceThatAnotherMadeMeanwhile() {
    String kept = server().make(NAME);
    // The first question is answered as before the other one made it.
    fake.enqueueFor("/profiles", Behaviour.status(200, "[]"));
    assertThat(keeper().keep(voice("", "Hello.")).join()).isEqualTo(kept);
    assertThat(server().profiles()).hasSize(3);
  }

  @Test
  void keptVoicesAreNobodyElses() {
    String kept = keeper().keep(voice("en", "Hello.")).join();
    assertThat(offered()).containsExactly("Morgan", "Bella");
    assertThat(all(by(NAME)).error()).isInstanceOf(HubError.NotFound.class);
    assertThat(all(by(kept)).error()).isInstanceOf(HubError.NotFound.class);
  }

  @Test
  void aRefusedRecordingLeavesNothingBehind() {
    server().refusesRecordings(true);
    assertThat(errorOf(keeper().keep(voice("en", "Hello."))))
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            refused -> assertThat(refused.message()).contains("too quiet"));
    assertThat(server().profiles()).containsExactly("Morgan:1", "Bella:0");
  }

  @Test
  void needsToKnowWhatIsSaid() {
    assertThat(((Cloning.KeptThere) abilities().cloning()).limits())
        .isEqualTo(new RecordingLimits(2, 30, 1, true));
    for (String transcript : List.of("", " ", "x".repeat(1_001))) {
      assertThat(errorOf(keeper().keep(voice("en", transcript))))
          .isInstanceOf(HubError.InvalidRequest.class);
    }
    assertThat(fake.requests()).isEmpty();
    assertThat(keeper().keep(voice("en", "x".repeat(1_000))).join()).isNotEmpty();
  }

  @Test
  void forgetsAVoice() {
    String kept = keeper().keep(voice("en", "Hello.")).join();
    assertThat(keeper().forget(kept).join()).isTrue();
    assertThat(server().profiles()).containsExactly("Morgan:1", "Bella:0");
    assertThat(keeper().forget(kept).join()).isTrue();
    assertThat(all(say("Hello.").by(new TargetVoice.Kept(kept))).error())
        .isEqualTo(new HubError.NotFound(HubError.NotFound.Kind.VOICE, kept, Optional.empty()));
  }

  @Test
  void aServerThatDoesNotForgetIsAFailure() {
    fake.enqueueFor("/profiles/abc", Behaviour.status(500, "{\"detail\":\"locked\"}"));
    assertThat(errorOf(keeper().forget("abc"))).isInstanceOf(HubError.BackendFailed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../profiles", "a/samples", "a?b", "a b"})
  void sendsNoIdThatCouldBeAnotherPath(String id) {
    assertThat(keeper().forget(id).join()).isTrue();
    assertThat(fake.requests()).isEmpty();
  }
}
