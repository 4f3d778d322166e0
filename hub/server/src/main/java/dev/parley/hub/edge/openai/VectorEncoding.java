package dev.parley.hub.edge.openai;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * Makes the vectors of an answer what the caller asked for, numbers or base64 of little-endian
 * float32. An answer that is right already keeps its bytes.
 */
final class VectorEncoding {

  private enum Form {
    NUMBERS,
    BASE64
  }

  private VectorEncoding() {}

  /** Fails with BackendFailed when the backend's vectors are none. */
  static JsonValue asAsked(DocumentCall call, Target target, JsonValue body) {
    JsonValue data = call.kind() == CallKind.EMBEDDING ? body.get("data") : null;
    if (data == null || !data.isArray()) {
      return body;
    }
    JsonValue asked = call.document().get("encoding_format");
    Form wanted =
        asked != null && asked.isString() && asked.textEquals("base64")
            ? Form.BASE64
            : Form.NUMBERS;
    if (isAll(data, wanted)) {
      return body;
    }
    try {
      JsonWriter out = new JsonWriter(data.length()).beginArray();
      for (JsonValue entry : data.elements()) {
        out.raw(converted(entry, wanted));
      }
      return JsonEdit.of(body).set("data", out.endArray().toValue()).apply();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new HubException(
          new HubError.BackendFailed(
              target,
              OptionalInt.of(200),
              "its embeddings are no vectors of numbers",
              HubError.Reached.BACKEND),
          e);
    }
  }

  private static boolean isAll(JsonValue data, Form wanted) {
    for (JsonValue entry : data.elements()) {
      JsonValue vector = entry.get("embedding");
      if (vector != null && form(vector) != wanted) {
        return false;
      }
    }
    return true;
  }

  private static Form form(JsonValue vector) {
    return vector.isString() ? Form.BASE64 : Form.NUMBERS;
  }

  private static JsonValue converted(JsonValue entry, Form wanted) {
    JsonValue vector = entry.get("embedding");
    if (vector == null || form(vector) == wanted) {
      return entry;
    }
    JsonValue changed = wanted == Form.BASE64 ? base64(vector) : numbers(vector);
    return JsonEdit.of(entry).set("embedding", changed).apply();
  }

  private static JsonValue base64(JsonValue vector) {
    int count = 0;
    for (JsonValue _ : vector.elements()) {
      count++;
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonValue number : vector.elements()) {
      bytes.putFloat((float) number.asDouble());
    }
    return Json.ofString(Base64.getEncoder().encodeToString(bytes.array()));
  }

  private static JsonValue numbers(JsonValue vector) {
    byte[] decoded = Base64.getDecoder().decode(vector.asString());
    if (decoded.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(decoded.length + " bytes (expected: 4 for each number)");
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);
    JsonWriter out = new JsonWriter(bytes.remaining() * 4).beginArray();
    while (bytes.hasRemaining()) {
      out.value(bytes.getFloat());
    }
    return out.endArray().toValue();
  }
}
