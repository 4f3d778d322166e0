package dev.parley.gpu.codec;

import java.util.List;

/**
 * What an encoding can carry, and who makes it.
 *
 * @param codec FFmpeg's encoder; empty for plain samples
 * @param muxer FFmpeg's container
 * @param layout how the encoder takes samples
 * @param ratesHz all sample rates, rising; empty where any is fine
 * @param channelsMax at least 1
 * @param bitRateMin smallest bit rate of a channel, 0 for encodings without one
 * @param bitRateMax largest bit rate of a channel
 * @param codecOptions names and values for the encoder
 * @param muxerOptions names and values for the container
 */
record Carrier(
    String codec,
    String muxer,
    FrameFill.Layout layout,
    List<Integer> ratesHz,
    int channelsMax,
    int bitRateMin,
    int bitRateMax,
    List<String> codecOptions,
    List<String> muxerOptions) {

  private static final int PLAIN_CHANNELS_MAX = 8;
  private static final int RATE_MAX = 655_350;

  private static final List<Integer> OPUS_RATES = List.of(8_000, 12_000, 16_000, 24_000, 48_000);
  private static final List<Integer> MP3_RATES =
      List.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);
  private static final List<Integer> AAC_RATES =
      List.of(
          8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200,
          96_000);

  private static final Carrier PLAIN = lossless("", "", PLAIN_CHANNELS_MAX);
  private static final Carrier FLAC = lossless("flac", "flac", PLAIN_CHANNELS_MAX);
  private static final Carrier MP3 =
      new Carrier(
          "libmp3lame",
          "mp3",
          FrameFill.Layout.FLOAT_PLANES,
          MP3_RATES,
          2,
          8_000,
          160_000,
          List.of("reservoir", "0"),
          List.of("write_xing", "0", "id3v2_version", "0", "write_id3v1", "0"));
  private static final Carrier OGG_OPUS = opus("ogg", List.of("page_duration", "60000"));
  private static final Carrier WEBM_OPUS =
      opus("webm", List.of("live", "1", "cluster_time_limit", "100"));
  private static final Carrier ADTS = aac("adts", List.of());
  private static final Carrier MP4 =
      aac(
          "mp4",
          List.of(
              "movflags", "delay_moov+default_base_moof+frag_discont", "frag_duration", "60000"));

  static Carrier of(Encoding encoding) {
    return switch (encoding) {
      case PCM_S16LE, PCM_F32LE, MULAW, ALAW, WAV -> PLAIN;
      case FLAC -> FLAC;
      case MP3 -> MP3;
      case OGG_OPUS -> OGG_OPUS;
      case WEBM_OPUS -> WEBM_OPUS;
      case AAC_ADTS -> ADTS;
      case MP4_AAC -> MP4;
    };
  }

  private static Carrier lossless(String codec, String muxer, int channelsMax) {
    return new Carrier(
        codec,
        muxer,
        FrameFill.Layout.INT16_INTERLEAVED,
        List.of(),
        channelsMax,
        0,
        0,
        List.of(),
        List.of());
  }

  private static Carrier opus(String muxer, List<String> muxerOptions) {
    return new Carrier(
        "libopus",
        muxer,
        FrameFill.Layout.FLOAT_INTERLEAVED,
        OPUS_RATES,
        2,
        6_000,
        256_000,
        List.of("frame_duration", "20"),
        muxerOptions);
  }

  private static Carrier aac(String muxer, List<String> muxerOptions) {
    return new Carrier(
        "aac",
        muxer,
        FrameFill.Layout.FLOAT_PLANES,
        AAC_RATES,
        2,
        8_000,
        288_000,
        List.of(),
        muxerOptions);
  }

  boolean carries(int sampleRateHz) {
    return sampleRateHz > 0 && rateFor(sampleRateHz) == sampleRateHz;
  }

  /**
   * The lowest rate that is not under the wanted one, so that no sound is lost; else the highest.
   */
  int rateFor(int wantedHz) {
    if (ratesHz.isEmpty()) {
      return Math.clamp(wantedHz, 1, RATE_MAX);
    }
    return ratesHz.stream().filter(rate -> rate >= wantedHz).findFirst().orElse(ratesHz.getLast());
  }

  /**
   * Bits a second of all channels: what was asked for as far as it can be had, or a good choice.
   */
  int bitRate(Format format) {
    int wanted = format.bitRateBps() > 0 ? format.bitRateBps() / format.channels() : usual(format);
    return Math.clamp(wanted, bitRateMin, bitRateMax) * format.channels();
  }

  /** For speech that shall sound as it was; music may want more. */
  private static int usual(Format format) {
    int rate = format.sampleRateHz();
    return switch (format.encoding()) {
      case OGG_OPUS, WEBM_OPUS -> rate <= 12_000 ? 20_000 : rate <= 24_000 ? 32_000 : 48_000;
      case MP3 -> rate <= 12_000 ? 32_000 : rate <= 24_000 ? 64_000 : 96_000;
      case AAC_ADTS, MP4_AAC -> rate <= 12_000 ? 32_000 : rate <= 24_000 ? 56_000 : 80_000;
      case PCM_S16LE, PCM_F32LE, MULAW, ALAW, WAV, FLAC -> 0;
    };
  }
}
