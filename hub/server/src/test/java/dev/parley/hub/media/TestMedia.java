package dev.parley.hub.media;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.OwnConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the hub does with sound, without any model, for tests of what stands on it. */
public final class TestMedia {

  /** No model is there. */
  public static final Kernels.ModelFiles NO_MODELS =
      new Kernels.ModelFiles() {
        @Override
        public boolean isThere(String model) {
          return false;
        }

        @Override
        public Optional<List<byte[]>> read(String model) {
          return Optional.empty();
        }
      };

  private TestMedia() {}

  /** Keeps what it keeps in a folder of the test. */
  public static Media in(Path folder) {
    try {
      return Media.open(OwnConfig.DEFAULT, folder, NO_MODELS, Clock.system(), _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
