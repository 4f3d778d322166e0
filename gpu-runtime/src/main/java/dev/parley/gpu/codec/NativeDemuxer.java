package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.CORRUPT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.NO_AUDIO_TRACK;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.UNSUPPORTED_CODEC;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** One opened container, and its first stream of sound that can be decoded. */
final class NativeDemuxer implements AutoCloseable {

  private static final int STREAMS_MAX = 32;
  private static final int INDEX_BYTES_MAX = 1 << 20;
  private static final int SAMPLES_MAX = 1 << 20;

  /** Packets of other streams are passed over for so long without one of ours. */
  private static final int FOREIGN_MAX = 100_000;

  private final NativeIo io;
  private final AVFormatContext format;
  private final Container container;
  private final DecodeLimits limits;
  private int chosen = -1;

  private NativeDemuxer(
      NativeIo io, AVFormatContext format, Container container, DecodeLimits limits) {
    this.io = io;
    this.format = format;
    this.container = container;
    this.limits = limits;
  }

  static NativeDemuxer open(Lookahead in, Container container, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    Ffmpeg.load();
    NativeIo io = NativeIo.reading(in);
    AVFormatContext format = avformat.avformat_alloc_context();
    format.pb(io.context());
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    AVDictionary options =
        Ffmpeg.options(
            "format_whitelist", container.demuxer(),
            "codec_whitelist", Decoders.ALLOWED,
            "protocol_whitelist", "none",
            "probesize", Integer.toString(limits.probeBytesMax()),
            "indexmem", Integer.toString(INDEX_BYTES_MAX),
            "max_streams", Integer.toString(STREAMS_MAX));
    int result =
        avformat.avformat_open_input(
            format, "", avformat.av_find_input_format(container.demuxer()), options);
    avutil.av_dict_free(options);
    if (result < 0) {
      // FFmpeg has freed the format.
      try (io) {
        io.check();
        throw broken(container, result);
      }
    }
    NativeDemuxer demuxer = new NativeDemuxer(io, format, container, limits);
    try {
      demuxer.choose();
      return demuxer;
    } catch (UnsupportedAudioException | RuntimeException | Error e) {
      demuxer.close();
      throw e;
    }
  }

  private static UnsupportedAudioException broken(Container container, int error) {
    boolean isCut = error == avutil.AVERROR_EOF();
    return new UnsupportedAudioException(
        isCut ? TRUNCATED : CORRUPT,
        isCut
            ? "truncated: the " + container.label() + " file ends before its first sound"
            : "corrupt " + container.label() + " file: " + Ffmpeg.reason(error));
  }

  /**
   * Looks at the headers only: what they leave open, the first decoded frame tells. FFmpeg's own
   * search for it reads seconds ahead.
   */
  private void choose() throws UnsupportedAudioException {
    boolean hasVideo = false;
    boolean isDescribed = false;
    int undecodable = -1;
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream stream = format.streams(i);
      int codec = stream.codecpar().codec_id();
      boolean isSound = stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
      // What is not described yet counts as data in some containers.
      isDescribed |=
          codec != avcodec.AV_CODEC_ID_NONE
              && stream.codecpar().codec_type() != avutil.AVMEDIA_TYPE_DATA;
      hasVideo |= stream.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
      if (isSound && chosen < 0 && Decoders.of(codec) != null) {
        chosen = i;
      } else {
        stream.discard(avcodec.AVDISCARD_ALL);
        undecodable = isSound && codec != avcodec.AV_CODEC_ID_NONE ? codec : undecodable;
      }
    }
    if (chosen >= 0) {
      checkLimits(
          format.streams(chosen).codecpar().ch_layout().nb_channels(),
          format.streams(chosen).codecpar().sample_rate());
      return;
    }
    if (undecodable >= 0) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC,
          "the sound of the "
              + container.label()
              + " file is "
              + name(undecodable)
              + ", which is not read here");
    }
    if (!isDescribed) {
      throw new UnsupportedAudioException(
          TRUNCATED, "truncated: the " + container.label() + " file describes no track");
    }
    throw new UnsupportedAudioException(
        NO_AUDIO_TRACK,
        (hasVideo ? "video without an audio track: the " : "no audio track: the ")
            + container.label()
            + " file holds no sound");
  }

  private static String name(int codec) {
    return avcodec.avcodec_get_name(codec).getString();
  }

  void checkLimits(int channels, int sampleRateHz) throws UnsupportedAudioException {
    Limits.check(limits, channels, sampleRateHz);
  }

  Trim mp4Trim() {
    return new Mp4Trim(format.streams(chosen));
  }

  AVCodecContext openDecoder(Trim trim) throws UnsupportedAudioException {
    AVStream stream = format.streams(chosen);
    AVCodec codec = avcodec.avcodec_find_decoder_by_name(Decoders.of(stream.codecpar().codec_id()));
    AVCodecContext decoder = avcodec.avcodec_alloc_context3(codec);
    int result = avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
    if (result >= 0) {
      decoder.pkt_timebase(stream.time_base());
      decoder.thread_count(1);
      if (trim instanceof Mp3Trim) {
        decoder.flags2(decoder.flags2() | avcodec.AV_CODEC_FLAG2_SKIP_MANUAL);
      }
      decoder.max_samples(SAMPLES_MAX);
      AVDictionary options = Ffmpeg.options("codec_whitelist", Decoders.ALLOWED);
      result = avcodec.avcodec_open2(decoder, codec, options);
      avutil.av_dict_free(options);
    }
    if (result < 0) {
      avcodec.avcodec_free_context(decoder);
      throw broken(container, result);
    }
    return decoder;
  }

  String label() {
    return container.label();
  }

  String codec() {
    return name(format.streams(chosen).codecpar().codec_id());
  }

  Optional<Encoding> encoding() {
    return container.encoding(codec());
  }

  /** Length that the container states for the stream, else for all. */
  OptionalDouble seconds() {
    boolean canSeek = (format.pb().seekable() & avformat.AVIO_SEEKABLE_NORMAL) != 0;
    if (container == Container.MP4 && !canSeek) {
      // Where fragments follow one another, this would be the length of the first.
      return OptionalDouble.empty();
    }
    AVStream stream = format.streams(chosen);
    long own = stream.duration();
    if (own > 0 && own != avutil.AV_NOPTS_VALUE) {
      return OptionalDouble.of((double) own * stream.time_base().num() / stream.time_base().den());
    }
    long all = format.duration();
    boolean isTold = all > 0 && all != avutil.AV_NOPTS_VALUE;
    return isTold ? OptionalDouble.of((double) all / avutil.AV_TIME_BASE) : OptionalDouble.empty();
  }

  /** Reads the next packet of the chosen stream; gives FFmpeg's result. */
  int read(AVPacket packet) throws IOException, UnsupportedAudioException {
    for (int foreign = 0; foreign < FOREIGN_MAX; foreign++) {
      int result = avformat.av_read_frame(format, packet);
      io.check();
      if (result < 0 || packet.stream_index() == chosen) {
        return result;
      }
      avcodec.av_packet_unref(packet);
    }
    throw new UnsupportedAudioException(
        CORRUPT, "corrupt: " + FOREIGN_MAX + " pieces come without one of sound");
  }

  @Override
  public void close() {
    avformat.avformat_close_input(format);
    io.close();
  }
}
