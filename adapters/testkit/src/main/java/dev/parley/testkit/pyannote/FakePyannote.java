package dev.parley.testkit.pyannote;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.content.Wave;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The speaker service around pyannote.audio: hears the turns of a {@link Dialogue} in WAV files,
 * knows no models and no names, and is well even when it can diarize nothing.
 */
public final class FakePyannote extends FakeBackend {

  /** What it says of two recordings of one person. */
  public static final double SAME = 0.8742;

  /** What it says of two recordings of two. */
  public static final double OTHER = 0.1239;

  /** The threshold that it has and reports. */
  public static final double THRESHOLD = 0.5;

  private volatile boolean broken;
  private volatile boolean shuffled;
  private volatile boolean length = true;

  public FakePyannote() {
    super("");
  }

  /** True: a library that it depends on is too new, which shows at the first call only. */
  public void broken(boolean now) {
    broken = now;
  }

  /** True writes the turns in the opposite order. */
  public void shuffled(boolean now) {
    shuffled = now;
  }

  /** False leaves the length out. */
  public void tellsLength(boolean now) {
    length = now;
  }

  @Override
  protected boolean guarded(RecordedRequest request) {
    return !request.path().equals("/health");
  }

  @Override
  protected Answer unauthorized() {
    return detail(401, "Not authenticated");
  }

  @Override
  protected Answer answer(RecordedRequest request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /health" -> Answer.json(200, Json.object().put("status", "ok"));
      case "POST /diarize" -> diarize(request);
      case "POST /verify" -> verify(request);
      default -> detail(404, "Not Found");
    };
  }

  private Answer diarize(RecordedRequest request) {
    if (broken) {
      return detail(500, "Pipeline.from_pretrained() got an unexpected keyword argument");
    }
    var form = Form.in(request);
    var file = form.flatMap(parts -> parts.file("file")).map(Form.Part::bytes);
    if (form.isEmpty() || file.isEmpty()) {
      return detail(422, "Field required: file");
    }
    if (!isWav(file.get())) {
      return detail(400, "Format not recognised.");
    }
    var most =
        Set.of("num_speakers", "max_speakers").stream()
            .map(form.get()::text)
            .flatMap(Optional::stream)
            .mapToInt(Integer::parseInt)
            .min()
            .orElse(Dialogue.SPEAKERS_MAX);
    var rate = Wave.sampleRateHz(file.get());
    var sound = Wave.samples(Wave.data(file.get()));
    var turns = Dialogue.heard(sound, rate);
    var body = Json.object();
    var labels = turns.stream().map(turn -> label(turn, most)).distinct().count();
    body.put("num_speakers", labels).put("model_version", "3.1");
    if (length) {
      body.put("duration", sound.length / (double) rate);
    }
    var list = body.putArray("segments");
    for (var turn : shuffled ? turns.reversed() : turns) {
      list.addObject()
          .put("speaker", label(turn, most))
          .put("start", turn.start())
          .put("end", turn.end());
    }
    return Answer.json(200, body);
  }

  private static String label(Dialogue.Turn turn, int most) {
    return "SPEAKER_%02d".formatted(Math.min(turn.speaker(), most - 1));
  }

  private static Answer verify(RecordedRequest request) {
    var form = Form.in(request);
    var one = form.flatMap(parts -> parts.file("file1")).map(Form.Part::bytes);
    var other = form.flatMap(parts -> parts.file("file2")).map(Form.Part::bytes);
    if (one.isEmpty() || other.isEmpty()) {
      return detail(422, "Field required");
    }
    for (var file : List.of(one.get(), other.get())) {
      if (!isWav(file)) {
        return detail(400, "Format not recognised.");
      }
    }
    var same = Dialogue.speaker(one.get()) == Dialogue.speaker(other.get());
    return Answer.json(
        200,
        Json.object()
            .put("is_same_speaker", same)
            .put("similarity_score", same ? SAME : OTHER)
            .put("threshold", THRESHOLD));
  }

  private static boolean isWav(byte[] file) {
    return file.length > Wave.HEADER_BYTES && file[0] == 'R' && file[1] == 'I';
  }

  private static Answer detail(int status, String text) {
    return Answer.json(status, Json.object().put("detail", text));
  }
}
