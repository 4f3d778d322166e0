package dev.parley.adapters.vllmomni;

import dev.parley.adapters.dialect.Continuation;
import dev.parley.adapters.dialect.DialectBackend;
import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.model.CallKind;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.BackendType;
import java.util.Optional;
import java.util.Set;

/**
 * vllm-omni: a conversation whose answers may be spoken, or speech by a model made for it. A model
 * is taken for one that converses unless its name says TTS or the operator says otherwise.
 */
public final class VllmOmniType implements BackendType {

  private final HttpTransport transport;
  private final Quirks quirks =
      Quirks.none("vllm-omni")
          .withDefaults(Set.of(Capability.CHAT, Capability.STT))
          .withHealth("/health")
          .withContinuation(Continuation.ASKED_FOR)
          .withRequest((call, document) ->
              call.kind() == CallKind.CHAT ? OmniRequest.edit(call, document) : document)
          .withChunks((call, target) ->
              AudioWish.of(call).isSpoken()
                  ? new OmniStream(call, target)
                  : (chunk, out) -> out.accept(chunk))
          .withWhole((_, body) -> OmniWhole.merged(body));

  public VllmOmniType(HttpTransport transport) {
    this.transport = transport;
  }

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
            Optional.of(new OmniSynthesizer(client, quirks)),
            Optional.of(new OmniRecognizer(client, quirks)),
            Optional.empty()));
  }
}
