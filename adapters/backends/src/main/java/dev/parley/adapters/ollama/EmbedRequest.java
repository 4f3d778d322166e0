package dev.parley.adapters.ollama;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import org.jspecify.annotations.Nullable;

/** An embedding document as Ollama's native API wants it. */
final class EmbedRequest {

  private EmbedRequest() {}

  /**
   * The body for {@code /api/embed}.
   *
   * @throws HubException if the input is not one text or several
   */
  static JsonValue of(DocumentCall call, Target target) {
    JsonObject root = call.document().object();
    inputs(root.get("input"), target);
    JsonEdit edit = JsonEdit.of(root);
    edit.set("model", Json.ofString(target.model()));
    // The edge makes of the numbers whatever encoding the caller asked for.
    edit.remove("encoding_format").remove("stream");
    Options.move(root, edit);
    return edit.apply();
  }

  /** How many texts the input has. */
  static int inputs(@Nullable JsonValue input, Target target) {
    if (input == null || !(input.isString() || input.isArray())) {
      throw invalid("input", "no text", "a text or a list of texts");
    }
    if (input.isString()) {
      text(input, "input", target);
      return 1;
    }
    int count = 0;
    for (JsonValue element : input.elements()) {
      text(element, "input[" + count++ + "]", target);
    }
    if (count == 0) {
      throw invalid("input", "an empty list", "a text or a list of texts");
    }
    return count;
  }

  private static void text(JsonValue value, String path, Target target) {
    if (value.isNumber() || value.isArray()) {
      throw new HubException(
          new HubError.CapabilityMissing(
              target.model(), "input as token ids: Ollama reads texts only", "send texts"));
    }
    if (!value.isString()) {
      throw invalid(path, "JSON " + value.kind(), "a text");
    }
    if (value.isEmptyString()) {
      throw invalid(path, "an empty text", "a text that is not empty");
    }
  }

  private static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
