package dev.parley.core.spi;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A deployed inference server, opened for use. Thread-safe. Abilities are asked for once, when the
 * registry lists the backend.
 */
public interface Backend extends AutoCloseable {

  /** The description that it was opened with. */
  BackendSpec spec();

  /** Present when the server can hold a conversation. */
  default Optional<ChatModel> chat() {
    return Optional.empty();
  }

  /** Present when the server can continue a text. */
  default Optional<TextModel> completion() {
    return Optional.empty();
  }

  /** Present when the server can make embeddings. */
  default Optional<Embedder> embedding() {
    return Optional.empty();
  }

  /** Present when the server can speak. */
  default Optional<Synthesizer> speech() {
    return Optional.empty();
  }

  /** Present when the server can write down speech. */
  default Optional<Recognizer> recognition() {
    return Optional.empty();
  }

  /** Present when the server can tell who spoke when. */
  default Optional<Diarizer> diarization() {
    return Optional.empty();
  }

  /** Present when the server can tell whether two recordings are of the same person. */
  default Optional<SpeakerVerifier> verification() {
    return Optional.empty();
  }

  /**
   * Asks the server how it is. Completes within the connect timeout plus 5 s and never
   * exceptionally.
   */
  CompletableFuture<BackendStatus> probe();

  /**
   * Asks the server what it serves, with as many capabilities as it tells. Completes exceptionally
   * with a {@link dev.parley.core.error.HubException} when it cannot be asked.
   */
  CompletableFuture<List<ModelInfo>> models();

  /** Lets go of connections that no call uses; running calls end by themselves. */
  @Override
  void close();
}
