package dev.parley.hub.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port worth a look.
 *
 * @param usual the type that is usual there; empty when none is. What answers decides, not this.
 */
public record Candidate(int port, Optional<String> usual) {

  /** Where the known servers listen when nobody tells them otherwise. */
  public static final List<Candidate> USUAL =
      List.of(
          usual("ollama", 11434),
          usual("vllm", 8000),
          usual("vllm-omni", 8091),
          usual("llama-server", 9931),
          usual("llama-server", 8081),
          usual("llama-server", 8080),
          usual("tei", 3000),
          usual("chatterbox", 8004),
          usual("kokoro", 8880),
          usual("voicebox", 17493));

  private static final Pattern ENTRY = Pattern.compile("(?:([a-z][a-z-]{0,30})=)?([0-9]{1,5})");
  private static final int ENTRIES_MAX = 64;

  public Candidate {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
    }
  }

  private static Candidate usual(String type, int port) {
    return new Candidate(port, Optional.of(type));
  }

  /**
   * Reads further candidates such as {@code ollama=12345, 9000}.
   *
   * @throws IllegalArgumentException with a message for people when the text is anything else
   */
  public static List<Candidate> parse(String text) {
    List<Candidate> candidates = new ArrayList<>();
    for (String entry : text.split("[,\\s]+", ENTRIES_MAX + 1)) {
      if (entry.isEmpty()) {
        continue;
      }
      Matcher matcher = ENTRY.matcher(entry);
      if (!matcher.matches() || candidates.size() == ENTRIES_MAX) {
        throw new IllegalArgumentException(
            "expected up to " + ENTRIES_MAX + " ports such as 9000 or ollama=12345");
      }
      candidates.add(
          new Candidate(Integer.parseInt(matcher.group(2)), Optional.ofNullable(matcher.group(1))));
    }
    return List.copyOf(candidates);
  }
}
