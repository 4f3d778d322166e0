package dev.parley.hub.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.json.JsonValue;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.fake.Events;
import dev.parley.testkit.openai.FakeOpenAi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** A hub with the shipped wiring before one fake server, and the lines that it writes. */
final class ObservedHub implements AutoCloseable {

  static final String CHAT = "/v1/chat/completions";

  private final FakeOpenAi backend = new FakeOpenAi("gpt-4o-mini", "text-embedding-3-small");
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("parley.calls");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };
  private final String models;
  private final Hub hub;

  /**
   * @param more sections of the configuration besides the backend
   */
  ObservedHub(Path data, String more) throws ConfigException {
    this(data, "", more);
  }

  /**
   * @param models what the backend serves, as it is told in the configuration; empty: what it says
   */
  ObservedHub(Path data, String models, String more) throws ConfigException {
    this.models = models;
    backend.start();
    this.hub = new Hub(config(more), Places.in(data), Clock.system());
    hub.start().join();
    listener.start();
    logger.addAppender(listener);
  }

  private HubConfig config(String more) throws ConfigException {
    String text =
        "server: { port: 0, drain_timeout: 1s }\nbackends: [{ id: openai, type: openai, base_url: \""
            + backend.baseUri()
            + "\""
            + (models.isEmpty() ? "" : ", models: " + models)
            + " }]\n"
            + more;
    return ConfigReader.parse(text, "test", BackendTypes.NAMES, _ -> null);
  }

  void apply(String more) throws ConfigException {
    hub.apply(config(more));
  }

  FakeOpenAi backend() {
    return backend;
  }

  int port() {
    return hub.port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpRequest.Builder posting(String path, String body) {
    return request(path)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  HttpRequest.Builder chat(String model, String more) {
    return posting(
        CHAT,
        "{\"model\":\""
            + model
            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"a secret word\"}]"
            + more
            + "}");
  }

  /** The next line of the log of requests. */
  JsonValue line() throws InterruptedException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("no line within 10 s");
    }
    return Events.json(line);
  }

  boolean hasLines() {
    return !lines.isEmpty();
  }

  @Override
  public void close() {
    logger.detachAppender(listener);
    client.close();
    hub.close();
    backend.close();
  }
}
