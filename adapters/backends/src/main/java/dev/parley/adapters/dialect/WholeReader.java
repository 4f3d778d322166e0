package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that is one JSON document, and finds the error that hides behind a status 200.
 */
public final class WholeReader implements DocumentReader {

  private final DocumentCall call;
  private final Target target;
  private final Quirks quirks;
  private final JsonBody body;

  public WholeReader(DocumentCall call, Target target, Quirks quirks, long bytesMax) {
    this.call = call;
    this.target = target;
    this.quirks = quirks;
    this.body = new JsonBody(target, bytesMax);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    JsonValue answer = answer();
    sink.event(new DocumentEvent.Whole(answer, TokenUsage.read(answer.get("usage"))));
    sink.complete();
  }

  /** The document; an error inside it is thrown. */
  JsonValue answer() {
    JsonValue answer = body.object();
    checkError(answer);
    JsonValue edited = quirks.whole().edit(call, answer);
    return call.kind() == CallKind.EMBEDDING ? EmbeddingOrder.byIndex(edited) : edited;
  }

  private void checkError(JsonValue answer) {
    if (isThere(answer.get("error"))) {
      throwError(answer);
    }
    JsonValue choices = answer.get("choices");
    if (choices != null && choices.isArray()) {
      for (JsonValue choice : choices.elements()) {
        if (isThere(choice.get("error")) || ChunkKinds.isFailure(choice)) {
          throwError(choice);
        }
      }
      return;
    }
    JsonValue data = answer.get("data");
    if (data == null || !data.isArray()) {
      throwError(answer);
    }
  }

  private static boolean isThere(@Nullable JsonValue value) {
    return value != null && !value.isNull();
  }

  private void throwError(JsonValue holder) {
    ErrorBody found = ErrorBody.of(holder);
    throw new HubException(
        found == null
            ? new HubError.BackendFailed(
                target,
                OptionalInt.empty(),
                "its answer has neither a result nor an error",
                HubError.Reached.BACKEND)
            : BackendFailures.insideSuccess(target, found));
  }
}
