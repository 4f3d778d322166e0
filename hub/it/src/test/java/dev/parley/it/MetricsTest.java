package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import dev.parley.testkit.openai.FakeOpenAi;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code /metrics} tells, read the way Prometheus reads it. */
final class MetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?"
              + " (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern ABOUT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][\\w:]*) (.+)");

  private static final FakeOpenAi openai = new FakeOpenAi();

  @RegisterExtension
  static final HubUnderTest hub = HubUnderTest.of(Configs.OPENAI).behind("OPENAI", openai);

  private final Http http = new Http(hub);

  /** Samples by name and labels; fails on a line that is none and on a name without a type. */
  private Map<String, Double> scrape() {
    Reply reply = http.get("/metrics");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
    assertThat(reply.text()).endsWith("\n");
    Map<String, Double> samples = new HashMap<>();
    Set<String> typed = new HashSet<>();
    for (String line : reply.text().split("\n", -1)) {
      Matcher about = ABOUT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (about.matches()) {
        typed.add(about.group(2));
      } else if (!line.isEmpty()) {
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        assertThat(typed).as(line).containsAnyOf(name, name.replaceAll("_(bucket|count|sum)$", ""));
        String labels = sample.group(2) == null ? "" : sample.group(2);
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        assertThat(samples.put(name + labels, value)).as("told twice: " + line).isNull();
      }
    }
    return samples;
  }

  private Map<String, Double> scrapeUntil(String sample, double value) {
    return Waiting.until(
        sample,
        Duration.ofSeconds(5),
        () -> {
          Map<String, Double> now = scrape();
          return now.getOrDefault(sample, 0.0) == value ? now : null;
        });
  }

  @Test
  void countsCallsAndTokens() {
    String calls = "parley_calls_total{call=\"chat\",outcome=\"ok\"}";
    String in = "parley_tokens_total{backend=\"openai\",direction=\"input\",model=\"gpt-4o-mini\"}";
    String out =
        "parley_tokens_total{backend=\"openai\",direction=\"output\",model=\"gpt-4o-mini\"}";
    String failed = "parley_calls_total{call=\"chat\",outcome=\"not_found\"}";
    Map<String, Double> before = scrape();
    http.chat("hello there", "");
    http.stream("hello there", "");
    http.post(Http.CHAT, Http.chatBody("made-up\\\"\\n{name}", "hi", "")).error(404);
    double seen = before.getOrDefault(calls, 0.0);
    Map<String, Double> after = scrapeUntil(calls, seen + 2);
    assertThat(after).containsEntry(failed, before.getOrDefault(failed, 0.0) + 1);
    assertThat(after.get(in) - before.getOrDefault(in, 0.0)).isEqualTo(4);
    assertThat(after.get(out) - before.getOrDefault(out, 0.0)).isEqualTo(8);
    assertThat(after.get("parley_call_seconds_count{call=\"chat\"}"))
        .isEqualTo(after.get("parley_call_seconds_bucket{call=\"chat\",le=\"+Inf\"}"));
    assertThat(after.keySet()).noneMatch(sample -> sample.contains("made-up"));
  }

  @Test
  void showsBackendsAsTheyAre() throws Exception {
    Gate gate = new Gate();
    openai.enqueue(Behaviour.usual().gatedAfter(2, gate));
    try (RawConnection caller = new RawConnection(hub)) {
      caller.post(Http.CHAT, Http.chatBody("gpt-4o-mini", "one two", ",\"stream\":true"));
      assertThat(gate.awaitReached(Duration.ofSeconds(10))).isTrue();
      assertThat(scrape())
          .containsEntry("parley_backend_running{backend=\"openai\"}", 1.0)
          .containsEntry("parley_backend_queued{backend=\"openai\"}", 0.0)
          .containsEntry("parley_backend_up{backend=\"openai\"}", 1.0);
      gate.release();
      caller.until("[DONE]");
    }
    scrapeUntil("parley_backend_running{backend=\"openai\"}", 0);
  }

  @Test
  void aBackendThatIsGoneIsNotShown() throws Exception {
    assertThat(scrape()).containsKey("parley_backend_up{backend=\"openai\"}");
    hub.apply(Configs.OPENAI.replace("- id: openai", "- id: renamed"));
    assertThat(scrape())
        .containsKey("parley_backend_up{backend=\"renamed\"}")
        .doesNotContainKey("parley_backend_up{backend=\"openai\"}");
    hub.applyFirst();
  }
}
