package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What else of a chat request shapes the reply.
 *
 * @param tools names of the functions that may be called, empty for none
 * @param toolForced call one even if the text does not mention the weather
 * @param parallel several calls in one reply are welcome
 * @param maxWords after so many words the reply ends with {@code length}
 * @param stops texts that end the reply
 * @param json the reply must be a JSON object
 */
public record Wishes(
    List<String> tools,
    boolean toolForced,
    boolean parallel,
    int maxWords,
    List<String> stops,
    boolean json) {

  /** Copies the lists. */
  public Wishes {
    tools = List.copyOf(tools);
    stops = List.copyOf(stops);
  }

  /** Reads an OpenAI chat request. */
  public static Wishes ofOpenAi(JsonNode body) {
    var choice = body.path("tool_choice");
    var named = choice.path("function").path("name").asText("");
    var tools = names(body.path("tools"));
    if (choice.asText("").equals("none")) {
      tools = List.of();
    } else if (!named.isEmpty()) {
      tools = List.of(named);
    }
    var limit = body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(0));
    return new Wishes(
        tools,
        choice.asText("").equals("required") || !named.isEmpty(),
        body.path("parallel_tool_calls").asBoolean(true),
        limit <= 0 ? Integer.MAX_VALUE : limit,
        strings(body.path("stop")),
        body.path("response_format").path("type").asText("text").startsWith("json"));
  }

  /** The function names of a {@code tools} list. */
  public static List<String> names(JsonNode tools) {
    var names = new ArrayList<String>();
    for (var tool : tools) {
      names.add(tool.path("function").path("name").asText());
    }
    return names;
  }

  /** A string or a list of strings as a list. */
  public static List<String> strings(JsonNode node) {
    var strings = new ArrayList<String>();
    if (node.isTextual()) {
      strings.add(node.asText());
    }
    for (var item : node) {
      strings.add(item.asText());
    }
    return strings;
  }
}
