package dev.parley.adapters.pyannote;

import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.FormBody;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.speakers.ExtraFields;
import dev.parley.adapters.speakers.SpeakerAnswer;
import dev.parley.adapters.speakers.TurnList;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.Verification;
import dev.parley.core.speakers.VerificationCall;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Diarizer;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.SpeakerVerifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** One such service. It has no list of models: two stand for what it does. */
final class PyannoteBackend implements Backend, Diarizer, SpeakerVerifier {

  private static final String DIARIZATION_MODEL = "pyannote/speaker-diarization-3.1";
  private static final String EMBEDDING_MODEL = "pyannote/embedding";
  private static final String JSON = "application/json";

  private static final double SECONDS_MAX = 7_200;
  private static final DiarizationAbilities ABILITIES =
      new DiarizationAbilities(true, 0, AudioEncoding.WAV, SECONDS_MAX, 256L << 20);

  /** More of a voice tells no more, and its whole length is held in memory there. */
  private static final double VOICE_SECONDS_MAX = 600;

  private static final Set<String> OWN =
      Set.of("file", "num_speakers", "min_speakers", "max_speakers");

  private final BackendClient client;

  PyannoteBackend(BackendClient client) {
    this.client = client;
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<Diarizer> diarization() {
    return Optional.of(this);
  }

  @Override
  public Optional<SpeakerVerifier> verification() {
    return Optional.of(this);
  }

  @Override
  public DiarizationAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public double secondsMax(String model) {
    return VOICE_SECONDS_MAX;
  }

  @Override
  public Flow.Publisher<SpeakerEvent> diarize(DiarizationCall call, Target target) {
    return client.send(
        new Outgoing("/diarize", JSON, call.requestId(), call.headers()),
        target,
        () -> question(call),
        () -> new SpeakerAnswer(target, spec().responseBytesMax(), TurnList::read));
  }

  private static Body question(DiarizationCall call) {
    FormBody form = FormBody.create();
    SpeakerWish speakers = call.speakers();
    speakers.exactly().ifPresent(count -> form.field("num_speakers", "" + count));
    speakers.atLeast().ifPresent(count -> form.field("min_speakers", "" + count));
    speakers.atMost().ifPresent(count -> form.field("max_speakers", "" + count));
    ExtraFields.add(form, call.extra(), OWN);
    return file(form, "file", call.clip()).body();
  }

  @Override
  public Flow.Publisher<SpeakerEvent> verify(VerificationCall call, Target target) {
    return client.send(
        new Outgoing("/verify", JSON, call.requestId(), call.headers()),
        target,
        () -> {
          FormBody form = file(FormBody.create(), "file1", call.one());
          return file(form, "file2", call.other()).body();
        },
        () -> new SpeakerAnswer(target, spec().responseBytesMax(), PyannoteBackend::compared));
  }

  private static FormBody file(FormBody form, String name, Clip clip) {
    String filename = name + "." + clip.encoding().wireName();
    return form.sound(name, filename, clip.encoding(), clip.bytes());
  }

  /** Its threshold decides, not its own word, so that the three always agree. */
  private static SpeakerEvent compared(JsonValue answer) throws SpeakerAnswer.Unreadable {
    OptionalDouble score = SpeakerAnswer.number(answer.get("similarity_score"));
    OptionalDouble threshold = SpeakerAnswer.number(answer.get("threshold"));
    if (score.isEmpty() || threshold.isEmpty()) {
      throw new SpeakerAnswer.Unreadable("its answer lacks similarity_score or threshold");
    }
    double similarity = Math.clamp(score.getAsDouble(), -1, 1);
    return new SpeakerEvent.Compared(
        new Verification(
            similarity >= threshold.getAsDouble(), similarity, threshold.getAsDouble()));
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
            throw new HubException(BackendFailures.answered(new Target(spec().id(), "-"), answer));
          }
          return List.of(
              model(DIARIZATION_MODEL, Capability.DIARIZATION),
              model(EMBEDDING_MODEL, Capability.SPEAKER_VERIFICATION));
        });
  }

  private static ModelInfo model(String id, Capability capability) {
    return new ModelInfo(
        id,
        "pyannote",
        0,
        Set.of(capability),
        Set.of(Modality.AUDIO),
        Set.of(),
        OptionalInt.empty(),
        List.of());
  }

  @Override
  public void close() {
    client.close();
  }
}
