package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Messages with OpenAI's content parts, and the {@code audio_url} and {@code video_url} parts that
 * vLLM added.
 */
public enum OpenAiMessages implements MessageReader {
  /** The one reader. */
  INSTANCE;

  @Override
  public String text(JsonNode message) {
    var content = message.path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    var texts = new ArrayList<String>();
    for (var part : content) {
      if (part.path("text").isTextual()) {
        texts.add(part.path("text").asText());
      }
    }
    return String.join(" ", texts);
  }

  @Override
  public List<String> media(JsonNode message) {
    var media = new ArrayList<String>();
    for (var part : message.path("content")) {
      switch (part.path("type").asText()) {
        case "image_url" -> media.add("[image]");
        case "video_url" -> media.add("[video]");
        case "audio_url" -> media.add(audioUrl(part.path("audio_url").path("url").asText()));
        case "input_audio" -> {
          var audio = part.path("input_audio");
          media.add(audio(audio.path("format").asText(), audio.path("data").asText()));
        }
        case "file" -> media.add("[file]");
        default -> {
          // Text and refusals are no media.
        }
      }
    }
    return media;
  }

  private static String audioUrl(String url) {
    var comma = url.indexOf(',');
    if (!url.startsWith("data:") || comma < 0) {
      return "[audio url]";
    }
    var type = url.substring("data:".length(), comma).replace(";base64", "");
    return audio(type.replace("audio/", "").replace("x-wav", "wav"), url.substring(comma + 1));
  }

  private static String audio(String format, String base64) {
    try {
      return "[audio " + format + " " + Base64.getDecoder().decode(base64).length + " bytes]";
    } catch (IllegalArgumentException e) {
      return "[audio " + format + " not base64]";
    }
  }
}
