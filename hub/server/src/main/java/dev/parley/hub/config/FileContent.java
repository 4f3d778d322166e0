package dev.parley.hub.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a file holds at one moment, to be compared with another. */
sealed interface FileContent {

  record Absent() implements FileContent {}

  /** There, but closed to the hub. */
  record Unreadable() implements FileContent {}

  /** The first bytes, up to just past the size that a configuration may have. */
  record Bytes(ByteBuffer head) implements FileContent {}

  static FileContent of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new Bytes(ByteBuffer.wrap(in.readNBytes(YamlText.BYTES_MAX + 1)));
    } catch (NoSuchFileException e) {
      return new Absent();
    } catch (IOException e) {
      return new Unreadable();
    }
  }
}
