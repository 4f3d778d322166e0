package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Modality;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request body, checked, with its head read.
 *
 * @param root the document, {@code extra_body} merged
 * @param head what routing needs
 */
record RequestDocument(JsonValue root, CallHead head) {

  private static final Set<Modality> TEXT = Set.of(Modality.TEXT);

  /** Fails with InvalidRequest that names the member, or the position in the text. */
  static RequestDocument read(CallKind kind, byte[] bytes, int length, JsonLimits limits) {
    JsonValue root = parse(bytes, length, limits);
    if (!root.isObject()) {
      throw refused("body", described(root), "a JSON object");
    }
    root = mergeExtraBody(root);
    JsonObject object = root.object();
    RequestRules.check(kind, object);
    Set<Modality> inputs =
        switch (kind) {
          case CHAT -> Messages.modalities(object.get("messages"));
          case COMPLETION -> {
            Inputs.check("prompt", object.get("prompt"), Inputs.Empty.ALLOWED);
            yield TEXT;
          }
          case EMBEDDING -> {
            Inputs.check("input", object.get("input"), Inputs.Empty.REFUSED);
            yield TEXT;
          }
        };
    boolean stream = kind != CallKind.EMBEDDING && isTrue(object.get("stream"));
    JsonValue options = object.get("stream_options");
    boolean usage = options != null && isTrue(options.get("include_usage"));
    return new RequestDocument(
        root, new CallHead(model(object), stream, usage, inputs, outputs(object)));
  }

  private static JsonValue parse(byte[] bytes, int length, JsonLimits limits) {
    if (length == 0) {
      throw refused("body", "empty", "a JSON object");
    }
    try {
      return Json.parse(bytes, 0, length, limits);
    } catch (JsonSyntaxException e) {
      throw refused("body", "malformed JSON: " + e.getMessage(), "a JSON object");
    }
  }

  /**
   * SDKs merge {@code extra_body} themselves; whoever writes it out means the same. Written anew in
   * one pass: edits one by one would take time that grows with the square of the members.
   */
  private static JsonValue mergeExtraBody(JsonValue root) {
    JsonValue extra = root.get("extra_body");
    if (extra == null || !extra.isObject()) {
      return root;
    }
    Map<String, JsonValue> merged = new LinkedHashMap<>();
    for (JsonMember member : root.object()) {
      merged.put(member.name(), member.value());
    }
    merged.remove("extra_body");
    for (JsonMember member : extra.object()) {
      merged.put(member.name(), member.value());
    }
    JsonWriter out = new JsonWriter(root.length()).beginObject();
    merged.forEach((name, value) -> out.name(name).raw(value));
    return out.endObject().toValue();
  }

  private static String model(JsonObject object) {
    JsonValue model = object.get("model");
    return model == null || model.isNull() ? "" : model.asString();
  }

  private static Set<Modality> outputs(JsonObject object) {
    JsonValue modalities = object.get("modalities");
    if (modalities == null || !modalities.isArray()) {
      return TEXT;
    }
    Set<Modality> wanted = EnumSet.noneOf(Modality.class);
    for (JsonValue modality : modalities.elements()) {
      if (!modality.isString()) {
        throw refused("modalities", described(modality), "an array of strings");
      }
      Modality.byName(modality.asString()).ifPresent(wanted::add);
    }
    return wanted;
  }

  private static boolean isTrue(@Nullable JsonValue value) {
    return value != null && value.isBoolean() && value.asBoolean();
  }
}
