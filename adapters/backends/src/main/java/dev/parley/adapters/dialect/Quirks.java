package dev.parley.adapters.dialect;

import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Capability;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How one kind of server departs from OpenAI.
 *
 * @param type the configuration's name for this kind
 * @param defaults what its models can do when nobody says
 * @param health path of its health route; empty when it has none and its model list is asked
 *     instead
 * @param usageOption whether it must be asked for the usage of a stream
 * @param dimensions whether its embeddings can be shortened
 * @param continuation how it takes up an answer that broke off
 * @param request changes a document for this server, after the model was set
 * @param chunks changes the chunks of a stream
 * @param whole changes the answer of a call that does not stream
 * @param failures says what a refusal means where this server means something of its own
 */
public record Quirks(
    String type,
    Set<Capability> defaults,
    String health,
    UsageOption usageOption,
    Dimensions dimensions,
    Continuation continuation,
    RequestEdit request,
    ChunkEditor chunks,
    WholeEdit whole,
    FailureEdit failures) {

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
        Continuation.NONE,
        (_, document) -> document,
        (_, _) -> (chunk, out) -> out.accept(chunk),
        (_, body) -> body,
        (_, error) -> error);
  }

  public Quirks withDefaults(Set<Capability> other) {
    return new Quirks(
        type,
        other,
        health,
        usageOption,
        dimensions,
        continuation,
        request,
        chunks,
        whole,
        failures);
  }

  public Quirks withHealth(String path) {
    return new Quirks(
        type,
        defaults,
        path,
        usageOption,
        dimensions,
        continuation,
        request,
        chunks,
        whole,
        failures);
  }

  public Quirks withUsageOption(UsageOption other) {
    return new Quirks(
        type, defaults, health, other, dimensions, continuation, request, chunks, whole, failures);
  }

  public Quirks withDimensions(Dimensions other) {
    return new Quirks(
        type, defaults, health, usageOption, other, continuation, request, chunks, whole, failures);
  }

  public Quirks withContinuation(Continuation other) {
    return new Quirks(
        type, defaults, health, usageOption, dimensions, other, request, chunks, whole, failures);
  }

  public Quirks withRequest(RequestEdit other) {
    return new Quirks(
        type,
        defaults,
        health,
        usageOption,
        dimensions,
        continuation,
        other,
        chunks,
        whole,
        failures);
  }

  public Quirks withChunks(ChunkEditor other) {
    return new Quirks(
        type,
        defaults,
        health,
        usageOption,
        dimensions,
        continuation,
        request,
        other,
        whole,
        failures);
  }

  public Quirks withWhole(WholeEdit other) {
    return new Quirks(
        type,
        defaults,
        health,
        usageOption,
        dimensions,
        continuation,
        request,
        chunks,
        other,
        failures);
  }

  public Quirks withFailures(FailureEdit other) {
    return new Quirks(
        type,
        defaults,
        health,
        usageOption,
        dimensions,
        continuation,
        request,
        chunks,
        whole,
        other);
  }

  /** Changes a request document. */
  @FunctionalInterface
  public interface RequestEdit {
    JsonValue edit(DocumentCall call, JsonValue document);
  }

  /** Makes the edit of one stream. */
  @FunctionalInterface
  public interface ChunkEditor {
    ChunkEdit open(DocumentCall call, Target target);
  }

  /** Changes the chunks of one stream, and may remember what it saw. */
  @FunctionalInterface
  public interface ChunkEdit {

    /** Hands on what becomes of a chunk: itself, another, several, or nothing. */
    void edit(JsonValue chunk, Consumer<JsonValue> out);

    /** The stream's own end mark came; hands on what was held back. */
    default void end(Consumer<JsonValue> out) {}
  }

  /** Changes a whole answer. */
  @FunctionalInterface
  public interface WholeEdit {
    JsonValue edit(DocumentCall call, JsonValue body);
  }

  /** Changes what a failure is called. */
  @FunctionalInterface
  public interface FailureEdit {
    HubError edit(Target target, HubError error);
  }
}
