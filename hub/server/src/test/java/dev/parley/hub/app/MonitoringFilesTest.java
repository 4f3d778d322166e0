package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.JsonValue;
import dev.parley.hub.fake.Events;
import dev.parley.testkit.backend.Behaviour;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard and the alert rules name nothing that a hub does not tell. */
@Timeout(60)
class MonitoringFilesTest {

  private static final Path FOLDER = Path.of("..", "..", "envoy", "monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b(parley|jvm|process)_[a-z0-9_]+");
  private static final Pattern STRINGS = Pattern.compile("\"[^\"]*\"");
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Path OUTCOMES =
      Path.of("src", "main", "java", "dev", "parley", "hub", "dispatch", "Outcomes.java");
  private static final Pattern WORDS =
      Pattern.compile("\\b(?:outcome|reason)(?:=|!=|=~|!~)\"([^\"]*)\"");
  private static final Pattern LABELS = Pattern.compile("([a-z_0-9]+)\\{([^}]*)\\}");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  static Path data;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static ObservedHub hub;

  @BeforeAll
  static void start() throws Exception {
    // Where nobody listens: what is told of traces is told anyway.
    hub =
        new ObservedHub(
            data, "telemetry: { otlp: { endpoint: \"http://127.0.0.1:1\", sample: 0 } }\n");
    hub.send(hub.chat("gpt-4o-mini", ""));
    hub.send(hub.chat("gpt-4o-mini", ",\"stream\":true"));
    hub.backend().enqueue(Behaviour.status(500, "{}"));
    hub.send(hub.chat("gpt-4o-mini", ""));
    hub.get("/nowhere");
    System.gc();
    for (int i = 0; i < 4; i++) {
      hub.line();
    }
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static Map<String, Set<String>> series() throws IOException, InterruptedException {
    return hub.get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.replaceAll("[{ ].*", ""),
                MonitoringFilesTest::labels,
                (a, b) -> {
                  Set<String> both = new HashSet<>(a);
                  both.addAll(b);
                  return both;
                }));
  }

  private static Set<String> labels(String line) {
    Set<String> names = new HashSet<>(Set.of("instance", "job"));
    Matcher label = Pattern.compile("([a-z_]+)=\"").matcher(line);
    while (label.find()) {
      names.add(label.group(1));
    }
    return names;
  }

  private static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    JsonValue board = Events.json(Files.readString(FOLDER.resolve("dashboard.json")));
    Objects.requireNonNull(board.get("panels"))
        .elements()
        .forEach(panel ->
            Objects.requireNonNull(panel.get("targets"))
                .elements()
                .forEach(target -> all.add(Objects.requireNonNull(target.get("expr")).asString())));
    assertThat(all).hasSizeGreaterThan(20);
    for (Map<?, ?> rule : rules()) {
      all.add((String) Objects.requireNonNull(rule.get("expr")));
    }
    return all;
  }

  private static List<Map<?, ?>> rules() throws IOException {
    Map<?, ?> file = yaml("alerts.yaml");
    List<Map<?, ?>> rules = new ArrayList<>();
    for (Object group : (List<?>) Objects.requireNonNull(file.get("groups"))) {
      for (Object rule : (List<?>) Objects.requireNonNull(((Map<?, ?>) group).get("rules"))) {
        rules.add((Map<?, ?>) rule);
      }
    }
    return rules;
  }

  private static Map<?, ?> yaml(String name) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(FOLDER.resolve(name)));
  }

  @Test
  void everyNameAndLabelIsToldByAHubThatServedCalls() throws Exception {
    Map<String, Set<String>> told = series();
    for (String expression : expressions()) {
      Matcher metric = METRIC.matcher(STRINGS.matcher(expression).replaceAll("\"\""));
      assertThat(
              expression.contains("parley_")
                  || expression.contains("jvm_")
                  || expression.contains("process_")
                  || expression.startsWith("up{"))
          .as(expression)
          .isTrue();
      while (metric.find()) {
        assertThat(told).as(expression).containsKey(metric.group());
      }
      Matcher labelled = LABELS.matcher(STRINGS.matcher(expression).replaceAll("\"\""));
      while (labelled.find()) {
        if (told.containsKey(labelled.group(1))) {
          for (String label : labelled.group(2).split(",", -1)) {
            assertThat(told.get(labelled.group(1)))
                .as(expression)
                .contains(label.strip().replaceAll("[^a-z_].*", ""));
          }
        }
      }
    }
  }

  /** An alert for a word that no call ends with never fires, and nobody would notice. */
  @Test
  void everyOutcomeAndReasonThatIsAskedForIsAWordOfTheHub() throws Exception {
    Set<String> known = new HashSet<>(Set.of("given_up"));
    Matcher literal = Pattern.compile("\"([a-z_]+)\"").matcher(Files.readString(OUTCOMES));
    while (literal.find()) {
      known.add(literal.group(1));
    }
    assertThat(known).contains("ok", "rate_limited", "timeout_");
    int asked = 0;
    for (String expression : expressions()) {
      Matcher words = WORDS.matcher(expression);
      while (words.find()) {
        for (String word : words.group(1).split("\\|", -1)) {
          assertThat(known).as(expression).anyMatch(it -> it.matches(word));
          asked++;
        }
      }
    }
    assertThat(asked).isGreaterThan(8);
  }

  /** What the dashboard lists hubs by, and what the number of hubs on Kubernetes follows. */
  @Test
  void namesOutsideOfExpressionsAreToldToo() throws Exception {
    String board = Files.readString(FOLDER.resolve("dashboard.json"));
    String adapter =
        Files.readString(FOLDER.resolveSibling("kubernetes").resolve("prometheus-adapter.yaml"));
    Matcher names =
        Pattern.compile("(?:label_values\\(|seriesQuery: ')(parley_[a-z_]+)")
            .matcher(board + adapter);
    List<String> found = new ArrayList<>();
    while (names.find()) {
      found.add(names.group(1));
    }
    assertThat(found).hasSizeGreaterThanOrEqualTo(2);
    assertThat(series()).containsKeys(found.toArray(String[]::new));
  }

  /** But for the days of a certificate, which a hub without one does not tell. */
  @Test
  void whatTheReadmeNamesIsTold() throws Exception {
    Set<String> told = series().keySet();
    Matcher name =
        Pattern.compile("`(parley_[a-z_]+)`").matcher(Files.readString(FOLDER.resolve(README)));
    int found = 0;
    while (name.find()) {
      if (!name.group(1).equals("parley_tls_days_left")) {
        assertThat(told)
            .as(name.group(1))
            .anyMatch(it -> it.equals(name.group(1)) || it.equals(name.group(1) + "_bucket"));
        found++;
      }
    }
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void expressionsAreBalancedAndRulesAreWhole() throws Exception {
    for (String expression : expressions()) {
      String bare = STRINGS.matcher(expression).replaceAll("");
      for (String pair : new String[] {"()", "{}", "[]"}) {
        assertThat(bare.chars().filter(c -> c == pair.charAt(0)).count())
            .as(expression)
            .isEqualTo(bare.chars().filter(c -> c == pair.charAt(1)).count());
      }
    }
    assertThat(rules())
        .extracting(rule -> rule.get("alert"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    assertThat(rules())
        .allSatisfy(rule -> {
          assertThat((String) rule.get("for")).matches("[0-9]+[smh]");
          assertThat(((Map<?, ?>) Objects.requireNonNull(rule.get("labels"))).get("severity"))
              .isIn("page", "ticket");
          assertThat(((Map<?, ?>) Objects.requireNonNull(rule.get("annotations"))).get("summary"))
              .isNotNull();
        });
    assertThat(yaml("prometheus.yml").get("rule_files")).isEqualTo(List.of("alerts.yaml"));
  }

  @Test
  void callersMakeNoSeries() throws Exception {
    hub.send(hub.posting(ObservedHub.CHAT, "{"));
    hub.get("/warm/up");
    hub.send(hub.request("/x").method("BREW", BodyPublishers.noBody()));
    hub.send(
        hub.chat("warm-up", "").header("authorization", "Bearer x").header("x-request-id", "warm"));
    drain(4);
    long before = count();
    for (int i = 0; i < 250; i++) {
      hub.send(
          hub.chat("made-up-" + i, "")
              .header("authorization", "Bearer key-" + i)
              .header("x-parley-session", "session-" + i)
              .header("x-request-id", "id-" + i));
      hub.get("/made-up-" + i + "/x");
      hub.send(hub.request("/m" + i).method("BREW" + i, BodyPublishers.noBody()));
      hub.get("/api/models/made-up-" + i);
    }
    drain(1_000);
    // The first of each kind of refusal may add its own; the thousand callers' words add none.
    assertThat(count() - before).isLessThan(8);
    assertThat(hub.get("/metrics").body()).doesNotContain("made-up", "key-", "BREW", "session-");
  }

  private static void drain(int lines) throws InterruptedException {
    for (int i = 0; i < lines; i++) {
      hub.line();
    }
  }

  private static long count() throws IOException, InterruptedException {
    return hub.get("/metrics").body().lines().filter(line -> line.startsWith("parley_")).count();
  }
}
