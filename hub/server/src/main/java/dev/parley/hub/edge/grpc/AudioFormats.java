package dev.parley.hub.edge.grpc;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import java.util.Optional;

/** Formats of sound in messages and in the hub. */
final class AudioFormats {

  private AudioFormats() {}

  /** What a message says; nothing when it is absent. */
  static AudioFormat read(dev.parley.proto.v1.AudioFormat message) {
    return new AudioFormat(
        encoding(message.getEncoding()),
        message.getSampleRateHz(),
        message.getChannelCount(),
        message.getBitRateBps());
  }

  private static Optional<AudioEncoding> encoding(dev.parley.proto.v1.AudioEncoding message) {
    return switch (message) {
      // A value that is not in the schema is refused before it comes here.
      case AUDIO_ENCODING_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
      case AUDIO_ENCODING_PCM_S16LE -> Optional.of(AudioEncoding.PCM_S16LE);
      case AUDIO_ENCODING_PCM_F32LE -> Optional.of(AudioEncoding.PCM_F32LE);
      case AUDIO_ENCODING_MULAW -> Optional.of(AudioEncoding.MULAW);
      case AUDIO_ENCODING_ALAW -> Optional.of(AudioEncoding.ALAW);
      case AUDIO_ENCODING_WAV -> Optional.of(AudioEncoding.WAV);
      case AUDIO_ENCODING_FLAC -> Optional.of(AudioEncoding.FLAC);
      case AUDIO_ENCODING_MP3 -> Optional.of(AudioEncoding.MP3);
      case AUDIO_ENCODING_OGG_OPUS -> Optional.of(AudioEncoding.OGG_OPUS);
      case AUDIO_ENCODING_WEBM_OPUS -> Optional.of(AudioEncoding.WEBM_OPUS);
      case AUDIO_ENCODING_AAC_ADTS -> Optional.of(AudioEncoding.AAC_ADTS);
      case AUDIO_ENCODING_MP4_AAC -> Optional.of(AudioEncoding.MP4_AAC);
    };
  }

  /** The same as a message. */
  static dev.parley.proto.v1.AudioFormat write(AudioFormat format) {
    return dev.parley.proto.v1.AudioFormat.newBuilder()
        .setEncoding(
            format
                .encoding()
                .map(AudioFormats::encoding)
                .orElse(dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_UNSPECIFIED))
        .setSampleRateHz(format.sampleRateHz())
        .setChannelCount(format.channels())
        .setBitRateBps(format.bitRateBps())
        .build();
  }

  private static dev.parley.proto.v1.AudioEncoding encoding(AudioEncoding encoding) {
    return switch (encoding) {
      case PCM_S16LE -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_PCM_S16LE;
      case PCM_F32LE -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_PCM_F32LE;
      case MULAW -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_MULAW;
      case ALAW -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_ALAW;
      case WAV -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_WAV;
      case FLAC -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_FLAC;
      case MP3 -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_MP3;
      case OGG_OPUS -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_OGG_OPUS;
      case WEBM_OPUS -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_WEBM_OPUS;
      case AAC_ADTS -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_AAC_ADTS;
      case MP4_AAC -> dev.parley.proto.v1.AudioEncoding.AUDIO_ENCODING_MP4_AAC;
    };
  }
}
