package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.List;
import java.util.function.ToIntFunction;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** One stream of sound in a container, by FFmpeg; each packet leaves once its container lets it. */
final class FfmpegSink implements Sink {

  /** No coder here looks ahead further. */
  private static final int FLUSH_FRAMES_MAX = 8;

  private final Format format;
  private final NativeIo io;
  private final AVCodecContext encoder;
  private final AVFormatContext muxer = new AVFormatContext((Pointer) null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final FrameFill fill;
  private int frameSize;
  private int held;
  private long position;
  private long sounded;
  private long decodable;

  private FfmpegSink(Format format, Carrier carrier, AVCodec codec, ByteOutput out) {
    this.format = format;
    this.fill = new FrameFill(carrier.layout(), format.channels());
    this.encoder = avcodec.avcodec_alloc_context3(codec);
    this.io = NativeIo.writing(out);
  }

  static FfmpegSink open(Format format, ByteOutput out) throws IOException {
    Ffmpeg.load();
    Carrier carrier = Carrier.of(format.encoding());
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(carrier.codec());
    FfmpegSink sink = new FfmpegSink(format, carrier, codec, out);
    try {
      sink.openEncoder(carrier, codec);
      sink.openMuxer(carrier);
      sink.makeFrame();
      return sink;
    } catch (IOException | RuntimeException | Error e) {
      sink.close();
      throw e;
    }
  }

  private void openEncoder(Carrier carrier, AVCodec codec) throws IOException {
    check(avformat.avformat_alloc_output_context2(muxer, null, carrier.muxer(), null));
    encoder.sample_fmt(
        switch (carrier.layout()) {
          case FLOAT_PLANES -> avutil.AV_SAMPLE_FMT_FLTP;
          case FLOAT_INTERLEAVED -> avutil.AV_SAMPLE_FMT_FLT;
          case INT16_INTERLEAVED -> avutil.AV_SAMPLE_FMT_S16;
        });
    encoder.sample_rate(format.sampleRateHz());
    avutil.av_channel_layout_default(encoder.ch_layout(), format.channels());
    encoder.bit_rate(carrier.bitRate(format));
    encoder.time_base().num(1).den(format.sampleRateHz());
    encoder.thread_count(1);
    if ((muxer.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check(with(carrier.codecOptions(), o -> avcodec.avcodec_open2(encoder, codec, o)));
  }

  private void openMuxer(Carrier carrier) throws IOException {
    AVStream stream = avformat.avformat_new_stream(muxer, null);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder));
    stream.time_base(encoder.time_base());
    muxer.pb(io.context());
    // Without names and versions of programs, the same sound gives the same bytes.
    muxer.flags(
        muxer.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO | AVFormatContext.AVFMT_FLAG_BITEXACT);
    muxer.flush_packets(1);
    muxer.metadata_header_padding(0);
    check(with(carrier.muxerOptions(), o -> avformat.avformat_write_header(muxer, o)));
  }

  private void makeFrame() throws IOException {
    frameSize = encoder.frame_size();
    frame.nb_samples(frameSize);
    frame.format(encoder.sample_fmt());
    frame.sample_rate(format.sampleRateHz());
    avutil.av_channel_layout_default(frame.ch_layout(), format.channels());
    check(avutil.av_frame_get_buffer(frame, 0));
    fill.aim(frame, frameSize);
  }

  private static int with(List<String> options, ToIntFunction<AVDictionary> call) {
    AVDictionary dictionary = Ffmpeg.options(options.toArray(String[]::new));
    try {
      return call.applyAsInt(dictionary);
    } finally {
      avutil.av_dict_free(dictionary);
    }
  }

  @Override
  public void write(float[][] planes, int offset, int frames) throws IOException {
    for (int done = 0; done < frames; ) {
      int count = Math.min(frames - done, frameSize - held);
      fill.put(planes, offset + done, held, count);
      held += count;
      done += count;
      if (held == frameSize) {
        encode();
      }
    }
    sounded = position + held;
  }

  private void encode() throws IOException {
    frame.nb_samples(held);
    frame.pts(position);
    position += held;
    held = 0;
    check(avcodec.avcodec_send_frame(encoder, frame));
    drain();
    // The encoder may have kept the frame; then there is another one from here on.
    frame.nb_samples(frameSize);
    check(avutil.av_frame_make_writable(frame));
    fill.aim(frame, frameSize);
  }

  private void drain() throws IOException {
    while (true) {
      int result = avcodec.avcodec_receive_packet(encoder, packet);
      if (result == Ffmpeg.EAGAIN || result == avutil.AVERROR_EOF()) {
        return;
      }
      check(result);
      packet.stream_index(0);
      // Times count without the coder's delay: what a decoder gives for a packet ends here.
      decodable = packet.pts() + packet.duration();
      avcodec.av_packet_rescale_ts(packet, encoder.time_base(), muxer.streams(0).time_base());
      int written = avformat.av_write_frame(muxer, packet);
      avcodec.av_packet_unref(packet);
      check(written);
    }
  }

  @Override
  public int flush() throws IOException {
    int added = 0;
    // This container writes a packet once it has the next.
    int behind = format.encoding() == Encoding.WEBM_OPUS ? frameSize : 0;
    for (int frames = 0; decodable < sounded + behind; frames++) {
      if (frames == FLUSH_FRAMES_MAX) {
        throw new IllegalStateException(format.encoding() + " holds back too much to be flushed");
      }
      int silence = frameSize - held;
      fill.silence(held, silence);
      held = frameSize;
      added += silence;
      encode();
    }
    // Without a packet, a container lets go of what it gathered.
    check(avformat.av_write_frame(muxer, null));
    return added;
  }

  @Override
  public void finish() throws IOException {
    if (held > 0) {
      encode();
    }
    check(avcodec.avcodec_send_frame(encoder, null));
    drain();
    check(avformat.av_write_trailer(muxer));
  }

  private void check(int result) throws IOException {
    io.check();
    if (result < 0) {
      throw new IllegalStateException(
          format.encoding() + " cannot be written: " + Ffmpeg.reason(result));
    }
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(encoder);
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    // What a container still holds back must not leave once it is given up.
    io.mute();
    avformat.avformat_free_context(muxer);
    io.close();
  }
}
