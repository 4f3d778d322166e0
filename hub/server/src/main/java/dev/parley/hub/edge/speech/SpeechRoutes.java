package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.registry.ModelCatalog;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.CallLog;
import java.time.Duration;
import java.util.List;

/** The routes by which a text is spoken over HTTP. */
public final class SpeechRoutes {

  /**
   * What the routes need.
   *
   * @param log notes what is refused here
   */
  public record Parts(
      Synthesis synthesis, ModelCatalog catalog, CallLog log, Settings settings, Clock clock) {}

  /**
   * Bounds.
   *
   * @param bodyBytesMax largest request body
   * @param limits largest structure of a document
   * @param heartbeat silence on a stream of events after which a comment is sent
   * @param budget what all bodies may hold together
   */
  public record Settings(
      long bodyBytesMax, JsonLimits limits, Duration heartbeat, MemoryBudget budget) {}

  /** A service and where it belongs. */
  public record Mounted(HttpMethod method, String path, HttpService service) {}

  private final Parts parts;

  public SpeechRoutes(Parts parts) {
    this.parts = parts;
  }

  /** All of them. */
  public List<Mounted> all() {
    return List.of(
        post("/v1/audio/speech", Readings::openAi),
        post("/tts/synthesize", (members, asking) -> Readings.file(members, asking, Wishes::named)),
        post(
            "/tts/interpolate", (members, asking) -> Readings.file(members, asking, Wishes::blend)),
        post("/tts/stream", Readings::stream),
        post("/v1/generate", Readings::document),
        new Mounted(HttpMethod.GET, "/tts/languages", new LanguagesRoute(parts.catalog())));
  }

  private Mounted post(String path, SpokenRoute.Reading reading) {
    return new Mounted(HttpMethod.POST, path, new SpokenRoute(reading, parts));
  }
}
