package dev.parley.hub.edge.audio;

import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.media.Incoming;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.media.Sound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read: its values, and the sound that it brought or named. Holds the sound's
 * bytes until it is closed.
 */
public final class Form implements AutoCloseable {

  private final Fields fields;
  private final MediaDesk media;
  private final String field;
  private final List<Incoming> files;
  private final List<String> names;
  private final byte @Nullable [] content;

  /**
   * @param field what messages call the sound
   * @param names of the files, in their order
   */
  Form(
      Fields fields,
      MediaDesk media,
      String field,
      List<Incoming> files,
      List<String> names,
      byte @Nullable [] content) {
    this.fields = fields;
    this.media = media;
    this.field = field;
    this.files = files;
    this.names = names;
    this.content = content;
  }

  /** Its values. */
  public Fields fields() {
    return fields;
  }

  /** The one sound of the request. */
  public Sound sound() {
    AudioFormat declared = fields.declared();
    if (!files.isEmpty()) {
      return files.getFirst().sound(declared);
    }
    if (content != null) {
      return Sound.of(content, declared);
    }
    String name =
        fields
            .text("media")
            .orElseThrow(() ->
                Fields.invalid(field, "missing", "the sound, or the name of an upload as media"));
    return media.stored(name, declared);
  }

  /** The file of that name; fails when it is not there. */
  public Sound file(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw Fields.invalid(name, "missing", "the sound");
    }
    return files.get(at).sound(fields.declared());
  }

  /** All files, in their order. */
  public List<Sound> sounds() {
    AudioFormat declared = fields.declared();
    return files.stream().map(file -> file.sound(declared)).toList();
  }

  @Override
  public void close() {
    files.forEach(Incoming::drop);
  }
}
