package dev.parley.adapters.vllmomni;

import dev.parley.adapters.speech.WavStripper;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import java.util.Arrays;
import java.util.Base64;

/**
 * The speech of one choice, on its way from base64 in {@code delta.content} to OpenAI's {@code
 * delta.audio}: headers removed, and cut anew so that every piece decodes by itself.
 */
final class SpokenAudio {

  /** Base64 packs 3 bytes; whole samples as well make it 6. */
  private static final int SAMPLES_UNIT = 6;

  private static final int FILE_UNIT = 3;

  /** A transcript beyond this is no longer repeated beside the audio. */
  private static final int TRANSCRIPT_CHARS_MAX = 1 << 20;

  private final WavStripper stripper = new WavStripper();
  private final AudioWish wish;
  private final StringBuilder transcript = new StringBuilder();
  private byte[] kept = {};
  private boolean started;

  SpokenAudio(AudioWish wish) {
    this.wish = wish;
  }

  boolean isStarted() {
    return started;
  }

  /** Text of the answer, which is what the speech says. */
  void says(String text) {
    if (transcript.length() + text.length() <= TRANSCRIPT_CHARS_MAX) {
      transcript.append(text);
    }
  }

  /**
   * The base64 of what can be passed on now; empty when that is nothing.
   *
   * @throws IllegalArgumentException if the text is not base64
   */
  String next(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    byte[] all = joined(wish == AudioWish.PCM ? stripper.strip(bytes) : bytes);
    int unit = wish == AudioWish.PCM ? SAMPLES_UNIT : FILE_UNIT;
    int whole = all.length - all.length % unit;
    kept = Arrays.copyOfRange(all, whole, all.length);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(all, whole));
  }

  /** The base64 of what was kept back. */
  String rest() {
    byte[] all = joined(stripper.end());
    kept = new byte[0];
    return Base64.getEncoder().encodeToString(all);
  }

  /** The {@code audio} member of a delta: its id once, then data and text as they come. */
  JsonValue piece(String id, String data) {
    JsonEdit edit = JsonEdit.of(Json.EMPTY_OBJECT);
    if (!started) {
      started = true;
      edit.set("id", Json.ofString(id));
    }
    if (!data.isEmpty()) {
      edit.set("data", Json.ofString(data));
    }
    if (!transcript.isEmpty()) {
      edit.set("transcript", Json.ofString(transcript.toString()));
      transcript.setLength(0);
    }
    return edit.apply();
  }

  private byte[] joined(byte[] more) {
    if (kept.length == 0) {
      return more;
    }
    byte[] all = Arrays.copyOf(kept, kept.length + more.length);
    System.arraycopy(more, 0, all, kept.length, more.length);
    return all;
  }
}
