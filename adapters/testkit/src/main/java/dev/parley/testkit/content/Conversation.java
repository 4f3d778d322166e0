package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Marker;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fake takes in of a chat's messages.
 *
 * @param userText the last user message's text parts, joined by blanks, markers included
 * @param media the last user message's other parts as the reply names them, such as {@code [audio
 *     wav 960 bytes]}
 * @param toolResults the tool messages after the last message of another role
 * @param promptWords words of all text in all messages
 */
public record Conversation(
    String userText, List<String> media, List<String> toolResults, int promptWords) {

  /** Copies the lists. */
  public Conversation {
    media = List.copyOf(media);
    toolResults = List.copyOf(toolResults);
  }

  /**
   * Reads messages; text and media are found by the reader given, which knows the wire format of
   * one message.
   */
  public static Conversation read(JsonNode messages, MessageReader reader) {
    var userText = "";
    var media = List.<String>of();
    var toolResults = new ArrayList<String>();
    var words = 0;
    for (var message : messages) {
      var text = reader.text(message);
      words += Words.count(text);
      switch (message.path("role").asText()) {
        case "tool", "function" -> toolResults.add(text);
        case "user" -> {
          userText = text;
          media = reader.media(message);
          toolResults.clear();
        }
        default -> toolResults.clear();
      }
    }
    return new Conversation(userText, media, toolResults, words);
  }

  /** The last user text without markers. */
  public String plainText() {
    return Marker.strip(userText);
  }

  /** Whether the last user text has this marker. */
  public boolean asks(String marker) {
    return Marker.in(userText, marker);
  }
}
