package dev.parley.hub.dispatch;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.cache.CacheKey;
import dev.parley.hub.cache.CacheKeyText;
import dev.parley.hub.cache.Question;
import dev.parley.hub.config.CachingConfig;
import dev.parley.hub.telemetry.CallRecord;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** Which documents ask for what can be given again, and what makes two of them the same. */
public final class DocumentQuestion {

  private static final int EVENT_BYTES = 128;

  /** They say who asks and how soon, not what. */
  private static final Set<String> WITHOUT =
      Set.of(
          "user",
          "metadata",
          "prompt_cache_key",
          "safety_identifier",
          "service_tier",
          "stream_options");

  private DocumentQuestion() {}

  /**
   * Whether the same document has the same answer: vectors do, and what is said without chance.
   * What the caller wants to be stored elsewhere has to get there.
   */
  static boolean isRepeatable(DocumentCall call) {
    if (call.kind() == CallKind.EMBEDDING) {
      return true;
    }
    JsonValue temperature = call.document().get("temperature");
    JsonValue store = call.document().get("store");
    return temperature != null
        && temperature.isNumber()
        && temperature.asDouble() == 0
        && (store == null || !store.isBoolean() || !store.asBoolean());
  }

  static Question<DocumentEvent> of(
      DocumentCall call, CachingConfig caching, CallRecord record, ScheduledExecutorService loop) {
    return new Question<>(
        key(call, caching),
        call.caller().cache(),
        caching.age(),
        record,
        loop,
        DocumentQuestion::lean,
        DocumentQuestion::bytes);
  }

  private static CacheKey key(DocumentCall call, CachingConfig caching) {
    CacheKeyText text = new CacheKeyText();
    asker(text, call.caller(), caching);
    text.add(call.head().model()).add(call.head().stream() ? "stream" : "whole");
    return text.add(call.document(), WITHOUT).key(call.kind().wireName());
  }

  /** Whose answers may be given, and all that sends calls of equal documents different ways. */
  public static void asker(CacheKeyText text, Caller caller, CachingConfig caching) {
    text.add(
            switch (caching.shared()) {
              case KEY -> "key " + caller.key();
              case OWNER -> "owner " + caller.owner();
              case EVERYONE -> "everyone";
            })
        .add(caller.backend())
        .add(caller.privacy().name())
        .add(String.join(",", caller.tags().stream().sorted().toList()))
        .add(String.join(",", caller.scope().backends().stream().sorted().toList()));
  }

  /** Without the buffers of the network that its values are views of. */
  private static DocumentEvent lean(DocumentEvent event) {
    return switch (event) {
      case DocumentEvent.Opened opened -> opened;
      case DocumentEvent.Whole(var body, var usage) -> new DocumentEvent.Whole(own(body), usage);
      case DocumentEvent.Chunks(var chunks) ->
          new DocumentEvent.Chunks(
              chunks.stream()
                  .map(chunk -> new Chunk(own(chunk.json()), chunk.kind(), chunk.usage()))
                  .toList());
    };
  }

  private static JsonValue own(JsonValue value) {
    return value.length() == value.source().length ? value : Json.parse(value.toBytes());
  }

  private static long bytes(DocumentEvent event) {
    return switch (event) {
      case DocumentEvent.Opened _ -> EVENT_BYTES;
      case DocumentEvent.Whole(var body, _) -> body.length() + EVENT_BYTES;
      case DocumentEvent.Chunks(var chunks) ->
          chunks.stream().mapToLong(chunk -> chunk.json().length() + EVENT_BYTES).sum();
    };
  }
}
