package dev.parley.adapters.vllmomni;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import org.jspecify.annotations.Nullable;

/** What a document of OpenAI's dialect needs before vllm-omni understands all of it. */
final class OmniRequest {

  private OmniRequest() {}

  static JsonValue edit(DocumentCall call, JsonValue document) {
    JsonObject root = flattened(document);
    JsonEdit edit = JsonEdit.of(root);
    setModalities(call, root, edit);
    if (call.head().outputs().contains(Modality.AUDIO)) {
      setAudio(call, root, edit);
    }
    JsonValue messages = root.get("messages");
    if (messages != null && messages.isArray()) {
      edit.set("messages", AudioParts.asUrls(messages));
    }
    return edit.apply();
  }

  /** The members of a literal extra_body, as SDKs merge them; what the top level says stays. */
  private static JsonObject flattened(JsonValue document) {
    JsonObject root = document.object();
    JsonValue extra = root.get("extra_body");
    if (extra == null || !extra.isObject()) {
      return root;
    }
    JsonEdit edit = JsonEdit.of(root).remove("extra_body");
    for (JsonMember member : extra.object()) {
      if (!root.has(member.name())) {
        edit.set(member.name(), member.value());
      }
    }
    return edit.apply().object();
  }

  /** Left out it means both, and speech is expensive. */
  private static void setModalities(DocumentCall call, JsonObject root, JsonEdit edit) {
    if (isThere(root.get("modalities"))) {
      return;
    }
    JsonWriter list = new JsonWriter(32).beginArray().value("text");
    if (call.head().outputs().contains(Modality.AUDIO)) {
      list.value("audio");
    }
    edit.set("modalities", list.endArray().toValue());
  }

  private static void setAudio(DocumentCall call, JsonObject root, JsonEdit edit) {
    JsonValue given = root.get("audio");
    JsonValue audio = given != null && given.isObject() ? given : Json.EMPTY_OBJECT;
    if (call.head().stream() && AudioWish.isWav(audio.get("format"))) {
      edit.set("audio", JsonEdit.of(audio).set("format", Json.ofString("pcm16")).apply());
    }
    JsonValue voice = audio.get("voice");
    JsonValue name = voice != null && voice.isObject() ? voice.get("id") : voice;
    if (name != null && name.isString() && !isThere(root.get("speaker"))) {
      edit.set("speaker", name);
    }
  }

  private static boolean isThere(@Nullable JsonValue value) {
    return value != null && !value.isNull();
  }
}
