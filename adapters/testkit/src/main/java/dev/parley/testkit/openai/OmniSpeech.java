package dev.parley.testkit.openai;

import dev.parley.testkit.content.Tone;
import dev.parley.testkit.content.Words;
import java.util.ArrayList;
import java.util.Arrays;
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
 * @param read the samples of a text that is read aloud, empty when words are answered
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record OmniSpeech(boolean text, boolean audio, String format, int words, byte[] read) {
  /** A tenth of a second at 24 kHz. */
  private static final int READ_PIECE_BYTES = 4_800;

  private static final Set<String> FORMATS = Set.of("wav", "pcm", "pcm16", "flac", "mp3", "opus");

  static OmniSpeech of(ChatCall call, SpeechRoute route) {
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
        Words.count(call.said().text()),
        call.readsAloud() ? route.pcm(call.heard().plainText(), Tone.SAMPLE_RATE) : new byte[0]);
  }

  boolean raw() {
    return format.startsWith("pcm");
  }

  int millis() {
    return read.length > 0
        ? read.length / 2 * 1000 / Tone.SAMPLE_RATE
        : words * Tone.MILLIS_PER_WORD;
  }

  /** The whole sound in the asked format. */
  byte[] whole() {
    return packed(read.length > 0 ? read : Tone.pcm(millis()));
  }

  /** The sound word by word; unless raw, each piece is a complete file. */
  List<byte[]> pieces() {
    var pieces = new ArrayList<byte[]>();
    for (var from = 0; from < read.length; from += READ_PIECE_BYTES) {
      var to = Math.min(read.length, from + READ_PIECE_BYTES);
      pieces.add(packed(Arrays.copyOfRange(read, from, to)));
    }
    if (read.length > 0) {
      return pieces;
    }
    for (var i = 0; i < words; i++) {
      pieces.add(packed(Tone.pcm(i * Tone.MILLIS_PER_WORD, Tone.MILLIS_PER_WORD)));
    }
    return pieces;
  }

  private byte[] packed(byte[] pcm) {
    return raw() ? pcm : Tone.wav(pcm);
  }
}
