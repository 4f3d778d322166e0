package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What every adapter that makes embeddings does. */
abstract class EmbedderContract extends BackendContract {

  private static final Duration WAIT = Duration.ofSeconds(5);

  /** Where the fake gets the calls. */
  abstract String embedPath();

  /** Whether the server reads token ids. */
  boolean readsTokens() {
    return true;
  }

  /** Whether vectors can be shortened. */
  boolean shortens() {
    return true;
  }

  Flow.Publisher<DocumentEvent> send(String more) {
    return backend
        .embedding()
        .orElseThrow()
        .embed(
            Calls.call(CallKind.EMBEDDING, "{\"model\":\"any\"," + more + "}"),
            new Target("under-test", model()));
  }

  Recorder all(String more) {
    return Recorder.all(send(more));
  }

  private static List<JsonValue> data(DocumentEvent.Whole whole) {
    List<JsonValue> entries = new ArrayList<>();
    Calls.at(whole.body(), "data").elements().forEach(entries::add);
    return entries;
  }

  @Test
  void embedsAListInOrder() {
    DocumentEvent.Whole got = all("\"input\":[\"one\",\"two words\",\"three\"]").whole();
    List<JsonValue> entries = data(got);
    assertThat(entries).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(Calls.at(entries.get(i), "index").asLong()).isEqualTo(i);
    }
    JsonValue alone = data(all("\"input\":\"two words\"").whole()).getFirst();
    assertThat(Calls.at(entries.get(1), "embedding").raw())
        .isEqualTo(Calls.at(alone, "embedding").raw());
    assertThat(Calls.at(got.body(), "object").asString()).isEqualTo("list");
    assertThat(Objects.requireNonNull(got.usage()).prompt()).isEqualTo(4);
  }

  @Test
  void entriesOutOfOrderAreSorted() {
    fake.enqueue(
        Behaviour.status(
            200,
            "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"index\":1,\"embedding\":[2]},"
                + "{\"index\":0,\"embedding\":[1.50]}],\"embeddings\":[[1.50],[2]]}"));
    List<JsonValue> entries = data(all("\"input\":[\"a\",\"b\"]").whole());
    assertThat(Calls.at(entries.getFirst(), "embedding").raw()).isEqualTo("[1.50]");
  }

  @Test
  void tokenIdsArriveOrAreRefusedByName() {
    Recorder got = all("\"input\":[[1,2],[3]]");
    if (readsTokens()) {
      assertThat(data(got.whole())).hasSize(2);
    } else {
      assertThat(got.error())
          .isInstanceOfSatisfying(
              HubError.CapabilityMissing.class,
              error -> assertThat(error.missing()).contains("token"));
      assertThat(fake.requests(embedPath())).isEmpty();
    }
  }

  @Test
  void dimensionsArriveOrAreRefusedByName() {
    Recorder got = all("\"input\":\"one\",\"dimensions\":2");
    if (shortens()) {
      JsonValue vector = Calls.at(data(got.whole()).getFirst(), "embedding");
      assertThat(vector.raw().split(",")).hasSize(2);
    } else {
      assertThat(got.error())
          .isInstanceOfSatisfying(
              HubError.CapabilityMissing.class,
              error -> assertThat(error.missing()).contains("dimensions"));
      assertThat(fake.requests(embedPath())).isEmpty();
    }
  }

  @Test
  void emptyTextIsTheCallersMistake() {
    assertThat(all("\"input\":[\"one\",\"\"]").error().category())
        .isEqualTo(HubError.Category.USER);
  }

  @Test
  void classifiesErrorAnswers() {
    fake.enqueue(Behaviour.status(422, "{\"message\":\"too many\",\"code\":422,\"type\":\"V\"}"));
    assertThat(all("\"input\":\"one\"").error())
        .isInstanceOfSatisfying(
            HubError.BackendRejected.class,
            error -> assertThat(error.message()).isEqualTo("too many"));
    fake.enqueue(Behaviour.status(401, Map.of(), ""));
    assertThat(all("\"input\":\"one\"").error()).isInstanceOf(HubError.BackendFailed.class);
    fake.enqueue(Behaviour.status(200, "{\"error\":\"nothing\"}"));
    assertThat(all("\"input\":\"one\"").error()).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void cancelReachesTheBackend() throws InterruptedException {
    fake.enqueue(Behaviour.hang());
    Recorder got = Recorder.of(send("\"input\":\"one\""), 1);
    RecordedRequest request = fake.awaitRequest(embedPath(), WAIT);
    got.subscription().cancel();
    assertThat(request.awaitCancelled(WAIT)).isTrue();
  }
}
