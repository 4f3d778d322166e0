package dev.parley.hub.dispatch;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonObject;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.time.Clock;
import dev.parley.hub.resilience.Progress;
import dev.parley.hub.resilience.Work;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A chat, completion or embedding call as the executor sees it. */
final class DocumentWork implements Work<DocumentEvent> {

  private final DocumentCall call;
  private final Function<Target, Backend> backends;
  private final @Nullable Deadline deadline;
  private final boolean remembers;
  private AnswerSoFar soFar = new AnswerSoFar();

  /** The caller's own deadline, which travels on to the backend. */
  record Deadline(Clock clock, long atNanos) {}

  /** What becomes of the answer as it goes by. */
  enum Memory {
    NONE,
    /** It is kept, so that another target can take it up. */
    KEPT
  }

  DocumentWork(
      DocumentCall call,
      Function<Target, Backend> backends,
      @Nullable Deadline deadline,
      Memory memory) {
    this.call = call;
    this.backends = backends;
    this.deadline = deadline;
    this.remembers = memory == Memory.KEPT && call.head().stream();
  }

  @Override
  public Flow.Publisher<DocumentEvent> attempt(Target target) {
    Flow.Publisher<DocumentEvent> answer = send(call, target);
    if (!remembers) {
      return answer;
    }
    soFar = new AnswerSoFar();
    return new Remembered(answer, soFar);
  }

  @Override
  public Progress progress(DocumentEvent event) {
    return switch (event) {
      case DocumentEvent.Opened _ -> Progress.HEAD;
      case DocumentEvent.Whole _ -> Progress.LAST;
      case DocumentEvent.Chunks(var chunks) -> {
        Progress most = Progress.NOTHING;
        for (Chunk chunk : chunks) {
          switch (chunk.kind()) {
            case EMPTY -> {}
            case CONTENT -> most = most == Progress.LAST ? most : Progress.OUTPUT;
            case FINISH, USAGE -> most = Progress.LAST;
          }
        }
        yield most;
      }
    };
  }

  @Override
  public Optional<Flow.Publisher<DocumentEvent>> resume(Target target) {
    return soFar
        .prefix()
        .flatMap(prefix -> continued(target, prefix))
        .map(document -> new Seam(later(call.withDocument(document), target), soFar));
  }

  /** What leaves names the attempt, which is begun when it is subscribed to. */
  private Flow.Publisher<DocumentEvent> later(DocumentCall document, Target target) {
    return subscriber -> send(document, target).subscribe(subscriber);
  }

  private Optional<JsonValue> continued(Target target, String prefix) {
    Optional<JsonValue> document =
        switch (call.kind()) {
          case CHAT -> backends.apply(target).chat().flatMap(chat -> chat.continued(call, prefix));
          case COMPLETION -> longerPrompt(prefix);
          case EMBEDDING -> Optional.empty();
        };
    return document.flatMap(this::withTokensLeft);
  }

  /** Whoever continues a text is given a longer one. */
  private Optional<JsonValue> longerPrompt(String prefix) {
    JsonObject document = call.document().object();
    JsonValue prompt = document.get("prompt");
    if (prompt == null
        || !prompt.isString()
        || document.get("suffix") != null
        || document.get("echo") != null
        || document.get("logprobs") != null) {
      return Optional.empty();
    }
    return Optional.of(
        JsonEdit.of(document).set("prompt", Json.ofString(prompt.asString() + prefix)).apply());
  }

  /** What was said already counts against what the caller wants at most. */
  private Optional<JsonValue> withTokensLeft(JsonValue document) {
    JsonEdit edit = JsonEdit.of(document);
    for (String name : new String[] {"max_tokens", "max_completion_tokens"}) {
      JsonValue most = document.get(name);
      if (most != null && most.isNumber()) {
        long left = (long) most.asDouble() - soFar.tokens();
        if (left < 1) {
          return Optional.empty();
        }
        edit.set(name, Json.ofNumber(left));
      }
    }
    return Optional.of(edit.apply());
  }

  private Flow.Publisher<DocumentEvent> send(DocumentCall document, Target target) {
    Backend backend = backends.apply(target);
    DocumentCall timed = withDeadline(traced(document));
    return switch (document.kind()) {
      case CHAT -> backend.chat().orElseThrow().chat(timed, target);
      case COMPLETION -> backend.completion().orElseThrow().complete(timed, target);
      case EMBEDDING -> backend.embedding().orElseThrow().embed(timed, target);
    };
  }

  private static DocumentCall traced(DocumentCall document) {
    Map<String, String> headers = document.caller().visit().outgoing(document.headers());
    return headers.equals(document.headers()) ? document : document.withHeaders(headers);
  }

  private DocumentCall withDeadline(DocumentCall document) {
    Deadline until = deadline;
    if (until == null) {
      return document;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(until.atNanos() - until.clock().nanoTime());
    return document.withHeader("grpc-timeout", Math.clamp(left, 1, 99_999_999) + "m");
  }
}
