package dev.parley.testkit.openai;

import dev.parley.testkit.content.Tone;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of its reply vllm-omni writes and speaks. Compressed formats are accepted but hold WAV
 * bytes: the fake has no encoder.
 *
 * @param text whether text was asked for
 * @param audio whether audio was asked for
 * @param format the audio format as asked
 * @param words words spoken
 */
record OmniSpeech(boolean text, boolean audio, String format, int words) {
  private static final Set<String> FORMATS = Set.of("wav", "pcm", "pcm16", "flac", "mp3", "opus");

  static OmniSpeech of(ChatCall call) {
    var modalities = call.body().path("modalities");
    var all = modalities.isMissingNode() || modalities.isNull();
    if (!all && !modalities.isArray()) {
      throw Refusal.invalid("'modalities' must be a list of strings.", "modalities");
    }
    for (var item : modalities) {
      if (!item.isTextual()) {
        throw Refusal.invalid("'modalities' must be a list of strings.", "modalities");
      }
      if (!Set.of("text", "audio").contains(item.asText())) {
        throw Refusal.invalid("Unsupported output modalities: " + item.asText(), "modalities");
      }
    }
    var format = call.body().path("audio").path("format").asText("wav");
    if (!FORMATS.contains(format)) {
      throw Refusal.invalid("Unsupported audio format: " + format, "audio.format");
    }
    return new OmniSpeech(
        all || call.wants("text"),
        all || call.wants("audio"),
        format,
        Words.count(call.said().text()));
  }

  boolean raw() {
    return format.startsWith("pcm");
  }

  int millis() {
    return words * Tone.MILLIS_PER_WORD;
  }

  /** The whole sound in the asked format. */
  byte[] whole() {
    return packed(Tone.pcm(millis()));
  }

  /** The sound word by word; unless raw, each piece is a complete file. */
  List<byte[]> pieces() {
    var pieces = new ArrayList<byte[]>();
    for (var i = 0; i < words; i++) {
      pieces.add(packed(Tone.pcm(i * Tone.MILLIS_PER_WORD, Tone.MILLIS_PER_WORD)));
    }
    return pieces;
  }

  private byte[] packed(byte[] pcm) {
    return raw() ? pcm : Tone.wav(pcm);
  }
}
