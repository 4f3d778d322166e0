package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Finds text and media in one chat message of one wire format. */
public interface MessageReader {

  /** All text of the message, empty when it has none. */
  String text(JsonNode message);

  /** The other parts, in order, as the reply names them. */
  List<String> media(JsonNode message);
}
