package dev.parley.hub.media.model;

import dev.parley.hub.media.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of models lie. A file is given out only when its size and its hash are those of
 * the catalogue, so whoever reads need not check again. Blocking; any thread.
 */
public final class ModelFolder {

  /** Names another folder of models than that in the data directory. */
  public static final String VARIABLE = "PARLEY_MODELS";

  private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);
  private static final String NAME = "models";

  private final Path path;

  /** A folder that holds models; it need not exist. */
  public ModelFolder(Path path) {
    this.path = path;
  }

  /** The usual folder, in the data directory. */
  public static ModelFolder in(Path dataDirectory) {
    return new ModelFolder(dataDirectory.resolve(NAME));
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** Where a file belongs. */
  public Path place(ModelFile file) {
    return path.resolve(file.fileName());
  }

  /** Whether a file can be used; reads it. */
  public ModelState state(ModelFile file) {
    return look(file).state();
  }

  /**
   * A file's bytes; empty, with a line for the operator, when it is there and not the right one.
   */
  public Optional<byte[]> read(ModelFile file) {
    Look look = look(file);
    return switch (look.state()) {
      case ModelState.Present() -> look.bytes();
      case ModelState.Missing() -> Optional.empty();
      case ModelState.Damaged(String why) -> {
        log.warn("not used: {}", why);
        yield Optional.empty();
      }
    };
  }

  private record Look(ModelState state, Optional<byte[]> bytes) {}

  private Look look(ModelFile file) {
    Path place = place(file);
    try (InputStream in = Files.newInputStream(place)) {
      byte[] bytes = in.readNBytes((int) file.bytes() + 1);
      Optional<String> fault = fault(file, place, bytes);
      return fault.isPresent()
          ? damaged(fault.get())
          : new Look(new ModelState.Present(), Optional.of(bytes));
    } catch (NoSuchFileException e) {
      return new Look(new ModelState.Missing(), Optional.empty());
    } catch (IOException e) {
      return damaged(place + ": cannot be read (" + e + ")");
    }
  }

  private static Look damaged(String why) {
    return new Look(new ModelState.Damaged(why), Optional.empty());
  }

  /** What is wrong with bytes that claim to be a file; {@code bytes} may end after one too many. */
  static Optional<String> fault(ModelFile file, Path place, byte[] bytes) {
    if (bytes.length != file.bytes()) {
      String found = bytes.length > file.bytes() ? "more" : bytes.length + " bytes";
      return Optional.of(place + ": found " + found + " (expected: " + file.bytes() + " bytes)");
    }
    String sha256 = Sha256.hex(bytes);
    return sha256.equals(file.sha256())
        ? Optional.empty()
        : Optional.of(place + ": found sha256 " + sha256 + " (expected: " + file.sha256() + ")");
  }
}
