package dev.parley.adapters.http;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import java.util.OptionalInt;

/** Collects an answer that is one JSON object, up to a size. */
public final class JsonBody {

  private static final byte[] NOTHING = {};

  /** An embedding answer may have thousands of vectors of thousands of numbers. */
  private static final JsonLimits LIMITS =
      new JsonLimits(JsonLimits.DEFAULT.depthMax(), 64_000_000);

  private final Target target;
  private final long bytesMax;
  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  /** A body of at most that many bytes. */
  public JsonBody(Target target, long bytesMax) {
    this.target = target;
    this.bytesMax = bytesMax;
  }

  /**
   * Takes the next bytes; the array is kept.
   *
   * @throws HubException if the body becomes too large
   */
  public void add(byte[] more, int moreFrom, int moreTo) {
    int length = moreTo - moreFrom;
    if ((long) (to - from) + length > bytesMax) {
      bytes = NOTHING;
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

  /**
   * The object.
   *
   * @throws HubException if the body is anything else
   */
  public JsonValue object() {
    JsonValue body;
    try {
      body = Json.parse(bytes, from, to, LIMITS);
    } catch (JsonSyntaxException e) {
      throw failed("its answer is not JSON (" + e.problem() + ")");
    }
    if (!body.isObject()) {
      throw failed("its answer is not a JSON object");
    }
    return body;
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
