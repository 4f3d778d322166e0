package dev.parley.adapters.vllmomni;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code input_audio} parts into {@code audio_url} parts with a data URI, which servers of
 * every age read. All other bytes of the messages stay; the audio itself is copied, not decoded.
 */
final class AudioParts {

  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]{0,31}");

  private AudioParts() {}

  /** The messages, the very same value when none of them has such a part. */
  static JsonValue asUrls(JsonValue messages) {
    JsonWriter out = new JsonWriter(messages.length() + 64).beginArray();
    boolean changed = false;
    int index = 0;
    for (JsonValue message : messages.elements()) {
      boolean spoken = hasAudio(message.get("content"));
      changed |= spoken;
      out.raw(spoken ? message(message, "messages[" + index + "]") : message);
      index++;
    }
    return changed ? out.endArray().toValue() : messages;
  }

  private static JsonValue message(JsonValue message, String path) {
    JsonValue content = Objects.requireNonNull(message.get("content"));
    JsonWriter out = new JsonWriter(content.length() + 64).beginArray();
    int index = 0;
    for (JsonValue part : content.elements()) {
      out.raw(isAudio(part) ? part(part, path + ".content[" + index + "]") : part);
      index++;
    }
    return JsonEdit.of(message).set("content", out.endArray().toValue()).apply();
  }

  private static boolean hasAudio(@Nullable JsonValue content) {
    if (content == null || !content.isArray()) {
      return false;
    }
    for (JsonValue part : content.elements()) {
      if (isAudio(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAudio(JsonValue part) {
    JsonValue type = part.get("type");
    return type != null && type.textEquals("input_audio");
  }

  private static JsonValue part(JsonValue part, String path) {
    JsonValue audio = part.get("input_audio");
    JsonValue data = audio == null ? null : audio.get("data");
    if (audio == null || data == null || !data.isString() || data.isEmptyString()) {
      throw invalid(path + ".input_audio.data", "nothing", "audio as base64");
    }
    JsonValue url =
        JsonEdit.of(audio)
            .rename("data", "url")
            .set("url", dataUri(data, mime(audio.get("format"), path)))
            .remove("format")
            .apply();
    return JsonEdit.of(part)
        .set("type", Json.ofString("audio_url"))
        .rename("input_audio", "audio_url")
        .set("audio_url", url)
        .apply();
  }

  private static String mime(@Nullable JsonValue format, String path) {
    if (format == null || format.isNull()) {
      return "audio/wav";
    }
    String name = format.isString() ? format.asString() : "";
    if (!FORMAT.matcher(name).matches()) {
      throw invalid(path + ".input_audio.format", "no name of a format", "wav or mp3");
    }
    return name.equals("mp3") ? "audio/mpeg" : "audio/" + name;
  }

  private static JsonValue dataUri(JsonValue data, String mime) {
    byte[] text = data.source();
    int start = data.start() + 1;
    if (startsWith(text, start, data.end(), "data:")) {
      return data;
    }
    byte[] head = ("\"data:" + mime + ";base64,").getBytes(StandardCharsets.US_ASCII);
    byte[] joined = new byte[head.length + data.end() - start];
    System.arraycopy(head, 0, joined, 0, head.length);
    System.arraycopy(text, start, joined, head.length, data.end() - start);
    return new JsonWriter(joined.length).raw(joined, 0, joined.length).toValue();
  }

  private static boolean startsWith(byte[] text, int from, int to, String ascii) {
    if (to - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (text[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
