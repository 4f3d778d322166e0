package dev.parley.testkit.content;

import dev.parley.testkit.backend.Json;
import dev.parley.testkit.backend.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A fake's reply to a conversation, before any wire format. Markers in the last user text: {@code
 * [[words N]]} adds N words, {@code [[think]]} adds a thought, {@code [[filter]]} ends with {@code
 * content_filter}.
 *
 * @param text what is said, empty when tools are called
 * @param thought what is thought before, empty for nothing
 * @param calls the functions called
 * @param finish OpenAI's finish reason
 */
public record Said(String text, String thought, List<ToolCall> calls, String finish) {
  private static final Pattern CITY =
      Pattern.compile("\\b(?:in|and)\\s+(\\p{Lu}[\\p{L}-]*)", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String DEFAULT_CITY = "Paris";

  /** Copies the list. */
  public Said {
    calls = List.copyOf(calls);
  }

  /** The reply to this conversation: always the same for the same request. */
  public static Said to(Conversation heard, Wishes wishes) {
    return to(heard, wishes, "");
  }

  /**
   * The rest of that reply, for a server that was given its beginning; all of it, without thoughts,
   * when it does not begin so.
   */
  public static Said to(Conversation heard, Wishes wishes, String begun) {
    var thought =
        begun.isEmpty() && heard.asks("think") ? "Thinking about: " + heard.plainText() : "";
    if (wantsTool(heard, wishes)) {
      return new Said("", thought, calls(heard.plainText(), wishes), "tool_calls");
    }
    var text = wishes.json() ? asJson(heard) : sentence(heard);
    var filtered = heard.asks("filter");
    if (filtered) {
      text = Words.first(text, 2);
    }
    for (var stop : filtered ? List.<String>of() : wishes.stops()) {
      var at = stop.isEmpty() ? -1 : text.indexOf(stop);
      text = at < 0 ? text : text.substring(0, at);
    }
    text = text.startsWith(begun) ? text.substring(begun.length()) : text;
    if (filtered) {
      return new Said(text, thought, List.of(), "content_filter");
    }
    return Words.count(text) > wishes.maxWords()
        ? new Said(Words.first(text, wishes.maxWords()), thought, List.of(), "length")
        : new Said(text, thought, List.of(), "stop");
  }

  /** What usage counts as completion tokens: words of text, thought and arguments. */
  public int words() {
    var arguments = calls.stream().mapToInt(c -> Words.count(Json.write(c.arguments()))).sum();
    return Words.count(text) + Words.count(thought) + arguments;
  }

  private static boolean wantsTool(Conversation heard, Wishes wishes) {
    return !wishes.tools().isEmpty()
        && heard.toolResults().isEmpty()
        && (wishes.toolForced() || heard.userText().toLowerCase(Locale.ROOT).contains("weather"));
  }

  private static List<ToolCall> calls(String text, Wishes wishes) {
    var name =
        wishes.tools().stream()
            .filter(n -> n.toLowerCase(Locale.ROOT).contains("weather"))
            .findFirst()
            .orElse(wishes.tools().getFirst());
    var calls = new ArrayList<ToolCall>();
    var found = CITY.matcher(text);
    while (found.find() && (calls.isEmpty() || wishes.parallel())) {
      calls.add(new ToolCall("call_" + (calls.size() + 1), name, found.group(1)));
    }
    return calls.isEmpty() ? List.of(new ToolCall("call_1", name, DEFAULT_CITY)) : calls;
  }

  private static String sentence(Conversation heard) {
    var said = new StringBuilder();
    if (heard.toolResults().isEmpty()) {
      said.append("You said: ").append(heard.plainText());
    } else {
      said.append("The tool said: ").append(String.join("; ", heard.toolResults()));
    }
    heard.media().forEach(part -> said.append(' ').append(part));
    var more = Marker.number(heard.userText(), "words").orElse(0);
    for (var i = 1; i <= more; i++) {
      said.append(" word").append(i);
    }
    return said.toString().stripTrailing();
  }

  private static String asJson(Conversation heard) {
    return Json.write(Json.object().put("you_said", heard.plainText()));
  }
}
