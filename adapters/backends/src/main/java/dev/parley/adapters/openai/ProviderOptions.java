package dev.parley.adapters.openai;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What OpenRouter passes on to OpenAI: members of {@code provider.options.openai}. */
final class ProviderOptions {

  private ProviderOptions() {}

  /** The caller's own {@code provider} with one option more. */
  static JsonValue with(JsonValue extra, String name, String value) {
    JsonValue provider = objectIn(extra, "provider");
    JsonValue options = objectIn(provider, "options");
    JsonValue openai = set(objectIn(options, "openai"), name, Json.ofString(value));
    return set(provider, "options", set(options, "openai", openai));
  }

  private static JsonValue objectIn(JsonValue holder, String name) {
    @Nullable JsonValue found = holder.isObject() ? holder.get(name) : null;
    return found != null && found.isObject() ? found : Json.EMPTY_OBJECT;
  }

  private static JsonValue set(JsonValue object, String name, JsonValue value) {
    return JsonEdit.of(object).set(name, value).apply();
  }
}
