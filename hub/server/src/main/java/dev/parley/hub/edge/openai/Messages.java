package dev.parley.hub.edge.openai;

import static dev.parley.hub.edge.openai.FieldRule.described;
import static dev.parley.hub.edge.openai.FieldRule.refused;

import dev.parley.core.content.MediaLinks;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Modality;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a conversation, whose shape was checked.
 *
 * @param modalities kinds of content
 * @param link where the first URL stands that a backend would fetch; empty when there is none
 */
record Messages(Set<Modality> modalities, String link) {

  private static final Set<Modality> TEXT = Set.of(Modality.TEXT);

  private static final Messages ONLY_TEXT = new Messages(TEXT, "");

  static Messages of(@Nullable JsonValue messages) {
    if (messages == null || messages.isNull()) {
      throw refused("messages", "missing", "an array with at least one message");
    }
    Messages found = ONLY_TEXT;
    int i = 0;
    for (JsonValue message : messages.elements()) {
      found = message(message, i++, found);
    }
    if (i == 0) {
      throw refused("messages", "an empty array", "an array with at least one message");
    }
    return found;
  }

  private static Messages message(JsonValue message, int i, Messages found) {
    if (!message.isObject()) {
      throw refused("messages[" + i + "]", described(message), "an object");
    }
    JsonValue role = message.get("role");
    if (role == null || !role.isString() || role.isEmptyString()) {
      throw refused(
          "messages[" + i + "].role",
          role == null ? "missing" : described(role),
          "a string such as system, developer, user, assistant or tool");
    }
    JsonValue content = message.get("content");
    if (content == null) {
      return found;
    }
    return switch (content.kind()) {
      case STRING, NULL -> found;
      case ARRAY -> parts(content, i, found);
      case OBJECT, NUMBER, TRUE, FALSE ->
          throw refused(
              "messages[" + i + "].content", described(content), "a string or an array of parts");
    };
  }

  private static Messages parts(JsonValue content, int i, Messages before) {
    Set<Modality> found = before.modalities();
    String link = before.link();
    int k = 0;
    for (JsonValue part : content.elements()) {
      if (!part.isObject()) {
        throw refused("messages[" + i + "].content[" + k + "]", described(part), "an object");
      }
      JsonValue type = part.get("type");
      if (type == null || !type.isString()) {
        throw refused(
            "messages[" + i + "].content[" + k + "].type",
            type == null ? "missing" : described(type),
            "a string such as text, image_url, input_audio, audio_url, video_url or file");
      }
      Modality modality = modality(type);
      if (modality != Modality.TEXT && !found.contains(modality)) {
        found = EnumSet.copyOf(found);
        found.add(modality);
      }
      if (!isPlainText(part, type)) {
        String linked = MediaLinks.first(part, "messages[" + i + "].content[" + k + "]");
        link = link.isEmpty() ? linked : link;
      }
      k++;
    }
    return new Messages(found, link);
  }

  /** As nearly all are: a type and a text, and no member more. */
  private static boolean isPlainText(JsonValue part, JsonValue type) {
    return type.textEquals("text") && part.object().size() <= 2 && part.object().has("text");
  }

  /** A type that is not known is the backend's to judge. */
  private static Modality modality(JsonValue type) {
    if (type.textEquals("text")) {
      return Modality.TEXT;
    }
    return switch (type.asString()) {
      case "image_url" -> Modality.IMAGE;
      case "input_audio", "audio_url" -> Modality.AUDIO;
      case "video_url" -> Modality.VIDEO;
      case "file" -> Modality.FILE;
      default -> Modality.TEXT;
    };
  }
}
