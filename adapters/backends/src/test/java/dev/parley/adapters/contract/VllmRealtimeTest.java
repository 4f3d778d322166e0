package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LiveCall;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.LiveRecognizer;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.openai.FakeVllm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Speech that is written down while it is said, over vLLM's socket. */
final class VllmRealtimeTest {

  private static final String MODEL = "voxtral-realtime";

  private final FakeVllm fake = new FakeVllm(MODEL);

  @SuppressWarnings("NullAway.Init") // set before each test
  private Backend backend;

  @BeforeEach
  void open() {
    fake.start();
    backend = Calls.open("vllm", fake.baseUri());
  }

  @AfterEach
  void close() {
    backend.close();
    fake.close();
  }

  private static final class Listening implements LiveRecognizer.Listener {
    private final StringBuilder heard = new StringBuilder();
    private final CompletableFuture<Transcript> written = new CompletableFuture<>();

    @Override
    public synchronized void heard(String more) {
      heard.append(more);
    }

    @Override
    public void written(Transcript transcript) {
      written.complete(transcript);
    }

    @Override
    public void failed(HubException failure) {
      written.completeExceptionally(failure);
    }

    synchronized String soFar() {
      return heard.toString().strip();
    }
  }

  private static Talk talk() {
    return Talk.begin(16_000).silence(0.3).say("one two three four five").silence(0.3);
  }

  private void say(LiveRecognizer.Stretch stretch) {
    byte[] pcm = Wave.pcm(talk().samples());
    for (int at = 0; at < pcm.length; at += 8_000) {
      stretch.hear(pcm, at, Math.min(8_000, pcm.length - at));
    }
    stretch.end();
  }

  private LiveRecognizer live() {
    return backend.recognition().orElseThrow().live(MODEL).orElseThrow();
  }

  @Test
  void wordsComeWhileTheyAreSaidAndAllOfThemAtTheEnd() throws Exception {
    Listening listening = new Listening();
    LiveRecognizer.Stretch stretch =
        live().open(new LiveCall(List.of(), "r1"), new Target("vllm", MODEL), listening);
    say(stretch);
    Transcript all = listening.written.get(20, TimeUnit.SECONDS);
    assertThat(all.text()).isEqualTo(talk().text());
    assertThat(listening.soFar()).isEqualTo(talk().text());
  }

  @Test
  void aSocketThatBreaksIsAFailure() {
    fake.breakSockets(1);
    Listening listening = new Listening();
    say(live().open(new LiveCall(List.of(), "r1"), new Target("vllm", MODEL), listening));
    assertThat(failure(listening)).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void nobodyThereIsAFailure() {
    fake.close();
    Listening listening = new Listening();
    say(live().open(new LiveCall(List.of(), "r1"), new Target("vllm", MODEL), listening));
    assertThat(failure(listening)).isInstanceOf(HubError.BackendFailed.class);
  }

  private static HubError failure(Listening listening) {
    return listening
        .written
        .orTimeout(20, TimeUnit.SECONDS)
        .<HubError>handle((written, thrown) -> {
          if (thrown instanceof HubException known) {
            return known.error();
          }
          throw new AssertionError("written down: " + written, thrown);
        })
        .join();
  }

  @Test
  void modelsOfOtherNamesAreNotTakenForThose() {
    assertThat(backend.recognition().orElseThrow().live("whisper-large-v3")).isEmpty();
  }
}
