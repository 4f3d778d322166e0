package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.testkit.backend.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * One function call that a fake asks for.
 *
 * @param id {@code call_} and a number counted from one within the reply
 * @param name the offered function's name
 * @param city the only argument
 */
public record ToolCall(String id, String name, String city) {
  private static final int FRAGMENT_CHARS = 4;

  /** The arguments as an object. */
  public ObjectNode arguments() {
    return Json.object().put("city", city);
  }

  /** The arguments as JSON text in pieces of a few characters. */
  public List<String> fragments() {
    var text = Json.write(arguments());
    var pieces = new ArrayList<String>();
    for (var from = 0; from < text.length(); from += FRAGMENT_CHARS) {
      pieces.add(text.substring(from, Math.min(text.length(), from + FRAGMENT_CHARS)));
    }
    return pieces;
  }
}
