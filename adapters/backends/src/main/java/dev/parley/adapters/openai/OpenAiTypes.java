package dev.parley.adapters.openai;

import dev.parley.adapters.dialect.Continuation;
import dev.parley.adapters.dialect.DialectBackend;
import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.List;
import java.util.Set;

/** The kinds of server that need no code of their own, only a few facts. */
public final class OpenAiTypes {

  private OpenAiTypes() {}

  /** All of them, on a transport. */
  public static List<BackendType> all(HttpTransport transport) {
    return List.of(
        type(transport, openai()),
        type(transport, vllm()),
        type(transport, llamaServer()),
        type(transport, openRouter()));
  }

  private static Quirks openai() {
    return Quirks.none("openai");
  }

  private static Quirks vllm() {
    return Quirks.none("vllm").withHealth("/health").withContinuation(Continuation.ASKED_FOR);
  }

  /** One process has one model, for chat or for embeddings; it refuses to shorten vectors. */
  private static Quirks llamaServer() {
    return Quirks.none("llama-server")
        .withHealth("/health")
        .withContinuation(Continuation.TRAILING_WITHOUT_THOUGHT)
        .withDimensions(Quirks.Dimensions.UNSUPPORTED);
  }

  /**
   * Only some of the providers behind it continue an answer, and it does not say which: so none.
   * Sends usage with every stream unasked; the key route is its cheapest authenticated probe.
   */
  private static Quirks openRouter() {
    return Quirks.none("openrouter")
        .withDefaults(Set.of(Capability.CHAT, Capability.EMBEDDING))
        .withHealth("/v1/key")
        .withUsageOption(Quirks.UsageOption.ALWAYS_SENT);
  }

  private static BackendType type(HttpTransport transport, Quirks quirks) {
    return new BackendType() {
      @Override
      public String name() {
        return quirks.type();
      }

      @Override
      public Set<Capability> defaultCapabilities() {
        return quirks.defaults();
      }

      @Override
      public Backend open(BackendSpec spec) {
        return new DialectBackend(transport.open(spec), quirks);
      }
    };
  }
}
