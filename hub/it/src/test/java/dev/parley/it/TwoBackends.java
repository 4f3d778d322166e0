package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.hub.config.ConfigException;
import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.RecordedRequest;
import dev.parley.testkit.openai.FakeOpenAi;
import dev.parley.testkit.openai.FakeVllm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A hub before two servers, {@code primary} and {@code fallback}: the model {@code both} names them
 * in this order, {@code alone} the first only. The servers and all that the hub knows of them are
 * new for each test, so that no breaker remembers the one before; the hub itself runs on, as to
 * stop it takes seconds. What is not configured is as shipped.
 */
final class TwoBackends implements BeforeEachCallback, AfterEachCallback {

  private static final String SERVER = "server: { port: 0, drain_timeout: 1s, heartbeat: 60s }\n";

  static final String BOTH = "both";
  static final String ALONE = "alone";

  private final String type;
  private final Function<String, FakeBackend> making;
  private String ofEach = "";
  private String ofPrimary = "";
  private String ofFallback = "";
  private String ofAlias = "";

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeBackend primary;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeBackend fallback;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HubUnderTest hub;

  private TwoBackends(String type, Function<String, FakeBackend> making) {
    this.type = type;
    this.making = making;
  }

  /** Two that cannot take up an answer that another has begun. */
  static TwoBackends openAi() {
    return new TwoBackends("openai", FakeOpenAi::new);
  }

  /** Two that can. */
  static TwoBackends vllm() {
    return new TwoBackends("vllm", FakeVllm::new);
  }

  /** A key that both backends have, such as {@code timeouts: { first_byte: 300ms }}. */
  TwoBackends each(String key) {
    ofEach += "    " + key + "\n";
    return this;
  }

  /** A key that the first backend has. */
  TwoBackends primary(String key) {
    ofPrimary += "    " + key + "\n";
    return this;
  }

  /** A key that the second backend has. */
  TwoBackends fallback(String key) {
    ofFallback += "    " + key + "\n";
    return this;
  }

  /** A key that both names have. */
  TwoBackends alias(String key) {
    ofAlias += "    " + key + "\n";
    return this;
  }

  /** What a backend calls its only model. */
  static String model(String backend) {
    return backend + "-model";
  }

  /** The one hub of all tests of this kind; ends with the run. */
  private record Shared(HubUnderTest hub) implements AutoCloseable {

    static Shared start() {
      HubUnderTest hub = HubUnderTest.of(SERVER);
      try {
        hub.start();
      } catch (ConfigException e) {
        throw new AssertionError(e);
      }
      return new Shared(hub);
    }

    @Override
    public void close() throws Exception {
      hub.stop();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    hub =
        context
            .getRoot()
            .getStore(Namespace.create(TwoBackends.class))
            .computeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class)
            .hub();
    primary = making.apply(model("primary"));
    fallback = making.apply(model("fallback"));
    primary.start();
    fallback.start();
    hub.knowing("PRIMARY", primary.baseUri().toString());
    hub.knowing("FALLBACK", fallback.baseUri().toString());
    hub.apply(yaml());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try {
      hub.holdsNothing();
    } finally {
      hub.applyFirst();
      primary.close();
      fallback.close();
    }
  }

  /** Puts another server in the first one's place. */
  void primaryAt(URI url) {
    hub.knowing("PRIMARY", url.toString());
    reload(yaml -> yaml);
  }

  /** Makes a change of the configuration while the hub runs. */
  void reload(UnaryOperator<String> change) {
    try {
      hub.apply(change.apply(yaml()));
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private String yaml() {
    return SERVER
        + "backends:\n"
        + backend("primary", "${PRIMARY}", ofEach + ofPrimary)
        + backend("fallback", "${FALLBACK}", ofEach + ofFallback)
        + "models:\n"
        + alias(BOTH, target("primary") + ", " + target("fallback"))
        + alias(ALONE, target("primary"));
  }

  private String backend(String id, String url, String more) {
    return "  - id: " + id + "\n    type: " + type + "\n    base_url: \"" + url + "\"\n" + more;
  }

  private String alias(String id, String targets) {
    return "  - id: " + id + "\n    targets: [ " + targets + " ]\n" + ofAlias;
  }

  private static String target(String backend) {
    return "{ backend: " + backend + ", model: " + model(backend) + " }";
  }

  HubUnderTest hub() {
    return hub;
  }

  FakeBackend primary() {
    return primary;
  }

  FakeBackend fallback() {
    return fallback;
  }

  /** Calls by the name that has both targets. */
  Outcome ask(Face face, String text) {
    return face.ask(hub, Ask.of(BOTH, text));
  }

  /** Calls by the name that has nowhere else to go. */
  Outcome askAlone(Face face, String text) {
    return face.ask(hub, Ask.of(ALONE, text));
  }

  /** The calls that reached the first server. */
  List<RecordedRequest> triesAtPrimary() {
    return primary.requests(Http.CHAT);
  }

  /** The calls that reached the second server. */
  List<RecordedRequest> triesAtFallback() {
    return fallback.requests(Http.CHAT);
  }

  /** Checks how often each of the two was called. */
  void tried(int atPrimary, int atFallback) {
    assertThat(triesAtPrimary()).as("tries at the primary").hasSize(atPrimary);
    assertThat(triesAtFallback()).as("tries at the fallback").hasSize(atFallback);
  }

  /** How long after each call to the first server the next one came. */
  List<Duration> pauses() {
    List<RecordedRequest> tries = triesAtPrimary();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < tries.size(); i++) {
      pauses.add(Duration.ofNanos(tries.get(i).receivedNanos() - tries.get(i - 1).receivedNanos()));
    }
    return pauses;
  }

  /** The line that the call log has of a call. */
  JsonNode line(Outcome outcome) {
    return hub.logs().call(outcome.requestId());
  }

  /** Backend, reason and outcome of every attempt that the log shows, as {@code a first ok}. */
  List<String> tries(Outcome outcome) {
    List<String> tries = new ArrayList<>();
    for (JsonNode one : line(outcome).path("tries")) {
      tries.add(
          one.path("backend").asText()
              + " "
              + one.path("reason").asText()
              + " "
              + one.path("outcome").asText());
    }
    return tries;
  }
}
