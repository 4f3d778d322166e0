package dev.parley.testkit.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four forms of an embedding input as a list of texts; a token list becomes its numbers joined
 * by blanks.
 */
public final class EmbeddingInputs {
  private EmbeddingInputs() {}

  /** The texts in order; empty when the input has none of the four forms or is an empty list. */
  public static Optional<List<String>> read(JsonNode input) {
    if (input.isTextual()) {
      return Optional.of(List.of(input.asText()));
    }
    if (!input.isArray() || input.isEmpty()) {
      return Optional.empty();
    }
    if (input.get(0).isIntegralNumber()) {
      return tokens(input).map(List::of);
    }
    var texts = new ArrayList<String>();
    for (var item : input) {
      var text = item.isTextual() ? Optional.of(item.asText()) : tokens(item);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      texts.add(text.get());
    }
    return Optional.of(texts);
  }

  private static Optional<String> tokens(JsonNode list) {
    var numbers = new ArrayList<String>();
    for (var item : list) {
      if (!item.isIntegralNumber()) {
        return Optional.empty();
      }
      numbers.add(item.asText());
    }
    return numbers.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", numbers));
  }
}
