package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Modality;
import java.util.EnumSet;
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
    JsonValue root = JsonBody.object(bytes, length, limits);
    JsonObject object = root.object();
    RequestRules.check(kind, object);
    String link = "";
    Set<Modality> inputs =
        switch (kind) {
          case CHAT -> {
            Messages messages = Messages.of(object.get("messages"));
            link = messages.link();
            yield messages.modalities();
          }
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
        root, new CallHead(model(object), stream, usage, inputs, outputs(object), link));
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
