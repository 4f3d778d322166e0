package dev.parley.gpu.codec;

/**
 * How samples are written as bytes. The first four have no header: whoever reads them must be told
 * the rate and the channels.
 */
public enum Encoding {
  /** 16-bit integers, little-endian, channels interleaved. */
  PCM_S16LE,
  /** 32-bit IEEE 754 floats, little-endian, full scale 1, channels interleaved. */
  PCM_F32LE,
  /** One byte a sample, mu-law of ITU-T G.711. */
  MULAW,
  /** One byte a sample, A-law of ITU-T G.711. */
  ALAW,
  /** RIFF WAVE; written as 16-bit integers behind a header that leaves the length open. */
  WAV,
  /** Native FLAC (RFC 9639); written with 16 bits. */
  FLAC,
  /** MPEG-1, 2 and 2.5 audio layer III. */
  MP3,
  /** Opus (RFC 6716) in Ogg (RFC 7845). */
  OGG_OPUS,
  /** Opus in WebM. */
  WEBM_OPUS,
  /** AAC-LC, each frame behind an ADTS header. */
  AAC_ADTS,
  /** AAC-LC in MPEG-4; written in fragments, so that it can be played while it is made. */
  MP4_AAC;

  /** Whether the bytes say nothing of their rate and channels. */
  public boolean isRaw() {
    return this == PCM_S16LE || this == PCM_F32LE || this == MULAW || this == ALAW;
  }
}
