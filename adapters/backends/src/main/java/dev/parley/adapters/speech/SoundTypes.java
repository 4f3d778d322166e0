package dev.parley.adapters.speech;

import com.linecorp.armeria.common.MediaType;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what kind of sound a {@code Content-Type} names. */
final class SoundTypes {

  private static final int MULAW_RATE_HZ = 8_000;
  private static final int RATE_HZ_MAX = 384_000;
  private static final int CHANNELS_MAX = 8;

  private SoundTypes() {}

  /**
   * The format of an answer of that type; empty when the type is no sound. A type that says
   * nothing, such as {@code application/octet-stream}, is what was expected.
   */
  static Optional<AudioFormat> read(String contentType, Expected expected) {
    String bare = bare(contentType);
    AudioEncoding encoding =
        switch (bare) {
          case "", "application/octet-stream", "binary/octet-stream", "audio/*" ->
              expected.encoding();
          case "audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mp3" -> AudioEncoding.MP3;
          case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> AudioEncoding.WAV;
          case "audio/flac", "audio/x-flac" -> AudioEncoding.FLAC;
          case "audio/ogg", "audio/opus", "application/ogg" -> AudioEncoding.OGG_OPUS;
          case "audio/webm" -> AudioEncoding.WEBM_OPUS;
          case "audio/aac", "audio/x-aac", "audio/aacp" -> AudioEncoding.AAC_ADTS;
          case "audio/mp4", "audio/m4a", "audio/x-m4a" -> AudioEncoding.MP4_AAC;
          case "audio/basic" -> AudioEncoding.MULAW;
          // L16 is big-endian by its own rules; the speech servers that say it send little-endian.
          case "audio/pcm", "audio/x-pcm", "audio/raw", "audio/l16" -> AudioEncoding.PCM_S16LE;
          default -> bare.startsWith("audio/") ? expected.encoding() : null;
        };
    return Optional.ofNullable(encoding).map(found -> format(found, contentType, expected));
  }

  private static AudioFormat format(AudioEncoding encoding, String contentType, Expected expected) {
    if (!encoding.isHeaderless()) {
      return AudioFormat.of(encoding, 0, 0);
    }
    int usual = encoding == AudioEncoding.MULAW ? MULAW_RATE_HZ : expected.sampleRateHz();
    return AudioFormat.of(
        encoding,
        parameter(contentType, "rate", 1_000, RATE_HZ_MAX, usual),
        parameter(contentType, "channels", 1, CHANNELS_MAX, 1));
  }

  static String bare(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static int parameter(
      String contentType, String name, int least, int most, int otherwise) {
    try {
      List<String> values = MediaType.parse(contentType).parameters().getOrDefault(name, List.of());
      int value = values.isEmpty() ? otherwise : Integer.parseInt(values.getFirst());
      return value < least || value > most ? otherwise : value;
    } catch (IllegalArgumentException _) {
      return otherwise;
    }
  }
}
