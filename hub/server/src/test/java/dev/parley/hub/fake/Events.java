package dev.parley.hub.fake;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Modality;
import dev.parley.core.model.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Short forms of calls and events. */
public final class Events {

  public static final DocumentEvent OPENED = new DocumentEvent.Opened(Map.of());

  private Events() {}

  public static JsonValue json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Chunk content(String json) {
    return new Chunk(json(json), Chunk.Kind.CONTENT, null);
  }

  public static Chunk empty() {
    return new Chunk(json("{\"empty\":1}"), Chunk.Kind.EMPTY, null);
  }

  public static Chunk usage(String json) {
    JsonValue value = json(json);
    return new Chunk(value, Chunk.Kind.USAGE, TokenUsage.read(value.get("usage")));
  }

  public static DocumentEvent chunks(Chunk... chunks) {
    return new DocumentEvent.Chunks(Arrays.asList(chunks));
  }

  public static DocumentEvent whole(String json) {
    JsonValue value = json(json);
    return new DocumentEvent.Whole(value, TokenUsage.read(value.get("usage")));
  }

  public static CallHead head(String model) {
    return new CallHead(model, false, false, Set.of(Modality.TEXT), Set.of(Modality.TEXT));
  }

  public static DocumentCall call(CallKind kind, CallHead head) {
    return new DocumentCall(
        kind, json("{\"model\":\"" + head.model() + "\"}"), head, "req_1", Map.of(), Caller.ANYONE);
  }
}
