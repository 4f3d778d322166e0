package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import java.util.OptionalInt;

/**
 * Reads an answer that is one JSON document, and finds the error that hides behind a status 200.
 */
final class WholeReader implements BodyReader {

  private static final byte[] NOTHING = {};

  /** An embedding answer may have thousands of vectors of thousands of numbers. */
  private static final JsonLimits LIMITS =
      new JsonLimits(JsonLimits.DEFAULT.depthMax(), 64_000_000);

  private final DocumentCall call;
  private final Target target;
  private final Quirks quirks;
  private final long bytesMax;
  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  WholeReader(DocumentCall call, Target target, Quirks quirks, long bytesMax) {
    this.call = call;
    this.target = target;
    this.quirks = quirks;
    this.bytesMax = bytesMax;
  }

  @Override
  public void read(byte[] more, int moreFrom, int moreTo, Sink sink) {
    int length = moreTo - moreFrom;
    if ((long) (to - from) + length > bytesMax) {
      throw failed("its answer is larger than " + bytesMax + " bytes");
    }
    if (to == from) {
      bytes = more;
      from = moreFrom;
      to = moreTo;
      return;
    }
    if (bytes.length - to < length || from != 0) {
      byte[] grown = new byte[(int) Math.min(Integer.MAX_VALUE - 8, (to - from + length) * 2L)];
      System.arraycopy(bytes, from, grown, 0, to - from);
      to -= from;
      from = 0;
      bytes = grown;
    }
    System.arraycopy(more, moreFrom, bytes, to, length);
    to += length;
  }

  @Override
  public void end(Sink sink) {
    JsonValue body = body();
    sink.event(new DocumentEvent.Whole(body, TokenUsage.read(body.get("usage"))));
    sink.complete();
  }

  /** The document; an error inside it is thrown. */
  JsonValue body() {
    JsonValue body;
    try {
      body = Json.parse(bytes, from, to, LIMITS);
    } catch (JsonSyntaxException e) {
      throw failed("its answer is not JSON (" + e.problem() + ")");
    }
    if (!body.isObject()) {
      throw failed("its answer is not a JSON object");
    }
    checkError(body);
    return quirks.whole().edit(call, body);
  }

  private void checkError(JsonValue body) {
    JsonValue error = body.get("error");
    if (error != null && !error.isNull()) {
      throwError(body);
    }
    JsonValue choices = body.get("choices");
    if (choices != null && choices.isArray()) {
      for (JsonValue choice : choices.elements()) {
        JsonValue inside = choice.get("error");
        if (inside != null && !inside.isNull()) {
          throwError(choice);
        }
      }
      return;
    }
    JsonValue data = body.get("data");
    if (data == null || !data.isArray()) {
      throwError(body);
    }
  }

  private void throwError(JsonValue holder) {
    ErrorBody found = ErrorBody.of(holder);
    if (found == null) {
      throw failed("its answer has neither a result nor an error");
    }
    throw new HubException(BackendFailures.insideSuccess(target, found));
  }

  private HubException failed(String detail) {
    bytes = NOTHING;
    return new HubException(new HubError.BackendFailed(target, OptionalInt.empty(), detail, false));
  }
}
