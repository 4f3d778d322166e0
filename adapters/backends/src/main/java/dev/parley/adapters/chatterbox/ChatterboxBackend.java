package dev.parley.adapters.chatterbox;

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
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Synthesizer;
import dev.parley.core.spi.VoiceKeeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** One Chatterbox server. */
final class ChatterboxBackend implements Backend, Synthesizer {

  private static final String INFO = "/api/model-info";
  private static final int RATE_HZ = 24_000;
  private static final int CHARACTERS_MAX = 1_000;

  private final BackendClient client;
  private final References references;
  private final Duration probePatience;

  /** Texts that the server is speaking for this hub. */
  private final AtomicInteger inFlight = new AtomicInteger();

  private volatile Engine engine = Engine.USUAL;

  /** Its own voices, the usual one first; empty before it was asked. */
  private volatile List<String> presets = List.of();

  ChatterboxBackend(BackendClient client) {
    this(client, client.askTimeout());
  }

  /**
   * @param probePatience after which a server that does not answer a probe is busy or down
   */
  ChatterboxBackend(BackendClient client, Duration probePatience) {
    this.client = client;
    this.references = new References(client);
    this.probePatience = probePatience;
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
  public Optional<VoiceKeeper> keeper() {
    return Optional.of(references);
  }

  @Override
  public SynthesisAbilities abilities(String model) {
    Engine now = engine;
    return SynthesisAbilities.builder()
        .languages(now.languages())
        .charactersMax(CHARACTERS_MAX)
        .speed(0.25, 4)
        .cloning(new SynthesisAbilities.Cloning.KeptThere(now.kind().recordings()))
        .build();
  }

  @Override
  public Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target) {
    return new Guided<>(
        client,
        () -> {
          WithinAbilities.check(call, abilities(target.model()), target);
          return voice(call.voice()).thenApply(voice -> speak(call, target, voice));
        },
        _ -> Optional.empty());
  }

  /** The route knows no usual voice: one has to be named. */
  private CompletableFuture<String> voice(TargetVoice wanted) {
    return switch (wanted) {
      case TargetVoice.Preset(String name) ->
          CompletableFuture.completedFuture(VoiceName.safe(name, presets));
      case TargetVoice.Kept(String name) ->
          CompletableFuture.completedFuture(VoiceName.safe(name, presets));
      case TargetVoice.Usual _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          presets.isEmpty()
              ? askPresets().thenApply(this::first)
              : CompletableFuture.completedFuture(first(presets));
    };
  }

  private String first(List<String> voices) {
    if (voices.isEmpty()) {
      throw failed(OptionalInt.empty(), "it has no voice of its own: name one that was uploaded");
    }
    return VoiceName.safe(voices.getFirst(), List.of());
  }

  private Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target, String voice) {
    Outgoing request =
        new Outgoing("/tts", "audio/*, application/json", call.requestId(), call.headers());
    Expected expected = Expected.of(AudioEncoding.WAV, RATE_HZ);
    Expected asked =
        call.voice() instanceof TargetVoice.Usual ? expected.withVoice(voice) : expected;
    Engine now = engine;
    Flow.Publisher<SpeechEvent> exchange =
        client.exchange(
            request,
            target,
            () -> SpeechRequest.write(call, voice, now),
            () -> new SoundReader(target, asked));
    return new Counted<>(
        new Reclassified<>(exchange, error -> unknownVoice(error, voice)), inFlight);
  }

  /** All that can be missing on this route is the file of a voice. */
  private HubError unknownVoice(HubError error, String voice) {
    return error instanceof HubError.BackendRejected refused && refused.status() == 404
        ? VoiceName.missing(voice, presets)
        : error;
  }

  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    return askPresets()
        .thenApply(names ->
            Optional.of(
                names.stream().map(name -> new PresetVoice(name, engine.languages())).toList()));
  }

  private CompletableFuture<List<String>> askPresets() {
    return client
        .get("/get_predefined_voices", References.PATIENCE)
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(new Target(spec().id(), "-"), answer));
          }
          List<String> names =
              Names.predefined(answer.body())
                  .orElseThrow(() ->
                      failed(OptionalInt.of(answer.status()), "its list of voices cannot be read"));
          presets = names;
          return names;
        });
  }

  /** A server that is silent because it speaks for this hub is well. */
  @Override
  public CompletableFuture<BackendStatus> probe() {
    boolean spoke = inFlight.get() > 0;
    return client
        .get(INFO, probePatience)
        .handle((answer, failure) -> {
          if (failure != null) {
            boolean busy = isLate(failure) && (spoke || inFlight.get() > 0);
            return busy
                ? new BackendStatus.Healthy("busy: it answers nothing while it speaks")
                : Probe.unreached(failure);
          }
          return status(answer);
        });
  }

  private static boolean isLate(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof HubException hub && hub.error() instanceof HubError.DeadlineExceeded;
  }

  private BackendStatus status(BackendClient.Answer answer) {
    if (!answer.ok()) {
      return Probe.status(answer.status());
    }
    Optional<Engine> told = Engine.read(answer.body());
    if (told.isEmpty()) {
      return new BackendStatus.Down("its " + INFO + " is not that of a Chatterbox server");
    }
    engine = told.get();
    return engine.loaded()
        ? new BackendStatus.Healthy("")
        : new BackendStatus.Loading("its model is not loaded");
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client
        .get(INFO)
        .thenCompose(answer -> {
          if (!answer.ok()) {
            throw failed(OptionalInt.of(answer.status()), "its " + INFO + " cannot be read");
          }
          engine =
              Engine.read(answer.body())
                  .orElseThrow(() ->
                      failed(
                          OptionalInt.empty(),
                          "its " + INFO + " is not that of a Chatterbox server"));
          List<ModelInfo> models = List.of(info(engine));
          // Known voices make the first call a question shorter; a model is there without them.
          return presets.isEmpty()
              ? askPresets().handle((_, _) -> models)
              : CompletableFuture.completedFuture(models);
        });
  }

  private static ModelInfo info(Engine engine) {
    return new ModelInfo(
        engine.kind().model(),
        "",
        0,
        Set.of(Capability.TTS, Capability.VOICE_CLONE),
        Set.of(Modality.TEXT),
        Set.of(Modality.AUDIO),
        OptionalInt.empty(),
        engine.languages());
  }

  private HubException failed(OptionalInt status, String detail) {
    return new HubException(
        new HubError.BackendFailed(
            new Target(spec().id(), "-"), status, detail, HubError.Reached.BACKEND));
  }

  @Override
  public void close() {
    client.close();
  }
}
