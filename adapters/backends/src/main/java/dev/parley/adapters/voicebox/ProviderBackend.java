package dev.parley.adapters.voicebox;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.FormBody;
import dev.parley.adapters.http.Guided;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.speech.WithinAbilities;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.Recording;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** One server of that specification. A voice is whatever JSON it made of a recording. */
final class ProviderBackend implements Backend, Synthesizer, VoiceKeeper {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int CHARACTERS_MAX = 1_000;

  /** Says "none" in both forms: only the text is required, but the sample's body is an object. */
  private static final JsonValue NO_VOICE = Json.EMPTY_OBJECT;

  private static final SynthesisAbilities ABILITIES =
      SynthesisAbilities.builder()
          .charactersMax(CHARACTERS_MAX)
          .cloning(new Cloning.KeptThere(new RecordingLimits(1, 60, 1, true)))
          .build();

  private final BackendClient client;

  /** Servers copied from the specification's own sample read the text from the query. */
  private volatile boolean query;

  ProviderBackend(BackendClient client) {
    this.client = client;
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
    return Optional.of(new ProviderRecognizer(client));
  }

  @Override
  public Optional<VoiceKeeper> keeper() {
    return Optional.of(this);
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
          JsonValue prompt = prompt(call.voice());
          return CompletableFuture.completedFuture(
              query ? inQuery(call, target, prompt) : inBody(call, target, prompt));
        },
        error -> {
          if (query || !wantsQuery(error)) {
            return Optional.empty();
          }
          query = true;
          return Optional.of(inQuery(call, target, prompt(call.voice())));
        });
  }

  private static boolean wantsQuery(HubError error) {
    return error instanceof HubError.BackendRejected refused
        && refused.status() == 400
        && refused.param().startsWith("query.");
  }

  private Flow.Publisher<SpeechEvent> inBody(SpeechCall call, Target target, JsonValue prompt) {
    return exchange(
        call,
        target,
        "/v1/generate",
        () -> {
          JsonWriter out = new JsonWriter().beginObject();
          out.member("text", call.text().text()).member("voice_prompt", prompt);
          out.member("language", language(call));
          call.seed().ifPresent(seed -> out.member("seed", seed));
          return out.endObject().toValue();
        });
  }

  private Flow.Publisher<SpeechEvent> inQuery(SpeechCall call, Target target, JsonValue prompt) {
    StringBuilder path =
        new StringBuilder("/v1/generate?text=").append(encoded(call.text().text()));
    path.append("&language=").append(encoded(language(call)));
    call.seed().ifPresent(seed -> path.append("&seed=").append(seed));
    return exchange(call, target, path.toString(), () -> prompt);
  }

  private Flow.Publisher<SpeechEvent> exchange(
      SpeechCall call, Target target, String path, Supplier<JsonValue> body) {
    Outgoing request = new Outgoing(path, "application/json", call.requestId(), call.headers());
    long bytesMax = spec().responseBytesMax();
    return client.exchange(request, target, body, () -> new SampleReader(target, bytesMax));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String language(SpeechCall call) {
    return call.language().isEmpty() ? "en" : call.language().split("-", 2)[0];
  }

  private static JsonValue prompt(TargetVoice voice) {
    return switch (voice) {
      case TargetVoice.Preset(String name) -> prompt(name);
      case TargetVoice.Kept(String name) -> prompt(name);
      case TargetVoice.Usual _,
          TargetVoice.Recorded _,
          TargetVoice.Described _,
          TargetVoice.Blended _ ->
          NO_VOICE;
    };
  }

  private static JsonValue prompt(String name) {
    try {
      JsonValue prompt = Json.parse(name.getBytes(StandardCharsets.UTF_8));
      if (prompt.isObject()) {
        return prompt;
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw new HubException(
        new HubError.NotFound(HubError.NotFound.Kind.VOICE, name, Optional.empty()));
  }

  /** It knows no names of voices; whatever it does without a voice is its own business. */
  @Override
  public CompletableFuture<Optional<List<PresetVoice>>> voices(String model) {
    return CompletableFuture.completedFuture(Optional.of(List.of()));
  }

  @Override
  public CompletableFuture<String> keep(KeptVoice voice) {
    Recording recording = voice.recordings().getFirst();
    FormBody form =
        new FormBody(recording.sha256())
            .field("reference_text", recording.transcript())
            .wav("audio", "voice.wav", recording.wav());
    // The sample server reads the transcript from the query, the specification from the form.
    String path =
        query
            ? "/v1/create_voice_prompt?reference_text=" + encoded(recording.transcript())
            : "/v1/create_voice_prompt";
    return client
        .post(path, form.body(), PATIENCE)
        .thenCompose(answer -> {
          if (answer.ok()) {
            return CompletableFuture.completedFuture(made(answer));
          }
          HubError error = BackendFailures.answered(target(), answer);
          if (!query && wantsQuery(error)) {
            query = true;
            return keep(voice);
          }
          throw new HubException(error);
        });
  }

  private String made(BackendClient.Answer answer) {
    try {
      JsonValue body = Json.parse(answer.body());
      JsonValue prompt = body.isObject() ? body.get("voice_prompt") : null;
      if (prompt != null && prompt.isObject()) {
        return prompt.compacted().raw();
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw failed("its answer has no voice_prompt");
  }

  /** Nothing is kept there. */
  @Override
  public CompletableFuture<Boolean> forget(String name) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return Probe.of(client, "/health");
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client
        .get("/health")
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          return List.of(
              new ModelInfo(
                  model(answer),
                  "",
                  0,
                  Set.of(Capability.TTS, Capability.VOICE_CLONE),
                  Set.of(Modality.TEXT),
                  Set.of(Modality.AUDIO),
                  OptionalInt.empty(),
                  List.of()),
              new ModelInfo(
                  ProviderRecognizer.MODEL,
                  "",
                  0,
                  Set.of(Capability.STT),
                  Set.of(Modality.AUDIO),
                  Set.of(Modality.TEXT),
                  OptionalInt.empty(),
                  List.of()));
        });
  }

  private String model(BackendClient.Answer answer) {
    try {
      JsonValue health = Json.parse(answer.body());
      JsonValue model = health.isObject() ? health.get("model") : null;
      if (model != null && model.isString() && !model.isEmptyString()) {
        return model.asString();
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw failed("its /health names no model");
  }

  private Target target() {
    return new Target(spec().id(), "-");
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(
            target(), OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }

  @Override
  public void close() {
    client.close();
  }
}
