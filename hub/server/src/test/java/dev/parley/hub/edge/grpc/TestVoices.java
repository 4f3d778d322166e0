package dev.parley.hub.edge.grpc;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.VoicesConfig;
import dev.parley.hub.media.Media;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceLibrary;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A library without voices, which is not opened before it is asked. */
final class TestVoices {

  private TestVoices() {}

  static VoiceDirectory in(Path data, Media media) {
    VoiceLibrary library =
        VoiceLibrary.open(
            Optional.empty(),
            data,
            new RecordingDesk(media.sounds(), VoicesConfig.DEFAULT),
            Clock.system(),
            new SecureRandom()::nextLong,
            _ -> {});
    return new VoiceDirectory(library, () -> CompletableFuture.completedFuture(List.of()));
  }
}
