package dev.parley.adapters.contract;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** What came of a document. */
public final class Recorder extends EventRecorder<DocumentEvent> {

  private Recorder(long first) {
    super(first);
  }

  /** Subscribed, with a first demand; none when that is 0. */
  static Recorder of(Flow.Publisher<DocumentEvent> publisher, long first) {
    Recorder recorder = new Recorder(first);
    publisher.subscribe(recorder);
    return recorder;
  }

  /** Everything that came, once it ended. */
  public static Recorder all(Flow.Publisher<DocumentEvent> publisher) {
    return of(publisher, Long.MAX_VALUE).ended();
  }

  /** Waits for so many events. */
  Recorder await(int count) {
    awaitEvents(count);
    return this;
  }

  Recorder ended() {
    awaitEnd();
    return this;
  }

  /** The whole answer. */
  public DocumentEvent.Whole whole() {
    if (failure() != null) {
      throw new AssertionError(failure());
    }
    return events().stream()
        .filter(DocumentEvent.Whole.class::isInstance)
        .map(DocumentEvent.Whole.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** All deltas in order. */
  public List<Chunk> chunks() {
    return events().stream()
        .filter(DocumentEvent.Chunks.class::isInstance)
        .flatMap(event -> ((DocumentEvent.Chunks) event).chunks().stream())
        .toList();
  }

  /** The texts of one member of all deltas, joined. */
  public String joined(String member) {
    StringBuilder text = new StringBuilder();
    for (Chunk chunk : chunks()) {
      for (JsonValue choice : Calls.at(chunk.json(), "choices").elements()) {
        JsonValue delta = choice.get("delta");
        JsonValue value = delta == null ? null : delta.get(member);
        if (value != null && value.isString()) {
          text.append(value.asString());
        }
      }
    }
    return text.toString();
  }

  /** The finish reasons of all chunks. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (Chunk chunk : chunks()) {
      for (JsonValue choice : Calls.at(chunk.json(), "choices").elements()) {
        JsonValue reason = choice.get("finish_reason");
        if (reason != null && reason.isString()) {
          reasons.add(reason.asString());
        }
      }
    }
    return reasons;
  }
}
