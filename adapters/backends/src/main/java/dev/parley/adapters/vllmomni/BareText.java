package dev.parley.adapters.vllmomni;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is left of a model's answer without what it was told to leave out, while it comes: white
 * space around it; a heading, where it is a line of its own that can be nothing else; and one pair
 * of quotes around all of it. What may be quoted is held back to its end, a heading to its line's.
 */
final class BareText {

  private static final Pattern HEADING =
      Pattern.compile(
          "(?:(?:sure|okay|certainly|of course)[,.!] ?)?(?:here(?: is|['’]s) )?(?:the |a )?"
              + "(?:english )?(?:transcription|transcript|translation)"
              + "(?: of the (?:audio|recording|speech))?(?: into english| in english)?(?: is)?:"
              + "[ \\t]*\\n\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Map<Character, Character> QUOTES =
      Map.of('"', '"', '“', '”', '„', '“', '«', '»', '「', '」');

  private enum Part {
    BEGINNING,
    QUOTED,
    PLAIN
  }

  private final StringBuilder held = new StringBuilder();
  private final StringBuilder whole = new StringBuilder();
  private Part part = Part.BEGINNING;

  /** Takes more of the answer and gives what is certain by now; often nothing. */
  String add(String more) {
    held.append(more);
    if (part == Part.BEGINNING) {
      begin(false);
    }
    return part == Part.PLAIN ? given(strippedEnd()) : "";
  }

  /** The answer is over: gives the rest. */
  String end() {
    if (part == Part.BEGINNING) {
      begin(true);
    }
    String rest = held.toString().stripTrailing();
    return given(part == Part.QUOTED ? unquoted(rest) : rest);
  }

  /** All that was given. */
  String whole() {
    return whole.toString();
  }

  private String given(String text) {
    whole.append(text);
    return text;
  }

  /** White space may be the last of the answer. */
  private String strippedEnd() {
    String text = held.toString().stripTrailing();
    held.delete(0, text.length());
    return text;
  }

  @SuppressWarnings("JdkObsolete") // Whether more could complete a match is what is asked here.
  private void begin(boolean over) {
    String start = held.toString().stripLeading();
    Matcher heading = HEADING.matcher(start);
    if (heading.lookingAt() && (over || heading.end() < start.length())) {
      start = start.substring(heading.end());
    } else if (!over && heading.hitEnd()) {
      return;
    }
    held.setLength(0);
    held.append(start);
    if (!start.isEmpty()) {
      part = QUOTES.containsKey(start.charAt(0)) ? Part.QUOTED : Part.PLAIN;
    }
  }

  private static String unquoted(String text) {
    char open = text.charAt(0);
    char close = QUOTES.getOrDefault(open, open);
    String within = text.substring(1, Math.max(1, text.length() - 1));
    boolean whole =
        text.length() > 1
            && text.charAt(text.length() - 1) == close
            && within.indexOf(open) < 0
            && within.indexOf(close) < 0;
    return whole ? within.strip() : text;
  }
}
