package dev.parley.adapters.dialect;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.DocumentCall;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of server departs from OpenAI.
 *
 * @param type the configuration's name for this kind
 * @param defaults what its models can do when nobody says
 * @param health path of its health route; empty when it has none and its model list is asked
 *     instead
 * @param usageOption whether it must be asked for the usage of a stream
 * @param dimensions whether its embeddings can be shortened
 * @param request changes a document for this server, after the model was set
 * @param chunks makes the reader of one stream's chunks
 * @param whole changes the answer of a call that does not stream
 */
public record Quirks(
    String type,
    Set<Capability> defaults,
    String health,
    UsageOption usageOption,
    Dimensions dimensions,
    RequestEdit request,
    Supplier<ChunkEdit> chunks,
    WholeEdit whole) {

  /** Whether {@code stream_options.include_usage} is understood. */
  public enum UsageOption {
    ASK,
    ALWAYS_SENT
  }

  /** Whether {@code dimensions} is understood. */
  public enum Dimensions {
    SUPPORTED,
    UNSUPPORTED
  }

  /** A server that does what OpenAI does. */
  public static Quirks none(String type) {
    return new Quirks(
        type,
        Set.of(Capability.CHAT, Capability.COMPLETION, Capability.EMBEDDING),
        "",
        UsageOption.ASK,
        Dimensions.SUPPORTED,
        (_, document) -> document,
        () -> chunk -> chunk,
        (_, body) -> body);
  }

  public Quirks withDefaults(Set<Capability> other) {
    return new Quirks(type, other, health, usageOption, dimensions, request, chunks, whole);
  }

  public Quirks withHealth(String path) {
    return new Quirks(type, defaults, path, usageOption, dimensions, request, chunks, whole);
  }

  public Quirks withUsageOption(UsageOption other) {
    return new Quirks(type, defaults, health, other, dimensions, request, chunks, whole);
  }

  public Quirks withDimensions(Dimensions other) {
    return new Quirks(type, defaults, health, usageOption, other, request, chunks, whole);
  }

  public Quirks withRequest(RequestEdit other) {
    return new Quirks(type, defaults, health, usageOption, dimensions, other, chunks, whole);
  }

  public Quirks withChunks(Supplier<ChunkEdit> other) {
    return new Quirks(type, defaults, health, usageOption, dimensions, request, other, whole);
  }

  public Quirks withWhole(WholeEdit other) {
    return new Quirks(type, defaults, health, usageOption, dimensions, request, chunks, other);
  }

  /** Changes a request document. */
  @FunctionalInterface
  public interface RequestEdit {
    JsonValue edit(DocumentCall call, JsonValue document);
  }

  /** Changes a chunk of a stream; null drops it. Made anew for each stream, so it may remember. */
  @FunctionalInterface
  public interface ChunkEdit {
    @Nullable JsonValue edit(JsonValue chunk);
  }

  /** Changes a whole answer. */
  @FunctionalInterface
  public interface WholeEdit {
    JsonValue edit(DocumentCall call, JsonValue body);
  }
}
