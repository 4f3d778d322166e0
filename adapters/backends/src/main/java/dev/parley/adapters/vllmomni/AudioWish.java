package dev.parley.adapters.vllmomni;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Modality;
import org.jspecify.annotations.Nullable;

/** In which form a call wants to be spoken to. */
enum AudioWish {
  /** Not at all. */
  NONE,
  /** WAV or raw PCM; in a stream both become raw PCM. */
  PCM,
  /** A compressed file. */
  COMPRESSED;

  boolean isSpoken() {
    return this != NONE;
  }

  static AudioWish of(DocumentCall call) {
    if (!call.head().outputs().contains(Modality.AUDIO)) {
      return NONE;
    }
    JsonValue audio = call.document().get("audio");
    return isPcm(audio == null ? null : audio.get("format")) ? PCM : COMPRESSED;
  }

  /** Whether the format is one of those that are samples without compression; WAV when absent. */
  private static boolean isPcm(@Nullable JsonValue format) {
    return format == null
        || isWav(format)
        || format.textEquals("pcm16")
        || format.textEquals("pcm");
  }

  static boolean isWav(@Nullable JsonValue format) {
    return format == null || format.isNull() || format.textEquals("wav");
  }
}
