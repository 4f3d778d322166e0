package dev.parley.adapters.ollama;

import dev.parley.adapters.dialect.ChunkKinds;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.core.framing.NdjsonDecoder;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a streamed answer: one object a line, complete when one says that it is done. A line that
 * is not JSON is skipped; a line with an error ends the stream.
 */
final class LineReader implements DocumentReader {

  private static final int LINE_BYTES_MAX = 16 << 20;
  private static final int BROKEN_LINES_MAX = 16;

  private final Failures failures;
  private final Translation translation;
  private final NdjsonDecoder decoder = new NdjsonDecoder(LINE_BYTES_MAX);
  private List<Chunk> batch = new ArrayList<>(4);
  private int broken;
  private boolean done;

  LineReader(DocumentCall call, Target target) {
    this.failures = new Failures(target);
    this.translation = new Translation(call, target);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<DocumentEvent> sink) {
    if (!done) {
      decode(sink, () -> decoder.feed(bytes, from, to, this::line));
    }
  }

  @Override
  public void end(Sink<DocumentEvent> sink) {
    if (!done) {
      decode(
          sink,
          () -> {
            decoder.end(this::line);
            if (!done) {
              throw failures.failed("its stream ended without a line that says it is done");
            }
          });
    }
  }

  /** What came before a failure is delivered before it, however the bytes were cut. */
  private void decode(Sink<DocumentEvent> sink, Runnable step) {
    try {
      step.run();
    } finally {
      if (!batch.isEmpty()) {
        sink.event(new DocumentEvent.Chunks(batch));
        batch = new ArrayList<>(4);
      }
    }
    if (done) {
      sink.complete();
    }
  }

  private void line(byte[] bytes, int from, int to) {
    if (done) {
      return;
    }
    JsonValue reply;
    try {
      reply = Json.parse(bytes, from, to, JsonLimits.DEFAULT);
    } catch (JsonSyntaxException _) {
      if (++broken > BROKEN_LINES_MAX) {
        throw failures.failed("its stream is not JSON");
      }
      return;
    }
    if (!reply.isObject()) {
      return;
    }
    failures.check(reply);
    batch.add(ChunkKinds.classify(translation.chunk(reply).object()));
    if (Translation.isDone(reply)) {
      batch.add(
          new Chunk(translation.usageChunk(reply), Chunk.Kind.USAGE, Translation.counts(reply)));
      done = true;
    }
  }
}
