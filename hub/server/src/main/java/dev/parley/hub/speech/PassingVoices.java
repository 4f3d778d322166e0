package dev.parley.hub.speech;

import dev.parley.core.speech.KeptVoice;
import dev.parley.core.spi.VoiceKeeper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What servers were given to keep for one call alone: a recording that came with it, or a mixture.
 * When the call ends they are asked to delete it; one that cannot keeps it, and is not given it
 * again. Belongs to one event loop.
 */
final class PassingVoices {

  private final KeptVoices kept;
  private final Map<String, Given> given = new LinkedHashMap<>();

  private record Given(String backend, VoiceKeeper keeper, KeptVoice voice, String name) {}

  PassingVoices(KeptVoices kept) {
    this.kept = kept;
  }

  /** A server has a voice of this call. */
  void given(String backend, VoiceKeeper keeper, KeptVoice voice, String name) {
    given.put(backend + "/" + name, new Given(backend, keeper, voice, name));
  }

  /** The call is over. */
  void end() {
    for (Given one : given.values()) {
      var _ =
          one.keeper()
              .forget(one.name())
              .thenAccept(deleted -> {
                if (deleted) {
                  var _ = kept.lost(one.backend(), one.voice());
                }
              });
    }
    given.clear();
  }
}
