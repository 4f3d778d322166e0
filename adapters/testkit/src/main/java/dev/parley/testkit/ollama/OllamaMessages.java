package dev.parley.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.content.MessageReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Ollama's messages: content is text, media are base64 in {@code images} and told apart by their
 * first bytes.
 */
enum OllamaMessages implements MessageReader {
  INSTANCE;

  @Override
  public String text(JsonNode message) {
    return message.path("content").asText();
  }

  @Override
  public List<String> media(JsonNode message) {
    var media = new ArrayList<String>();
    for (var item : message.path("images")) {
      media.add(kind(item.asText()));
    }
    return media;
  }

  private static String kind(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new OllamaError(400, "illegal base64 data in images");
    }
    var wav = bytes.length > 3 && bytes[0] == 'R' && bytes[1] == 'I' && bytes[2] == 'F';
    return wav ? "[audio wav " + bytes.length + " bytes]" : "[image]";
  }
}
