package dev.parley.hub.edge.audio;

import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.media.Incoming;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.media.Sound;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read: its values, and the sound that it brought or named. Holds the sound's
 * bytes until it is closed.
 */
final class Form implements AutoCloseable {

  private final Fields fields;
  private final MediaDesk media;
  private final @Nullable Incoming file;
  private final byte @Nullable [] content;

  Form(Fields fields, MediaDesk media, @Nullable Incoming file, byte @Nullable [] content) {
    this.fields = fields;
    this.media = media;
    this.file = file;
    this.content = content;
  }

  Fields fields() {
    return fields;
  }

  /** The one sound of the request. */
  Sound sound() {
    AudioFormat declared = fields.declared();
    if (file != null) {
      return file.sound(declared);
    }
    if (content != null) {
      return Sound.of(content, declared);
    }
    String name =
        fields
            .text("media")
            .orElseThrow(() ->
                Fields.invalid("file", "missing", "the sound, or the name of an upload as media"));
    return media.stored(name, declared);
  }

  @Override
  public void close() {
    if (file != null) {
      file.drop();
    }
  }
}
