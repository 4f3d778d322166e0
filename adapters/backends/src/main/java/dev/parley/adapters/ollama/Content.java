package dev.parley.adapters.ollama;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits the parts of one message into its text and its media. */
final class Content {

  private final String model;
  private final String path;
  private final List<String> texts = new ArrayList<>();
  private final List<JsonValue> media = new ArrayList<>();

  Content(String model, String path) {
    this.model = model;
    this.path = path;
  }

  void translate(JsonObject message, JsonEdit edit) {
    JsonValue content = message.get("content");
    if (content == null || content.isString()) {
      return;
    }
    if (content.isNull()) {
      edit.set("content", Json.ofString(""));
      return;
    }
    if (!content.isArray()) {
      throw Messages.invalid(
          path + ".content", "JSON " + content.kind(), "a text or a list of parts");
    }
    JsonValue images = message.get("images");
    if (images != null && images.isArray()) {
      images.elements().forEach(media::add);
    }
    int index = 0;
    for (JsonValue part : content.elements()) {
      part(part, path + ".content[" + index++ + "]");
    }
    edit.set("content", Json.ofString(String.join("\n", texts)));
    if (!media.isEmpty()) {
      JsonWriter out = new JsonWriter(content.length()).beginArray();
      media.forEach(out::raw);
      edit.set("images", out.endArray().toValue());
    }
  }

  private void part(JsonValue part, String where) {
    JsonValue type = part.get("type");
    String kind = type != null && type.isString() ? type.asString() : "";
    switch (kind) {
      case "text" -> texts.add(text(part.get("text"), where + ".text"));
      case "refusal" -> texts.add(text(part.get("refusal"), where + ".refusal"));
      case "image_url", "audio_url" -> url(part.get(kind), kind, where + "." + kind + ".url");
      case "input_audio" -> {
        JsonValue audio = part.get("input_audio");
        media.add(base64(audio == null ? null : audio.get("data"), where + ".input_audio.data"));
      }
      case "video_url", "file" ->
          throw missing(kind + ": Ollama reads text, images and audio", "leave this part out");
      default ->
          throw Messages.invalid(where + ".type", "another type", "text, image_url or input_audio");
    }
  }

  private void url(@Nullable JsonValue holder, String kind, String where) {
    JsonValue url = holder != null && holder.isObject() ? holder.get("url") : holder;
    if (url == null || !url.isString()) {
      throw Messages.invalid(where, "nothing", "a data: URI with base64");
    }
    if (comma(url) < 0) {
      throw missing(
          kind + " with an address: Ollama fetches nothing itself",
          "send the content as a data: URI with base64");
    }
    media.add(base64(url, where));
  }

  private static String text(@Nullable JsonValue text, String where) {
    if (text == null || !text.isString()) {
      throw Messages.invalid(where, "nothing", "a text");
    }
    return text.asString();
  }

  /** The base64 without the head of a data URI, copied as it is spelled. */
  private static JsonValue base64(@Nullable JsonValue data, String where) {
    if (data == null || !data.isString() || data.isEmptyString()) {
      throw Messages.invalid(where, "nothing", "base64");
    }
    int comma = comma(data);
    if (comma < 0) {
      return data;
    }
    byte[] bare = new byte[data.end() - comma];
    System.arraycopy(data.source(), comma, bare, 0, bare.length);
    bare[0] = '"';
    return new JsonWriter(bare.length).raw(bare, 0, bare.length).toValue();
  }

  /** Index of the comma that ends the head of a base64 data URI, -1 when it is none. */
  private static int comma(JsonValue text) {
    byte[] bytes = text.source();
    int start = text.start() + 1;
    if (!matches(bytes, start, text.end(), "data:")) {
      return -1;
    }
    int end = Math.min(text.end(), start + 256);
    for (int i = start; i < end; i++) {
      if (bytes[i] == ',') {
        return matches(bytes, i - ";base64".length(), i, ";base64") ? i : -1;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int from, int to, String ascii) {
    if (to - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private HubException missing(String what, String remedy) {
    return new HubException(new HubError.CapabilityMissing(model, what, remedy));
  }
}
