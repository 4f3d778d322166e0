package dev.parley.adapters.whispercpp;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.Guided;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** One server, which has one model and does not tell its name. */
final class WhisperCppBackend implements Backend, Recognizer {

  private static final String MODEL = "whisper-cpp";
  private static final String HEALTH = "/health";
  private static final String INVALID = "Invalid request";
  private static final Duration LOADING_RETRY = Duration.ofSeconds(5);

  private static final RecognitionAbilities ABILITIES =
      RecognitionAbilities.builder()
          .words()
          .translates()
          .detects(RecognitionAbilities.Detection.ASKED)
          .prompt()
          .languageHints(1)
          .temperature()
          .build();

  private final BackendSpec spec;
  private final Address address;
  private final BackendClient client;

  /**
   * @param spec as the operator wrote it
   * @param client of the address that all routes share
   */
  WhisperCppBackend(BackendSpec spec, Address address, BackendClient client) {
    this.spec = spec;
    this.address = address;
    this.client = client;
  }

  @Override
  public BackendSpec spec() {
    return spec;
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
    Outgoing request =
        new Outgoing(address.inference(), "application/json", call.requestId(), call.headers());
    boolean detect = call.task() == RecognitionTask.DETECT_LANGUAGE;
    Flow.Publisher<RecognitionEvent> exchange =
        client.send(
            request,
            target,
            () -> {
              WithinRecognition.check(call, ABILITIES, target);
              return InferenceForm.of(call);
            },
            () ->
                new TranscriptReader(
                    target,
                    spec.responseBytesMax(),
                    answer ->
                        detect
                            ? InferenceAnswer.language(answer)
                            : InferenceAnswer.text(answer, call.words())));
    return new Guided<>(
        client,
        () ->
            CompletableFuture.completedFuture(
                new Reclassified<>(exchange, WhisperCppBackend::known)),
        error -> isMasked(error) ? Optional.of(unmasked(target)) : Optional.empty());
  }

  /** Every field is ours and well-formed: what its handler calls invalid is the sound. */
  private static HubError known(HubError error) {
    return switch (error) {
      case HubError.BackendRejected refused
          when refused.status() == 400 && refused.message().equalsIgnoreCase(INVALID) ->
          unreadable();
      case HubError.BackendFailed failed
          when failed.detail().toLowerCase(Locale.ROOT).contains("ffmpeg") ->
          unreadable();
      default -> error;
    };
  }

  private static HubError unreadable() {
    return new HubError.UnsupportedAudio(
        "audio", "the recogniser cannot read it", "sound in a format that it reads");
  }

  /** It says 404 to nearly everything: while its model is loaded, and when the path is wrong. */
  private static boolean isMasked(HubError error) {
    return error instanceof HubError.BackendRejected refused && refused.status() == 404;
  }

  /** Its health tells the two apart, as that is masked likewise while the model is loaded. */
  private Flow.Publisher<RecognitionEvent> unmasked(Target target) {
    return new Guided<>(
        client,
        () ->
            client
                .get(HEALTH)
                .thenApply(health -> {
                  throw new HubException(meaning(health, target));
                }),
        _ -> Optional.empty());
  }

  private HubError meaning(BackendClient.Answer health, Target target) {
    if (health.status() == 404 || health.status() == 503) {
      return new HubError.ModelLoading(target.model(), LOADING_RETRY);
    }
    return health.ok()
        ? new HubError.BackendFailed(
            target,
            OptionalInt.of(404),
            "it does not recognise speech at that path (check base_url of this backend: with a"
                + " path it is that of inference itself)",
            HubError.Reached.BACKEND)
        : BackendFailures.answered(target, health);
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return client
        .get(HEALTH)
        .handle((answer, failure) -> {
          if (failure != null) {
            return Probe.unreached(failure);
          }
          return answer.status() == 404
              ? new BackendStatus.Loading("it loads its model, or base_url is wrong (404)")
              : Probe.status(answer.status());
        });
  }

  /** It has no list: one name stands for the model that it was started with. */
  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client
        .get(HEALTH)
        .thenApply(answer -> {
          Target target = new Target(spec.id(), MODEL);
          if (!answer.ok()) {
            throw new HubException(meaning(answer, target));
          }
          return List.of(
              new ModelInfo(
                  MODEL,
                  "",
                  0,
                  Set.of(Capability.STT),
                  Set.of(Modality.AUDIO),
                  Set.of(Modality.TEXT),
                  OptionalInt.empty(),
                  List.of()));
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
