package dev.parley.adapters.dialect;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import org.jspecify.annotations.Nullable;

/** The few edits that a document needs on its way to a backend of OpenAI's dialect. */
public final class RequestDocument {

  private RequestDocument() {}

  /**
   * The document for this backend's model.
   *
   * @throws HubException if the backend cannot do what is asked
   */
  public static JsonValue prepare(DocumentCall call, Target target, Quirks quirks) {
    JsonObject root = call.document().object();
    JsonEdit edit = JsonEdit.of(root);
    JsonValue model = root.get("model");
    if (model == null || !model.isString() || !model.textEquals(target.model())) {
      edit.set("model", Json.ofString(target.model()));
    }
    if (call.head().stream()
        && !call.head().includeUsage()
        && quirks.usageOption() == Quirks.UsageOption.ASK) {
      edit.set("stream_options", askForUsage(root.get("stream_options")));
    }
    if (call.kind() == CallKind.EMBEDDING) {
      checkDimensions(root, target, quirks);
    }
    return quirks.request().edit(call, edit.apply());
  }

  /**
   * The hub meters every call; whoever did not ask for the usage chunk is spared it at the edge.
   */
  private static JsonValue askForUsage(@Nullable JsonValue options) {
    JsonValue base = options != null && options.isObject() ? options : Json.EMPTY_OBJECT;
    return JsonEdit.of(base.object()).set("include_usage", Json.ofBoolean(true)).apply();
  }

  private static void checkDimensions(JsonObject root, Target target, Quirks quirks) {
    JsonValue dimensions = root.get("dimensions");
    if (quirks.dimensions() == Quirks.Dimensions.UNSUPPORTED
        && dimensions != null
        && !dimensions.isNull()) {
      throw new HubException(
          new HubError.CapabilityMissing(
              target.model(),
              "dimensions: this backend returns vectors of one length only",
              "leave dimensions out"));
    }
  }
}
