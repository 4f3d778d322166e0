package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.gpu.codec.ByteInput;
import dev.parley.hub.media.store.MediaItem;
import dev.parley.hub.media.store.MediaStore;
import dev.parley.hub.media.store.MediaUpload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sound that a caller brought. What it is can be declared; it is recognised from its bytes
 * otherwise, and nothing is ever taken from a file's name.
 */
public sealed interface Sound {

  /** What it is, and its bytes from the first one on. Waits for the disk where they lie there. */
  Opened open() throws IOException;

  /** What it was said to be. */
  AudioFormat declared();

  /**
   * Its bytes as they were given, from the first one on. Waits for the disk where they lie there.
   */
  default InputStream stream() throws IOException {
    return new SoundStream(open().bytes());
  }

  /** The bytes, closed by whoever opened them. */
  record Opened(AudioFormat declared, ByteInput bytes) {}

  /** Bytes in memory, which must not change. */
  static Sound of(byte[] bytes, AudioFormat declared) {
    return new InMemory(bytes, declared);
  }

  /** An upload that is kept, by the name it was given; unknown names fail when it is opened. */
  static Sound stored(MediaStore store, String name, AudioFormat declared) {
    return new Stored(store, name, declared);
  }

  /** An upload that is complete, but kept for this call alone. */
  static Sound spooled(MediaUpload upload, AudioFormat declared) {
    return new Spooled(upload, declared);
  }

  /** A file that nobody changes. */
  static Sound file(Path path, AudioFormat declared) {
    return new InFile(path, declared);
  }

  /** See {@link #of}. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record InMemory(byte[] content, AudioFormat declared) implements Sound {
    @Override
    public Opened open() {
      return new Opened(declared, ByteInput.of(content));
    }
  }

  /** See {@link #stored}. */
  record Stored(MediaStore store, String name, AudioFormat declared) implements Sound {
    @Override
    public Opened open() {
      MediaItem item =
          store
              .find(name)
              .orElseThrow(() ->
                  new HubException(
                      new HubError.NotFound(
                          HubError.NotFound.Kind.MEDIA, Shown.text(name), Optional.empty())));
      AudioFormat known =
          declared.encoding().isPresent() ? declared : MediaNames.format(item.format());
      return new Opened(known, new ChannelBytes(store.open(name)));
    }
  }

  /** See {@link #spooled}. */
  record Spooled(MediaUpload upload, AudioFormat declared) implements Sound {
    @Override
    public Opened open() {
      return new Opened(declared, new ChannelBytes(upload.readBack()));
    }
  }

  /** See {@link #file}. */
  record InFile(Path path, AudioFormat declared) implements Sound {
    @Override
    public Opened open() throws IOException {
      return new Opened(declared, ByteInput.of(path));
    }
  }
}
