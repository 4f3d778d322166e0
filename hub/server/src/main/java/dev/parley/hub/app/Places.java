package dev.parley.hub.app;

import dev.parley.core.time.Clock;
import dev.parley.hub.access.Keys;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.model.ModelFolder;
import dev.parley.hub.usage.Ledger;
import dev.parley.hub.voice.Placement;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the hub keeps things on this machine.
 *
 * @param data folder of everything that it stores
 * @param models folder of model files; empty: the one of the configuration, or {@code models} in
 *     the data folder
 */
public record Places(Path data, Optional<Path> models) {

  /** The data folder where nothing else is said. */
  static final String DATA_DEFAULT = "data";

  static final String DATA_VARIABLE = "PARLEY_DATA";

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Local");

  /** Everything below one folder. */
  public static Places in(Path data) {
    return new Places(data, Optional.empty());
  }

  /** What the command line says, else the environment, else the usual. */
  static Places of(Optional<String> data, Shell shell) {
    Function<String, @Nullable String> environment = shell.environment();
    String said = data.orElseGet(() -> orElse(environment.apply(DATA_VARIABLE), DATA_DEFAULT));
    return new Places(
        shell.directory().resolve(said),
        Optional.ofNullable(environment.apply(ModelFolder.VARIABLE))
            .filter(text -> !text.isBlank())
            .map(shell.directory()::resolve));
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }

  /** The folder in which models are found. */
  Path modelFolder(OwnConfig config) {
    return models
        .or(() -> config.local().models().map(Path::of))
        .orElseGet(() -> data.resolve("models"));
  }

  Media open(OwnConfig config, Clock clock) {
    try {
      return Media.open(
          config, data, new LocalModels(new ModelFolder(modelFolder(config))), clock, log::warn);
    } catch (IOException e) {
      throw new CannotStoreException(data, e);
    }
  }

  /** Reads the keys; waits for their database. */
  Keys keys(OwnConfig config, Clock clock) {
    return Keys.open(config.access(), config.database(), data, clock, new SecureRandom());
  }

  /** Nothing is opened yet. */
  VoiceLibrary voices(
      OwnConfig config, Media media, Clock clock, Consumer<List<Placement>> withdrawn) {
    return VoiceLibrary.open(
        config.database(),
        data,
        new RecordingDesk(media.sounds(), config.voices()),
        clock,
        new SecureRandom()::nextLong,
        withdrawn);
  }

  Ledger usage(OwnConfig config, Clock clock) {
    try {
      return Ledger.open(config.database(), data, config.usage(), clock);
    } catch (IOException e) {
      throw new CannotStoreException(data, e);
    }
  }
}
