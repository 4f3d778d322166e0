package dev.parley.adapters.fasterwhisper;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.WhisperLanguages;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Recognizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * One server. Its {@code /stream} is not used: it sends nothing before all is recognised, and then
 * less than {@code /transcribe} does.
 */
final class FasterWhisperBackend implements Backend, Recognizer {

  private static final String HEALTH = "/health";

  private static final RecognitionAbilities ABILITIES =
      RecognitionAbilities.builder()
          .words()
          .detects(RecognitionAbilities.Detection.ASKED)
          .languageHints(1)
          .build();

  private final BackendClient client;

  FasterWhisperBackend(BackendClient client) {
    this.client = client;
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<Recognizer> recognition() {
    return Optional.of(this);
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    boolean detect = call.task() == RecognitionTask.DETECT_LANGUAGE;
    Outgoing request =
        new Outgoing(
            detect ? "/detect-language" : "/transcribe",
            "application/json",
            call.requestId(),
            call.headers());
    long bytesMax = spec().responseBytesMax();
    return client.send(
        request,
        target,
        () -> {
          WithinRecognition.check(call, ABILITIES, target);
          return form(call, detect);
        },
        () ->
            detect
                ? new TranscriptReader(target, bytesMax, Detection::read)
                : new TranscriptReader(target, bytesMax));
  }

  private static Body form(RecognitionCall call, boolean detect) {
    RecognitionForm form = new RecognitionForm().leaveOut("model");
    if (!detect) {
      form.field("word_timestamps", String.valueOf(call.words()));
      WhisperLanguages.only(call.languages()).ifPresent(code -> form.field("language", code));
    }
    return form.with(call.extra(), "file", call.clip());
  }

  /** A server that has not loaded its model yet can serve: the first call waits for that. */
  @Override
  public CompletableFuture<BackendStatus> probe() {
    return client
        .get(HEALTH)
        .handle((answer, failure) -> {
          if (failure != null) {
            return Probe.unreached(failure);
          }
          return answer.ok() && isCold(answer)
              ? new BackendStatus.Healthy("it loads its model with the first call")
              : Probe.status(answer.status());
        });
  }

  private static boolean isCold(BackendClient.Answer answer) {
    try {
      JsonValue loaded = Json.parse(answer.body()).get("model_loaded");
      return loaded != null && loaded.isBoolean() && !loaded.asBoolean();
    } catch (JsonSyntaxException _) {
      return false;
    }
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client
        .get(HEALTH)
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          return List.of(
              new ModelInfo(
                  model(answer),
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
      JsonValue model = Json.parse(answer.body()).get("model");
      if (model != null && model.isString() && !model.isEmptyString()) {
        return model.asString();
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw new HubException(
        new HubError.BackendFailed(
            target(),
            OptionalInt.empty(),
            "its " + HEALTH + " names no model",
            HubError.Reached.BACKEND));
  }

  private Target target() {
    return new Target(spec().id(), "-");
  }

  @Override
  public void close() {
    client.close();
  }
}
