package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.openai.FakeOpenAi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that are given again, through the started hub. */
final class CacheTest {

  private static final FakeOpenAi BACKEND = new FakeOpenAi("m");

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: b
                  type: openai
                  base_url: ${b}
                  models: [ { id: m, capabilities: [chat, embedding, tts] } ]
              models:
                - { id: kept, cache: 10m, targets: [ { backend: b, model: m } ] }
                - { id: plain, targets: [ { backend: b, model: m } ] }
              """)
          .behind("b", BACKEND);

  private final Http http = new Http(hub);

  private Reply embed(String model, String text, String... headers) {
    return http.post(
        "/v1/embeddings", "{\"model\":\"%s\",\"input\":\"%s\"}".formatted(model, text), headers);
  }

  private Reply chat(String text, String rest) {
    return http.post(
        "/v1/chat/completions",
        "{\"model\":\"kept\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
            .formatted(text, rest));
  }

  private Reply speak(String text, String format) {
    return http.post(
        "/v1/audio/speech",
        "{\"model\":\"kept\",\"input\":\"%s\",\"voice\":\"alloy\",\"response_format\":\"%s\"}"
            .formatted(text, format));
  }

  private static String cache(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.header("x-parley-cache").orElse("");
  }

  @Test
  void embedsTheSameTextOnce() {
    Reply first = embed("kept", "one");
    assertThat(cache(first)).isEqualTo("miss");
    Reply second = embed("kept", "one");
    assertThat(cache(second)).isEqualTo("hit");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(cache(embed("kept", "two"))).isEqualTo("miss");
    assertThat(cache(embed("plain", "one"))).isEmpty();
  }

  @Test
  void asksAnewForWhoWantsThat() {
    cache(embed("kept", "again"));
    assertThat(cache(embed("kept", "again", "x-parley-cache", "bypass"))).isEqualTo("bypass");
    assertThat(cache(embed("kept", "again", "x-parley-cache", "refresh"))).isEqualTo("miss");
    Reply wrong = embed("kept", "again", "x-parley-cache", "no");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("use, refresh, bypass");
  }

  @Test
  void repeatsAChatOnlyWithoutChance() {
    assertThat(cache(chat("hello", ",\"temperature\":0"))).isEqualTo("miss");
    assertThat(cache(chat("hello", ",\"temperature\":0.0"))).isEqualTo("miss");
    assertThat(cache(chat("hello", ",\"temperature\":0"))).isEqualTo("hit");
    assertThat(cache(chat("hello", ""))).isEmpty();
    assertThat(cache(chat("hello", ",\"temperature\":1"))).isEmpty();
  }

  @Test
  void repeatsAStreamAsAStream() {
    String streamed =
        ",\"temperature\":0,\"stream\":true,\"stream_options\":{\"include_usage\":%s}";
    Reply first = chat("stream", streamed.formatted("true"));
    Reply second = chat("stream", streamed.formatted("true"));
    assertThat(second.text()).isEqualTo(first.text()).endsWith("data: [DONE]\n\n");
    assertThat(cache(second)).isEqualTo("hit");
    Reply without = chat("stream", streamed.formatted("false"));
    assertThat(cache(without)).isEqualTo("hit");
    assertThat(without.text()).doesNotContain("\"prompt_tokens\"");
  }

  @Test
  void speaksTheSameTextOnce() {
    Reply first = speak("Good morning.", "wav");
    assertThat(cache(first)).isEqualTo("miss");
    Reply second = speak("Good morning.", "wav");
    assertThat(cache(second)).isEqualTo("hit");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(cache(speak("Good morning.", "mp3"))).isEqualTo("miss");
  }

  @Test
  void asksOnceForWhatIsWantedAtTheSameTime() throws Exception {
    int before = BACKEND.requests().size();
    List<Callable<Reply>> asking = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asking.add(() -> embed("kept", "together"));
    }
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> reply : callers.invokeAll(asking)) {
        assertThat(cache(reply.get())).isIn("miss", "joined", "hit");
      }
    }
    assertThat(BACKEND.requests()).hasSize(before + 1);
  }
}
