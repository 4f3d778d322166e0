package dev.parley.adapters.voicebox;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.Guided;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.speech.Expected;
import dev.parley.adapters.speech.SoundReader;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Recognizer;
import dev.parley.core.spi.Synthesizer;
import dev.parley.core.spi.VoiceKeeper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** One Voicebox. Its voices are profiles, which have ids; it knows no voice without one. */
final class VoiceboxBackend implements Backend, Synthesizer {

  /** It lists no models: this one stands for whichever engine a voice needs. */
  private static final String MODEL = "voicebox";

  private static final String HEALTH = "/health";
  private static final int RATE_HZ = 24_000;
  private static final int CHARACTERS_MAX = 50_000;

  private static final SynthesisAbilities ABILITIES =
      SynthesisAbilities.builder()
          .languages(Languages.ALL)
          .charactersMax(CHARACTERS_MAX)
          .instructions()
          .cloning(new Cloning.KeptThere(new RecordingLimits(2, 30, 1, true)))
          .build();

  private final BackendClient client;
  private final Profiles profiles;
  private final ProfileKeeper keeper;

  VoiceboxBackend(BackendClient client) {
    this.client = client;
    this.profiles = new Profiles(client);
    this.keeper = new ProfileKeeper(client, profiles);
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<Synthesizer> speech() {
    return Optional.of(this);
  }

  @Override
  public Optional<Recognizer> recognition() {
    return Optional.of(new VoiceboxRecognizer(client));
  }

  @Override
  public Optional<VoiceKeeper> keeper() {
    return Optional.of(keeper);
  }

  @Override
  public SynthesisAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    return new Guided<>(
        client,
        () -> {
          WithinAbilities.check(call, ABILITIES, target);
          GenerationRequest.check(call);
          return exchange(call, target);
        },
        error -> wasReplaced(error, call.voice()) ? askedAnew(call, target) : Optional.empty());
  }

  /** A profile that was deleted, and perhaps made again under its name, has another id. */
  private static boolean wasReplaced(HubError error, TargetVoice voice) {
    return error instanceof HubError.NotFound && !(voice instanceof TargetVoice.Kept);
  }

  private Optional<Flow.Publisher<SpeechEvent>> askedAnew(SpeechCall call, Target target) {
    return Optional.of(
        new Guided<>(
            client,
            () -> profiles.ask().thenCompose(_ -> exchange(call, target)),
            _ -> Optional.empty()));
  }

  private CompletableFuture<Flow.Publisher<SpeechEvent>> exchange(SpeechCall call, Target target) {
    return profile(call.voice(), target).thenApply(profile -> exchange(call, target, profile));
  }

  private CompletableFuture<Profile> profile(TargetVoice voice, Target target) {
    return switch (voice) {
      case TargetVoice.Preset(String name) -> profiles.find(name);
      case TargetVoice.Kept(String id) -> CompletableFuture.completedFuture(Profile.of(id));
      case TargetVoice.Usual _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          profiles.usual(target);
    };
  }

  private Flow.Publisher<SpeechEvent> exchange(SpeechCall call, Target target, Profile profile) {
    Outgoing request =
        new Outgoing(
            "/generate/stream", "audio/*, application/json", call.requestId(), call.headers());
    Expected expected = Expected.of(AudioEncoding.WAV, RATE_HZ);
    Expected asked =
        call.voice() instanceof TargetVoice.Usual
            ? expected.withVoice(profiles.nameOf(profile))
            : expected;
    Flow.Publisher<SpeechEvent> exchange =
        client.exchange(
            request,
            target,
            () -> GenerationRequest.write(call, profile, target.model()),
            () -> new SoundReader(target, asked));
    return new Reclassified<>(exchange, error -> known(error, call.voice(), profile));
  }

  private HubError known(HubError error, TargetVoice voice, Profile profile) {
    if (!(error instanceof HubError.BackendRejected refused)) {
      return error;
    }
    String words = refused.message().toLowerCase(Locale.ROOT);
    if (refused.status() == 404 && words.contains("profile")) {
      return profiles.missing(
          voice instanceof TargetVoice.Preset(String name) ? name : profile.id());
    }
    // Nothing that the caller could mend: whoever runs the server has to fetch the model.
    if (refused.status() == 400 && words.contains("not downloaded")) {
      return new HubError.BackendFailed(
          refused.target(),
          OptionalInt.of(refused.status()),
          refused.message(),
          HubError.Reached.BACKEND);
    }
    return error;
  }

  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    return profiles.voices().thenApply(Optional::of);
  }

  /** The server looks at its GPU for the answer: not a question for each second. */
  @Override
  public CompletableFuture<BackendStatus> probe() {
    return Probe.of(client, HEALTH);
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client
        .get(HEALTH)
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          if (!isVoicebox(answer)) {
            throw new HubException(
                new HubError.BackendFailed(
                    target(),
                    OptionalInt.of(answer.status()),
                    "its " + HEALTH + " is not that of Voicebox",
                    HubError.Reached.BACKEND));
          }
          return List.of(
              new ModelInfo(
                  MODEL,
                  "",
                  0,
                  Set.of(Capability.TTS, Capability.VOICE_CLONE),
                  Set.of(Modality.TEXT),
                  Set.of(Modality.AUDIO),
                  OptionalInt.empty(),
                  Languages.ALL),
              new ModelInfo(
                  VoiceboxRecognizer.MODEL,
                  "",
                  0,
                  Set.of(Capability.STT),
                  Set.of(Modality.AUDIO),
                  Set.of(Modality.TEXT),
                  OptionalInt.empty(),
                  VoiceboxRecognizer.LANGUAGES));
        });
  }

  private static boolean isVoicebox(BackendClient.Answer answer) {
    try {
      JsonValue health = Json.parse(answer.body());
      return health.isObject() && health.get("model_loaded") != null;
    } catch (JsonSyntaxException _) {
      return false;
    }
  }

  private Target target() {
    return new Target(spec().id(), "-");
  }

  @Override
  public void close() {
    client.close();
  }
}
