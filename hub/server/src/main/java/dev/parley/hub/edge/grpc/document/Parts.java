package dev.parley.hub.edge.grpc.document;

import com.google.protobuf.ByteString;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.MediaPart;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a message's content, both ways. */
final class Parts {

  private static final Set<String> TEXT = Set.of("type", "text");
  private static final Set<String> REFUSAL = Set.of("type", "refusal");
  private static final Set<String> URL_MEMBERS = Set.of("url", "detail", "mime_type");
  private static final Set<String> AUDIO_MEMBERS = Set.of("data", "format", "detail");
  private static final Set<String> FILE_MEMBERS =
      Set.of("file_data", "file_url", "detail", "mime_type");

  private Parts() {}

  static void write(JsonWriter out, Content part, String path) {
    Extra extra = Extra.of(part.getExtraJson(), path);
    out.beginObject();
    switch (part.getPartCase()) {
      case TEXT -> {
        out.member("type", "text").member("text", part.getText());
        extra.writeTo(out, TEXT);
      }
      case REFUSAL -> {
        out.member("type", "refusal").member("refusal", part.getRefusal());
        extra.writeTo(out, REFUSAL);
      }
      case IMAGE -> url(out, "image_url", part.getImage(), extra, path + ".image");
      case VIDEO -> url(out, "video_url", part.getVideo(), extra, path + ".video");
      case AUDIO -> audio(out, part.getAudio(), extra, path + ".audio");
      case FILE -> file(out, part.getFile(), extra, path + ".file");
      case PART_NOT_SET -> {
        if (extra.isEmpty()) {
          throw Invalid.field(path, "an empty part", "a part or extra_json");
        }
        extra.writeTo(out, Set.of());
      }
    }
    out.endObject();
  }

  private static void audio(JsonWriter out, MediaPart media, Extra extra, String path) {
    if (media.getSourceCase() != MediaPart.SourceCase.DATA) {
      url(out, "audio_url", media, extra, path);
      return;
    }
    out.member("type", "input_audio").name("input_audio").beginObject();
    out.member("data", base64(media.getData()));
    optional(out, "format", shortFormat(media.getMimeType()));
    optional(out, "detail", media.getDetail());
    extra.inner("input_audio").writeTo(out, AUDIO_MEMBERS);
    out.endObject();
    extra.writeTo(out, Set.of("type", "input_audio"));
  }

  private static void url(JsonWriter out, String type, MediaPart media, Extra extra, String path) {
    Extra inner = extra.inner(type);
    out.member("type", type).name(type).beginObject();
    switch (media.getSourceCase()) {
      case URL -> {
        out.member("url", media.getUrl());
        optional(out, "mime_type", media.getMimeType());
      }
      case DATA -> out.member("url", dataUrl(media));
      case MEDIA -> throw uploads();
      case SOURCE_NOT_SET -> requireSource(inner, path);
    }
    optional(out, "detail", media.getDetail());
    inner.writeTo(out, URL_MEMBERS);
    out.endObject();
    extra.writeTo(out, Set.of("type", type));
  }

  private static void file(JsonWriter out, MediaPart media, Extra extra, String path) {
    Extra inner = extra.inner("file");
    out.member("type", "file").name("file").beginObject();
    switch (media.getSourceCase()) {
      case URL -> {
        out.member(media.getUrl().startsWith("data:") ? "file_data" : "file_url", media.getUrl());
        optional(out, "mime_type", media.getMimeType());
      }
      case DATA -> out.member("file_data", dataUrl(media));
      case MEDIA -> throw uploads();
      case SOURCE_NOT_SET -> requireSource(inner, path);
    }
    optional(out, "detail", media.getDetail());
    inner.writeTo(out, FILE_MEMBERS);
    out.endObject();
    extra.writeTo(out, Set.of("type", "file"));
  }

  private static void requireSource(Extra inner, String path) {
    if (inner.isEmpty()) {
      throw Invalid.field(path, "no source", "url, data or media");
    }
  }

  private static HubException uploads() {
    return new HubException(new HubError.NotConfigured("parts that name an upload"));
  }

  private static String dataUrl(MediaPart media) {
    String type = media.getMimeType().isEmpty() ? "application/octet-stream" : media.getMimeType();
    return "data:" + type + ";base64," + base64(media.getData());
  }

  private static String base64(ByteString data) {
    return new String(Base64.getEncoder().encode(data.toByteArray()), StandardCharsets.ISO_8859_1);
  }

  /** Audio callers say wav and mp3 where others say audio/wav and audio/mpeg. */
  private static String shortFormat(String mimeType) {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
      case "audio/mpeg", "audio/mp3" -> "mp3";
      default -> mimeType.startsWith("audio/") ? mimeType.substring(6) : mimeType;
    };
  }

  static void optional(JsonWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.member(name, value);
    }
  }

  /** A part of an unknown type, or of a known one in an unknown shape, is kept whole. */
  static Content read(JsonValue json) {
    Content known = json.isObject() ? readKnown(json) : null;
    return known != null ? known : Content.newBuilder().setExtraJson(json.raw()).build();
  }

  private static @Nullable Content readKnown(JsonValue json) {
    ObjectReader reader = new ObjectReader(json);
    Content.Builder part = Content.newBuilder();
    String type = reader.string("type");
    boolean fits =
        switch (type) {
          case "text" -> {
            String text = reader.optionalString("text");
            part.setText(text == null ? "" : text);
            yield text != null;
          }
          case "refusal" -> {
            String refusal = reader.optionalString("refusal");
            part.setRefusal(refusal == null ? "" : refusal);
            yield refusal != null;
          }
          case "image_url" -> urlPart(reader, type, part.getImageBuilder());
          case "audio_url" -> urlPart(reader, type, part.getAudioBuilder());
          case "video_url" -> urlPart(reader, type, part.getVideoBuilder());
          case "input_audio" -> audioPart(reader, part.getAudioBuilder());
          case "file" -> filePart(reader, part.getFileBuilder());
          default -> false;
        };
    return fits ? part.setExtraJson(reader.extra()).build() : null;
  }

  private static boolean urlPart(ObjectReader reader, String type, MediaPart.Builder media) {
    JsonValue object = reader.object(type);
    if (object == null) {
      return false;
    }
    ObjectReader inner = new ObjectReader(object);
    String url = inner.optionalString("url");
    if (url == null) {
      return false;
    }
    media.setUrl(url).setDetail(inner.string("detail")).setMimeType(inner.string("mime_type"));
    reader.leave(type, inner);
    return true;
  }

  private static boolean audioPart(ObjectReader reader, MediaPart.Builder media) {
    JsonValue object = reader.object("input_audio");
    if (object == null) {
      return false;
    }
    ObjectReader inner = new ObjectReader(object);
    String data = inner.optionalString("data");
    if (data == null) {
      return false;
    }
    try {
      media.setData(
          ByteString.copyFrom(
              Base64.getDecoder().decode(data.getBytes(StandardCharsets.ISO_8859_1))));
    } catch (IllegalArgumentException _) {
      return false;
    }
    media.setMimeType(inner.string("format")).setDetail(inner.string("detail"));
    reader.leave("input_audio", inner);
    return true;
  }

  private static boolean filePart(ObjectReader reader, MediaPart.Builder media) {
    JsonValue object = reader.object("file");
    if (object == null) {
      return false;
    }
    ObjectReader inner = new ObjectReader(object);
    JsonValue url = inner.take("file_data", Parts::isDataUrl);
    if (url == null) {
      url = inner.take("file_url", v -> v.isString() && !isDataUrl(v));
    }
    if (url == null) {
      return false;
    }
    media
        .setUrl(url.asString())
        .setDetail(inner.string("detail"))
        .setMimeType(inner.string("mime_type"));
    reader.leave("file", inner);
    return true;
  }

  private static boolean isDataUrl(JsonValue value) {
    return value.isString() && value.asString().startsWith("data:");
  }
}
