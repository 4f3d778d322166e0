package dev.parley.gpu.codec;

import java.util.Optional;

/**
 * A file format that is read here, and the one demuxer of FFmpeg that may read it.
 *
 * @see Sniffer
 */
enum Container {
  WAV("wav", "wav"),
  AIFF("aiff", "aiff"),
  FLAC("flac", "flac"),
  MP3("mp3", "mp3"),
  ADTS("adts", "aac"),
  OGG("ogg", "ogg"),
  MATROSKA("webm", "matroska"),
  MP4("mp4", "mov");

  /** All that is accepted, for messages. */
  static final String ACCEPTED =
      "wav, aiff, flac, mp3, ogg, webm, aac (ADTS) and m4a/mp4 are read, and raw PCM where it is"
          + " declared";

  private final String label;
  private final String demuxer;

  Container(String label, String demuxer) {
    this.label = label;
    this.demuxer = demuxer;
  }

  String label() {
    return label;
  }

  String demuxer() {
    return demuxer;
  }

  /** The encoding of ours that this container with that codec is. */
  Optional<Encoding> encoding(String codec) {
    return switch (this) {
      case WAV -> codec.equals("pcm_s16le") ? Optional.of(Encoding.WAV) : Optional.empty();
      case AIFF -> Optional.empty();
      case FLAC -> Optional.of(Encoding.FLAC);
      case MP3 -> Optional.of(Encoding.MP3);
      case ADTS -> Optional.of(Encoding.AAC_ADTS);
      case OGG -> codec.equals("opus") ? Optional.of(Encoding.OGG_OPUS) : Optional.empty();
      case MATROSKA -> codec.equals("opus") ? Optional.of(Encoding.WEBM_OPUS) : Optional.empty();
      case MP4 -> codec.equals("aac") ? Optional.of(Encoding.MP4_AAC) : Optional.empty();
    };
  }
}
