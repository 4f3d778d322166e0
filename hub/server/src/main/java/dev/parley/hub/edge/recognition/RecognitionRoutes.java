package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.server.HttpService;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.audio.FileRule;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.audio.FormRule;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.telemetry.CallLog;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The routes by which a recording is written down over HTTP; all of them are POST. */
public final class RecognitionRoutes {

  /**
   * What the routes need.
   *
   * @param log notes what is refused here
   * @param heartbeat silence on a stream of events after which a comment is sent
   */
  public record Parts(
      Recognition recognition, FormReader forms, CallLog log, Duration heartbeat, Clock clock) {}

  /**
   * A service and where it belongs.
   *
   * @param formOnly whether the path's requests in JSON are the schema's own
   */
  public record Mounted(String path, boolean formOnly, HttpService service) {}

  private static final FileRule FILE = new FileRule(List.of("file"), 1, Long.MAX_VALUE, "", "file");
  private static final FormRule OPENAI = new FormRule(FILE, true, Set.of(KnownSpeakers.REFERENCES));
  private static final FormRule NATIVE = new FormRule(FILE, true, Set.of());
  private static final FormRule VOICEBOX =
      new FormRule(new FileRule(List.of("audio"), 1, Long.MAX_VALUE, "", "audio"), false, Set.of());

  private final Parts parts;

  public RecognitionRoutes(Parts parts) {
    this.parts = parts;
  }

  /** All of them. */
  public List<Mounted> all() {
    return List.of(
        post(
            "/v1/audio/transcriptions",
            OPENAI,
            (form, asking) -> OpenAiReading.read(form, asking, RecognitionTask.TRANSCRIBE)),
        post(
            "/v1/audio/translations",
            OPENAI,
            (form, asking) -> OpenAiReading.read(form, asking, RecognitionTask.TRANSLATE)),
        form("/stt/transcribe", NativeReadings::transcribe),
        form("/api/audio/transcribe", NativeReadings::transcribe),
        form("/stt/detect-language", NativeReadings::detectLanguage),
        post("/stt/stream", NATIVE, NativeReadings::stream),
        post("/v1/transcribe", VOICEBOX, NativeReadings::voicebox));
  }

  private Mounted post(String path, FormRule rule, RecognitionRoute.Reading reading) {
    return new Mounted(path, false, new RecognitionRoute(rule, reading, parts));
  }

  private Mounted form(String path, RecognitionRoute.Reading reading) {
    return new Mounted(path, true, new RecognitionRoute(NATIVE, reading, parts));
  }
}
