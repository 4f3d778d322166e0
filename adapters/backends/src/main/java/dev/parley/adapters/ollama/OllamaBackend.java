package dev.parley.adapters.ollama;

import dev.parley.adapters.dialect.Continuation;
import dev.parley.adapters.dialect.Probe;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ChatModel;
import dev.parley.core.spi.Embedder;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Recognizer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** One Ollama server. */
final class OllamaBackend implements Backend {

  private final BackendClient client;

  OllamaBackend(BackendClient client) {
    this.client = client;
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<ChatModel> chat() {
    return Optional.of(new Chat());
  }

  /** Its own route for continuing a text takes one prompt and applies a chat template to it. */
  @Override
  public Optional<Embedder> embedding() {
    return Optional.of(this::embed);
  }

  /** Only models that hear can; a model list says which do. */
  @Override
  public Optional<Recognizer> recognition() {
    return Optional.of(new OllamaRecognizer(client));
  }

  private final class Chat implements ChatModel {
    @Override
    public Flow.Publisher<DocumentEvent> chat(DocumentCall call, Target target) {
      Supplier<DocumentReader> reader =
          call.head().stream()
              ? () -> new LineReader(call, target)
              : () -> new ReplyReader(call, target, spec().responseBytesMax());
      return client.exchange(call, target, "/api/chat", () -> ChatRequest.of(call, target), reader);
    }

    @Override
    public Optional<JsonValue> continued(DocumentCall call, String prefix) {
      return Continuation.TRAILING.of(call, prefix);
    }
  }

  private Flow.Publisher<DocumentEvent> embed(DocumentCall call, Target target) {
    return client.exchange(
        call,
        target,
        "/api/embed",
        () -> EmbedRequest.of(call, target),
        () -> new EmbedReader(call, target, spec().responseBytesMax()));
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return Probe.of(client, "/api/version");
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client.get("/api/tags").thenApply(answer -> TagList.read(spec().id(), answer));
  }

  @Override
  public void close() {
    client.close();
  }
}
