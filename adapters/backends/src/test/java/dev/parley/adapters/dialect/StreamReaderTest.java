package dev.parley.adapters.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.http.BodyReader;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StreamReaderTest {

  private static final String HELLO =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\u00e9\"}}],\"x\":1.0}\r\n\r\n";
  private static final String FINISH =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
  private static final String DONE = "data: [DONE]  \n\n";

  /** What a reader found. */
  private static final class Found implements BodyReader.Sink<DocumentEvent> {
    private final List<Chunk> chunks = new ArrayList<>();
    private boolean nearly;
    private boolean complete;

    @Override
    public void event(DocumentEvent event) {
      if (event instanceof DocumentEvent.Chunks(var some)) {
        chunks.addAll(some);
      }
    }

    @Override
    public void nearlyComplete() {
      nearly = true;
    }

    @Override
    public void complete() {
      complete = true;
    }
  }

  private Found found = new Found();

  private void read(String contentType, String body, int step) {
    found = new Found();
    StreamReader reader =
        new StreamReader(
            Calls.chat("hi", true, ""), new Target("b", "m"), Quirks.none("openai"), 1 << 20);
    reader.opened(contentType);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += step) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + step));
      reader.read(piece, 0, piece.length, found);
    }
    if (!found.complete) {
      reader.end(found);
    }
  }

  private void read(String body) {
    read("text/event-stream", body, Integer.MAX_VALUE / 2);
  }

  private void fails(String body, Class<? extends HubError> expected) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.error()).isInstanceOf(expected));
    assertThat(found.complete).isFalse();
  }

  @Property
  void anySplitGivesTheSame(@ForAll @IntRange(min = 1, max = 90) int step) {
    read("text/event-stream", "\ufeff: hi\n\n" + HELLO + FINISH + USAGE + DONE, step);
    assertThat(found.complete).isTrue();
    assertThat(found.chunks)
        .extracting(Chunk::kind)
        .containsExactly(Chunk.Kind.CONTENT, Chunk.Kind.FINISH, Chunk.Kind.USAGE);
    assertThat(found.chunks.getFirst().json().raw()).endsWith("\"x\":1.0}");
  }

  @Test
  void aFinishedStreamNeedsNoMark() {
    read(HELLO + FINISH);
    assertThat(found.nearly).isTrue();
    assertThat(found.complete).isTrue();
  }

  @Test
  void anUnfinishedStreamWithoutMarkIsAnError() {
    fails(HELLO, HubError.BackendFailed.class);
    assertThat(found.chunks).hasSize(1);
  }

  @Test
  void oneOfTwoChoicesIsNotAll() {
    fails(
        HELLO + FINISH + HELLO.replace("\"index\":0", "\"index\":1"), HubError.BackendFailed.class);
  }

  @Test
  void aBrokenEventIsSkippedAndManyAreAnError() {
    read("data: {oops\n\n" + HELLO + FINISH + DONE);
    assertThat(found.chunks).hasSize(2);
    assertThatThrownBy(() -> read("data: {oops\n\n".repeat(17))).isInstanceOf(HubException.class);
  }

  @Test
  void whatCameBeforeAnErrorIsDelivered() {
    fails(
        HELLO + "data: {\"error\":{\"message\":\"slow\",\"code\":429}}\n\n",
        HubError.RateLimited.class);
    assertThat(found.chunks).hasSize(1);
  }

  @Test
  void anErrorEventNeedNotBeJson() {
    fails(HELLO + "event: error\ndata: engine stopped\n\n" + DONE, HubError.BackendFailed.class);
  }

  @Test
  void aChoiceThatFinishedWithErrorIsNoAnswer() {
    fails(HELLO + FINISH.replace("stop", "error") + DONE, HubError.BackendFailed.class);
  }

  @Test
  void codesWithoutStatusAreUnderstood() {
    fails(
        "data: {\"error\":{\"message\":\"long\",\"code\":\"context_length_exceeded\"}}\n\n",
        HubError.BackendRejected.class);
  }

  @Test
  void aWholeAnswerBecomesOneDeltaAndTheUsage() {
    read(
        "Application/JSON",
        "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
            + "\"assistant\",\"content\":\"hi\",\"tool_calls\":[{\"id\":\"a\"}]},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1}}",
        5);
    assertThat(found.complete).isTrue();
    assertThat(found.chunks).hasSize(2);
    assertThat(found.chunks.getFirst().json().raw())
        .contains("chat.completion.chunk", "\"delta\":{", "\"index\":0", "\"content\":\"hi\"");
    assertThat(found.chunks.getLast().kind()).isEqualTo(Chunk.Kind.USAGE);
  }
}
