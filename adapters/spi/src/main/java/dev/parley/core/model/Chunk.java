package dev.parley.core.model;

import dev.parley.core.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One delta of a streamed answer, a {@code chat.completion.chunk} or {@code text_completion}
 * object.
 *
 * @param json the object, spelled as the backend spelled it
 * @param kind what it brings
 * @param usage the call's token counts, when this chunk has them
 */
public record Chunk(JsonValue json, Kind kind, @Nullable TokenUsage usage) {

  /** What a chunk brings; decides when an answer is committed and what a caller may be spared. */
  public enum Kind {
    /** A role, an empty delta, a keep-alive: nothing that could not be said again. */
    EMPTY,
    /** Content, reasoning, a tool call or audio: from here on the answer is committed. */
    CONTENT,
    /** The last chunk of a choice: it has the finish reason (and perhaps content). */
    FINISH,
    /** Token counts and an empty list of choices. */
    USAGE
  }
}
