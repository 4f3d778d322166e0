package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.app.Hub;
import dev.parley.hub.app.Places;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.testkit.backend.FakeBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A hub with the shipped wiring, started once for a test class behind its fakes. After every test
 * nothing may be held: no permit, no place in a queue; no fault may have been logged, and no
 * secret.
 */
final class HubUnderTest implements BeforeAllCallback, AfterAllCallback, AfterEachCallback {

  /** What the hub shows to backends; must never be seen elsewhere. */
  static final String SECRET = "sk-of-the-backend-0815";

  private static final Duration LETTING_GO = Duration.ofSeconds(5);

  private final String yaml;
  private final Map<String, FakeBackend> fakes = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>(Map.of("SECRET", SECRET));
  private final Set<RegisteredBackend> seen = new LinkedHashSet<>();
  private final Logs logs = new Logs();
  private final List<AutoCloseable> closing = new ArrayList<>();

  private Optional<Path> models = Optional.empty();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Hub hub;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private Path data;

  private HubUnderTest(String yaml) {
    this.yaml = yaml;
  }

  /** A hub with this configuration; {@code ${NAME}} stands for a fake's address. */
  static HubUnderTest of(String yaml) {
    return new HubUnderTest(yaml);
  }

  /** Starts a fake before the hub; its base URL is {@code ${name}} in the configuration. */
  HubUnderTest behind(String name, FakeBackend fake) {
    fakes.put(name, fake);
    return this;
  }

  /** Another address, or anything else that the configuration names. */
  HubUnderTest knowing(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Closes something with the class. */
  HubUnderTest closing(AutoCloseable resource) {
    closing.add(resource);
    return this;
  }

  /** Finds model files in this folder. */
  HubUnderTest withModels(Path folder) {
    models = Optional.of(folder);
    return this;
  }

  /** Where the hub keeps things. */
  Path data() {
    return data;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    holdsNothing();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    stop();
  }

  void start() throws ConfigException {
    fakes.forEach((name, fake) -> {
      fake.start();
      environment.put(name, fake.baseUri().toString());
    });
    logs.listen();
    data = folder();
    hub = new Hub(read(yaml), new Places(data, models), Clock.system());
    hub.start().orTimeout(10, TimeUnit.SECONDS).join();
    chart();
  }

  /** Closes the hub alone, as a signal does; how long that took. */
  CompletableFuture<Duration> closeHub() {
    long start = System.nanoTime();
    return CompletableFuture.runAsync(hub::close, task -> Thread.ofPlatform().start(task))
        .thenApply(_ -> Duration.ofNanos(System.nanoTime() - start));
  }

  void stop() throws Exception {
    hub.close();
    fakes.values().forEach(FakeBackend::close);
    for (AutoCloseable resource : closing) {
      resource.close();
    }
    logs.leave();
    deleteAll(data);
    assertThat(logs.newErrors()).as("faults in the log").isEmpty();
  }

  /** Reads a configuration the way the program does, with this hub's variables. */
  HubConfig read(String text) throws ConfigException {
    return ConfigReader.parse(text, "hub.yaml", BackendTypes.NAMES, environment::get);
  }

  /** Makes another configuration the one in effect. */
  void apply(String text) throws ConfigException {
    seen.addAll(hub.registry().snapshot().backends());
    hub.apply(read(text));
    chart();
  }

  /** Begins anew with every backend: none is busy, none is left alone. */
  void forgetHealth() throws ConfigException {
    apply("server: { port: 0 }");
    applyFirst();
  }

  /** Goes back to the configuration of the start. */
  void applyFirst() throws ConfigException {
    apply(yaml);
  }

  private void chart() {
    hub.registry().refresh().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** The address of a path. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return hub.port();
  }

  Logs logs() {
    return logs;
  }

  /** What is known of one backend. */
  RegisteredBackend backend(String id) {
    return hub.registry().snapshot().backends().stream()
        .filter(backend -> backend.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Checks what must hold between any two calls. */
  void holdsNothing() {
    seen.addAll(hub.registry().snapshot().backends());
    for (RegisteredBackend backend : seen) {
      Waiting.untilTrue(
          "backend " + backend.id() + " holds no permit",
          LETTING_GO,
          () -> backend.bulkhead().running() == 0 && backend.bulkhead().queued() == 0);
    }
    assertThat(logs.newErrors()).as("faults in the log").isEmpty();
    assertThat(logs.lines()).as("the log").noneMatch(line -> line.contains(SECRET));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("parley-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
