package dev.parley.adapters.speech;

import dev.parley.core.json.JsonWriter;
import dev.parley.core.speech.Recording;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes recordings into requests, without looking at each character of the base64. */
public final class RecordedSound {

  private RecordedSound() {}

  /** The file as base64. */
  public static void base64(Recording recording, JsonWriter out) {
    write("", recording.wav(), out);
  }

  /** Any file as base64. */
  public static void base64(byte[] file, JsonWriter out) {
    write("", file, out);
  }

  /** The file as a {@code data:} URI. */
  public static void dataUri(Recording recording, JsonWriter out) {
    write("data:audio/wav;base64,", recording.wav(), out);
  }

  private static void write(String prefix, byte[] file, JsonWriter out) {
    byte[] head = ("\"" + prefix).getBytes(StandardCharsets.US_ASCII);
    byte[] base64 = Base64.getEncoder().encode(file);
    byte[] text = new byte[head.length + base64.length + 1];
    System.arraycopy(head, 0, text, 0, head.length);
    System.arraycopy(base64, 0, text, head.length, base64.length);
    text[text.length - 1] = '"';
    out.raw(text, 0, text.length);
  }
}
