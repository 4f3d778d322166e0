package dev.parley.hub.dispatch;

import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has of a streamed answer, kept in case it has to be finished elsewhere: the text of
 * its only choice. Anything else in it (a tool call, reasoning, audio, a second choice) makes that
 * impossible, as does a text too long to be kept.
 */
final class AnswerSoFar {

  private static final int CHARS_MAX = 1 << 20;

  private final StringBuilder text = new StringBuilder();
  private boolean impossible;
  private boolean finished;
  private long pieces;
  private @Nullable JsonValue id;
  private @Nullable JsonValue created;

  void add(DocumentEvent event) {
    if (event instanceof DocumentEvent.Chunks(var chunks) && !impossible) {
      chunks.forEach(this::add);
    }
  }

  private void add(Chunk chunk) {
    JsonValue json = chunk.json();
    if (id == null) {
      id = json.get("id");
      created = json.get("created");
    }
    JsonValue choices = json.get("choices");
    if (choices == null || !choices.isArray()) {
      return;
    }
    for (JsonValue choice : choices.elements()) {
      JsonValue index = choice.get("index");
      if (index != null && index.isNumber() && index.asDouble() != 0) {
        giveUp();
        return;
      }
      JsonValue reason = choice.get("finish_reason");
      finished = finished || (reason != null && !reason.isNull());
      piece(choice.get("text"));
      delta(choice.get("delta"));
    }
  }

  private void delta(@Nullable JsonValue delta) {
    if (delta == null || !delta.isObject()) {
      return;
    }
    for (JsonMember member : delta.object()) {
      switch (member.name()) {
        case "role" -> {}
        case "content" -> piece(member.value());
        default -> {
          if (saysSomething(member.value())) {
            giveUp();
          }
        }
      }
    }
  }

  private static boolean saysSomething(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> false;
      case STRING -> !value.isEmptyString();
      case ARRAY -> value.elements().iterator().hasNext();
      default -> true;
    };
  }

  private void piece(@Nullable JsonValue value) {
    if (value == null || !value.isString() || value.isEmptyString() || impossible) {
      return;
    }
    String more = value.asString();
    if (text.length() + more.length() > CHARS_MAX) {
      giveUp();
      return;
    }
    text.append(more);
    pieces++;
  }

  private void giveUp() {
    impossible = true;
    text.setLength(0);
    text.trimToSize();
  }

  /** The text to continue; empty when there is none or it cannot be continued. */
  Optional<String> prefix() {
    return impossible || finished || text.isEmpty()
        ? Optional.empty()
        : Optional.of(text.toString());
  }

  /** About how many tokens it has: backends send one in each piece, or few. */
  long tokens() {
    return pieces;
  }

  @Nullable JsonValue id() {
    return id;
  }

  @Nullable JsonValue created() {
    return created;
  }
}
