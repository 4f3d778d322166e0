package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Scope;
import java.util.Map;
import java.util.Optional;

/**
 * What a key must be for where the hub does the work itself, so that no routing looks at its scope.
 * Goes by the route that was found, which no way of writing a path gets around. Conversion of sound
 * and uploads need nothing.
 */
final class Needs {

  private static final Map<String, Capability> BY_ROUTE =
      Map.ofEntries(
          Map.entry("/audio/denoise", Capability.DENOISE),
          Map.entry("/parley.v1.AudioService/Denoise", Capability.DENOISE),
          Map.entry("/audio/vad", Capability.VAD),
          Map.entry("/v1/audio/speech/timestamps", Capability.VAD),
          Map.entry("/parley.v1.AudioService/DetectSpeech", Capability.VAD),
          Map.entry("/parley.v1.AudioService/StreamingDetectSpeech", Capability.VAD),
          Map.entry("/v1/create_voice_prompt", Capability.VOICE_CLONE),
          Map.entry("/parley.v1.VoiceService/CreateVoice", Capability.VOICE_CLONE),
          Map.entry("/parley.v1.VoiceService/AddReferences", Capability.VOICE_CLONE),
          Map.entry("/parley.v1.VoiceService/DeleteVoice", Capability.VOICE_CLONE));

  private Needs() {}

  /** Fails with Forbidden. */
  static void check(ServiceRequestContext ctx, Scope scope) {
    Optional<Capability> needed = of(ctx.method(), ctx.config().route().patternString());
    if (needed.isPresent() && !scope.allows(needed.get())) {
      throw new HubException(
          new HubError.Forbidden(
              "this key may not be used for " + needed.get().wireName(),
              "ask the operator of this hub for a key that may"));
    }
  }

  static Optional<Capability> of(HttpMethod method, String route) {
    boolean voices =
        route.equals("/voices")
            || route.startsWith("/voices/")
            || route.equals("/v1/audio/voices")
            || route.startsWith("/v1/audio/voices/");
    boolean looks = method == HttpMethod.GET || method == HttpMethod.HEAD;
    return voices && !looks
        ? Optional.of(Capability.VOICE_CLONE)
        : Optional.ofNullable(BY_ROUTE.get(route));
  }
}
