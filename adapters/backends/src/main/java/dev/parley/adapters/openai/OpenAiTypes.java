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
        type(transport, openai(), Sound.of(SpeechTypes.openai(), RecognitionTypes.openai())),
        type(transport, vllm(), Sound.heard(RecognitionTypes.vllm())),
        type(transport, llamaServer(), Sound.heard(RecognitionTypes.llamaServer())),
        type(
            transport,
            openRouter(),
            Sound.of(SpeechTypes.openRouter(), RecognitionTypes.openRouter())),
        type(
            transport,
            speaches(),
            new Sound(SpeechTypes.speaches(), RecognitionTypes.speaches(), true)),
        type(transport, kokoro(), new Sound(SpeechTypes.kokoro(), null, false)));
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

  /**
   * What a kind of server does with sound.
   *
   * @param speech how it speaks; null: it does not
   * @param recognition how it writes down speech; null: it does not
   * @param speakers whether it tells speakers apart as speaches does
   */
  private record Sound(
      @Nullable SpeechQuirks speech, @Nullable RecognitionQuirks recognition, boolean speakers) {

    static Sound of(SpeechQuirks speech, RecognitionQuirks recognition) {
      return new Sound(speech, recognition, false);
    }

    static Sound heard(RecognitionQuirks recognition) {
      return new Sound(null, recognition, false);
    }

    DialectBackend.Abilities on(BackendClient client, Quirks quirks) {
      return new DialectBackend.Abilities(
          Optional.ofNullable(speech).map(facts -> new OpenAiSpeech(client, quirks, facts)),
          Optional.ofNullable(recognition)
              .map(facts -> new OpenAiRecognition(client, quirks, facts)),
          speakers ? Optional.of(new SpeachesSpeakers(client, quirks)) : Optional.empty());
    }
  }

  private static BackendType type(HttpTransport transport, Quirks quirks, Sound sound) {
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
        return new DialectBackend(client, quirks, sound.on(client, quirks));
      }
    };
  }
}
