package dev.parley.adapters.dialect;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Reclassified;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ChatModel;
import dev.parley.core.spi.Diarizer;
import dev.parley.core.spi.Embedder;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.spi.Recognizer;
import dev.parley.core.spi.Synthesizer;
import dev.parley.core.spi.TextModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** A backend that speaks OpenAI's dialect, with the departures that its quirks name. */
public final class DialectBackend implements Backend {

  private final BackendClient client;
  private final Quirks quirks;
  private final Abilities abilities;

  /** What a server can do besides text, in the ways that its own package knows. */
  public record Abilities(
      Optional<Synthesizer> speech,
      Optional<Recognizer> recognition,
      Optional<Diarizer> diarization) {

    /** Nothing. */
    public static final Abilities NONE =
        new Abilities(Optional.empty(), Optional.empty(), Optional.empty());
  }

  public DialectBackend(BackendClient client, Quirks quirks) {
    this(client, quirks, Abilities.NONE);
  }

  /** A backend that can do more than text. */
  public DialectBackend(BackendClient client, Quirks quirks, Abilities abilities) {
    this.client = client;
    this.quirks = quirks;
    this.abilities = abilities;
  }

  @Override
  public BackendSpec spec() {
    return client.spec();
  }

  @Override
  public Optional<ChatModel> chat() {
    return Optional.of(new Chat());
  }

  @Override
  public Optional<TextModel> completion() {
    return Optional.of((call, target) -> send(call, target, "/v1/completions"));
  }

  @Override
  public Optional<Embedder> embedding() {
    return Optional.of((call, target) -> send(call, target, "/v1/embeddings"));
  }

  @Override
  public Optional<Synthesizer> speech() {
    return abilities.speech();
  }

  @Override
  public Optional<Recognizer> recognition() {
    return abilities.recognition();
  }

  @Override
  public Optional<Diarizer> diarization() {
    return abilities.diarization();
  }

  private final class Chat implements ChatModel {
    @Override
    public Flow.Publisher<DocumentEvent> chat(DocumentCall call, Target target) {
      return send(call, target, "/v1/chat/completions");
    }

    @Override
    public Optional<JsonValue> continued(DocumentCall call, String prefix) {
      return quirks.continuation().of(call, prefix);
    }
  }

  private Flow.Publisher<DocumentEvent> send(DocumentCall call, Target target, String path) {
    Supplier<JsonValue> body = () -> RequestDocument.prepare(call, target, quirks);
    long bytesMax = client.spec().responseBytesMax();
    if (call.head().stream() && call.kind() != CallKind.EMBEDDING) {
      return inOwnWords(
          target,
          client.exchange(
              call, target, path, body, () -> new StreamReader(call, target, quirks, bytesMax)));
    }
    return inOwnWords(
        target,
        client.exchange(
            call, target, path, body, () -> new WholeReader(call, target, quirks, bytesMax)));
  }

  private Flow.Publisher<DocumentEvent> inOwnWords(
      Target target, Flow.Publisher<DocumentEvent> events) {
    return new Reclassified<>(events, error -> quirks.failures().edit(target, error));
  }

  @Override
  public CompletableFuture<BackendStatus> probe() {
    return Probe.of(client, quirks.health().isEmpty() ? "/v1/models" : quirks.health());
  }

  @Override
  public CompletableFuture<List<ModelInfo>> models() {
    return client.get("/v1/models").thenApply(answer -> ModelList.read(client.spec().id(), answer));
  }

  @Override
  public void close() {
    client.close();
  }
}
