package dev.parley.hub.bench.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.json.Json;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call and its answer. */
enum Workload {
  WHOLE("whole answer", 0, 10_000),
  SHORT_STREAM("stream of 100 events", 100, 2_000),
  LONG_STREAM("stream of 500 events", 500, 500);

  static final String ALIAS = "bench";

  private static final String DELTA =
      """
      {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",\
      "choices":[{"index":0,"delta":{"content":"token "},"logprobs":null,"finish_reason":null}]}\
      """;
  private static final String COMPLETION =
      """
      {"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"A short answer."},\
      "logprobs":null,"finish_reason":"stop"}]}\
      """;
  private final String label;
  private final int deltas;
  private final int batch;

  Workload(String label, int deltas, int batch) {
    this.label = label;
    this.deltas = deltas;
    this.batch = batch;
  }

  String label() {
    return label;
  }

  /** Of the stream; 0 for a whole answer. */
  int deltas() {
    return deltas;
  }

  /** Calls that are measured together. */
  int batch() {
    return batch;
  }

  DocumentCall call() {
    boolean stream = deltas > 0;
    return new DocumentCall(
        CallKind.CHAT,
        Json.parse(request(stream).getBytes(UTF_8)),
        new CallHead(ALIAS, stream, false, Set.of(Modality.TEXT), Set.of(Modality.TEXT)),
        "bench",
        Map.of(),
        Caller.ANYONE);
  }

  private static String request(boolean stream) {
    return """
    {"model":"%s","messages":[{"role":"system","content":"You answer in one short sentence."},\
    {"role":"user","content":"Say something that is as short as this question."}],\
    "temperature":0.2,"max_tokens":64,"stream":%s}\
    """
        .formatted(ALIAS, stream);
  }

  List<DocumentEvent> answer() {
    List<DocumentEvent> events = new ArrayList<>();
    events.add(new DocumentEvent.Opened(Map.of()));
    if (deltas == 0) {
      events.add(new DocumentEvent.Whole(Json.parse(COMPLETION.getBytes(UTF_8)), null));
    }
    for (int i = 0; i < deltas; i++) {
      Chunk chunk = new Chunk(Json.parse(DELTA.getBytes(UTF_8)), Chunk.Kind.CONTENT, null);
      events.add(new DocumentEvent.Chunks(List.of(chunk)));
    }
    return List.copyOf(events);
  }
}
