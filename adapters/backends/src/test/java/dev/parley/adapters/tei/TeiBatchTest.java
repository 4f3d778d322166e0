package dev.parley.adapters.tei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.contract.Recorder;
import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.tei.FakeTei;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeiBatchTest {

  private static final String PATH = "/v1/embeddings";

  private final FakeTei fake = new FakeTei();
  private Backend backend;

  @BeforeEach
  void open() {
    fake.start();
    backend = Calls.open("tei", fake.baseUri());
  }

  @AfterEach
  void close() {
    backend.close();
    fake.close();
  }

  private Recorder embed(int count) {
    String input =
        IntStream.range(0, count).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
    DocumentCall call =
        Calls.call(CallKind.EMBEDDING, "{\"model\":\"m\",\"input\":[" + input + "]}");
    return Recorder.all(backend.embedding().orElseThrow().embed(call, new Target("tei", "m")));
  }

  @Test
  void aLongListTakesSeveralCallsAndComesBackAsOne() {
    DocumentEvent.Whole got = embed(70).whole();
    assertThat(fake.requests(PATH)).hasSize(3);
    int index = 0;
    for (JsonValue entry : Calls.at(got.body(), "data").elements()) {
      assertThat(Calls.at(entry, "index").asLong()).isEqualTo(index++);
    }
    assertThat(index).isEqualTo(70);
    assertThat(Objects.requireNonNull(got.usage()).total()).isEqualTo(70);
  }

  @Test
  void asManyAsTheServerTakesAreOneCall() {
    embed(FakeTei.MAX_BATCH).whole();
    assertThat(fake.requests(PATH)).hasSize(1);
  }

  @Test
  void aSmallerLimitIsLearntFromTheServer() {
    fake.enqueueFor(
        "/info", Behaviour.status(200, "{\"model_id\":\"m\",\"max_client_batch_size\":10}"));
    backend.probe().join();
    embed(20).whole();
    assertThat(fake.requests(PATH)).hasSize(2);
  }

  @Test
  void oneFailedPartFailsTheWholeAndNoneFollowsIt() {
    fake.enqueue(Behaviour.usual());
    fake.enqueue(Behaviour.status(429, "{\"message\":\"full\",\"type\":\"Overloaded\"}"));
    assertThat(embed(70).error()).isInstanceOf(HubError.RateLimited.class);
    assertThat(fake.requests(PATH)).hasSize(2);
  }

  @Test
  void anAnswerWithTooFewVectorsIsAFailure() {
    fake.enqueue(Behaviour.status(200, "{\"data\":[{\"index\":0,\"embedding\":[1]}]}"));
    assertThat(embed(2).error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void aRerankerIsNoEmbedder() {
    fake.enqueueFor(
        "/info", Behaviour.status(200, "{\"model_id\":\"m\",\"model_type\":{\"reranker\":{}}}"));
    assertThat(backend.models().join()).isEmpty();
  }

  @Test
  void hasNoConversation() {
    assertThat(backend.chat()).isEmpty();
    assertThat(backend.completion()).isEmpty();
  }
}
