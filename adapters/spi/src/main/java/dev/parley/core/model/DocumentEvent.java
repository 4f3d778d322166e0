package dev.parley.core.model;

import dev.parley.core.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backend answers to a {@link DocumentCall}: first {@link Opened}, then either one {@link
 * Whole} or any number of {@link Chunks}; then completion, which means that the backend's own end
 * mark was seen, or a {@link dev.parley.core.error.HubException}.
 */
public sealed interface DocumentEvent {

  /** The backend accepted the call; {@code headers} are those of its answer worth keeping. */
  record Opened(Map<String, String> headers) implements DocumentEvent {
    public Opened {
      headers = Map.copyOf(headers);
    }
  }

  /** The whole answer of a call that does not stream. */
  record Whole(JsonValue body, @Nullable TokenUsage usage) implements DocumentEvent {}

  /** The deltas that arrived together, in order; never empty. */
  record Chunks(List<Chunk> chunks) implements DocumentEvent {}
}
