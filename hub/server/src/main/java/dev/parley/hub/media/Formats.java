package dev.parley.hub.media;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.AudioEncoder;
import dev.parley.gpu.codec.Encoding;
import dev.parley.gpu.codec.Format;
import java.util.Optional;

/** The same formats in the words of callers and in those of the codecs. */
final class Formats {

  private static final int RATE_MAX_HZ = 192_000;
  private static final int RATE_MIN_HZ = 8_000;

  private Formats() {}

  static Encoding encoding(AudioEncoding encoding) {
    return switch (encoding) {
      case PCM_S16LE -> Encoding.PCM_S16LE;
      case PCM_F32LE -> Encoding.PCM_F32LE;
      case MULAW -> Encoding.MULAW;
      case ALAW -> Encoding.ALAW;
      case WAV -> Encoding.WAV;
      case FLAC -> Encoding.FLAC;
      case MP3 -> Encoding.MP3;
      case OGG_OPUS -> Encoding.OGG_OPUS;
      case WEBM_OPUS -> Encoding.WEBM_OPUS;
      case AAC_ADTS -> Encoding.AAC_ADTS;
      case MP4_AAC -> Encoding.MP4_AAC;
    };
  }

  static AudioEncoding encoding(Encoding encoding) {
    return switch (encoding) {
      case PCM_S16LE -> AudioEncoding.PCM_S16LE;
      case PCM_F32LE -> AudioEncoding.PCM_F32LE;
      case MULAW -> AudioEncoding.MULAW;
      case ALAW -> AudioEncoding.ALAW;
      case WAV -> AudioEncoding.WAV;
      case FLAC -> AudioEncoding.FLAC;
      case MP3 -> AudioEncoding.MP3;
      case OGG_OPUS -> AudioEncoding.OGG_OPUS;
      case WEBM_OPUS -> AudioEncoding.WEBM_OPUS;
      case AAC_ADTS -> AudioEncoding.AAC_ADTS;
      case MP4_AAC -> AudioEncoding.MP4_AAC;
    };
  }

  /**
   * What the bytes are declared to be; empty when they tell it themselves.
   *
   * @throws HubException when headerless sound is declared without its rate or channels
   */
  static Optional<Format> declared(AudioFormat format) {
    if (format.encoding().isEmpty()) {
      return Optional.empty();
    }
    AudioEncoding encoding = format.encoding().get();
    if (encoding.isHeaderless()) {
      require("audio.format.sample_rate_hz", format.sampleRateHz(), RATE_MIN_HZ, RATE_MAX_HZ);
      // Telephones have one channel, and callers seldom say so.
      int channels = format.channels() == 0 ? 1 : format.channels();
      require("audio.format.channel_count", channels, 1, 8);
      return Optional.of(
          new Format(encoding(encoding), format.sampleRateHz(), channels, format.bitRateBps()));
    }
    return Optional.of(new Format(encoding(encoding), format.sampleRateHz(), format.channels(), 0));
  }

  /**
   * The whole format to write, where the caller left something open.
   *
   * @param rateHz what the sound has by itself
   * @param channels what the sound has by itself
   * @throws HubException when the encoding cannot have what was asked for
   */
  static AudioFormat wanted(AudioFormat asked, int rateHz, int channels) {
    AudioEncoding encoding = asked.encoding().orElse(AudioEncoding.PCM_S16LE);
    int most = AudioEncoder.channelsMax(encoding(encoding));
    int outChannels = asked.channels() == 0 ? Math.min(channels, most) : asked.channels();
    require("format.channel_count", outChannels, 1, most);
    int rate = asked.sampleRateHz() == 0 ? rateHz : asked.sampleRateHz();
    int nearest = AudioEncoder.rateFor(encoding(encoding), rate);
    if (asked.sampleRateHz() != 0) {
      require("format.sample_rate_hz", rate, RATE_MIN_HZ, RATE_MAX_HZ);
      if (nearest != rate) {
        throw new HubException(
            new HubError.UnsupportedAudio(
                "format.sample_rate_hz",
                rate + " Hz, which " + encoding.wireName() + " cannot have",
                "another rate, such as " + nearest));
      }
    }
    return new AudioFormat(Optional.of(encoding), nearest, outChannels, asked.bitRateBps());
  }

  static Format toWrite(AudioFormat format) {
    return new Format(
        encoding(format.encoding().orElseThrow()),
        format.sampleRateHz(),
        format.channels(),
        format.bitRateBps());
  }

  private static void require(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw new HubException(
          new HubError.InvalidRequest(
              field, value == 0 ? "not given" : Integer.toString(value), min + ".." + max));
    }
  }
}
