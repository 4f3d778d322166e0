package dev.parley.adapters.openai;

import dev.parley.adapters.dialect.Continuation;
import dev.parley.adapters.dialect.DialectBackend;
import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of server that need no code of their own, only a few facts. */
public final class OpenAiTypes {

  private OpenAiTypes() {}

  /** All of them, on a transport. */
  public static List<BackendType> all(HttpTransport transport) {
    return List.of(
        type(transport, openai(), SpeechTypes.openai()),
        type(transport, vllm(), null),
        type(transport, llamaServer(), null),
        type(transport, openRouter(), SpeechTypes.openRouter()),
        type(transport, speaches(), SpeechTypes.speaches()),
        type(transport, kokoro(), SpeechTypes.kokoro()));
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

  /** Speech both ways, and chat that it hands on to another server. Its 403 is a wrong key. */
  private static Quirks speaches() {
    return Quirks.none("speaches")
        .withDefaults(Set.of(Capability.TTS, Capability.STT))
        .withHealth("/health")
        .withFailures(OpenAiTypes::wrongKey);
  }

  /** Kokoro-FastAPI: one model, many voices, and blends of them. */
  private static Quirks kokoro() {
    return Quirks.none("kokoro").withDefaults(Set.of(Capability.TTS)).withHealth("/health");
  }

  private static HubError wrongKey(Target target, HubError error) {
    return error instanceof HubError.BackendRejected refused && refused.status() == 403
        ? new HubError.BackendFailed(
            target,
            OptionalInt.of(403),
            "it refused the hub's credentials (check auth of this backend)",
            HubError.Reached.BACKEND)
        : error;
  }

  private static boolean tellsSpeakersApart(Quirks quirks) {
    return quirks.type().equals("speaches");
  }

  private static BackendType type(
      HttpTransport transport, Quirks quirks, @Nullable SpeechQuirks speech) {
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
        BackendClient client = transport.open(spec);
        return new DialectBackend(
            client,
            quirks,
            new DialectBackend.Abilities(
                Optional.ofNullable(speech).map(facts -> new OpenAiSpeech(client, quirks, facts)),
                Optional.empty(),
                tellsSpeakersApart(quirks)
                    ? Optional.of(new SpeachesSpeakers(client, quirks))
                    : Optional.empty()));
      }
    };
  }
}
