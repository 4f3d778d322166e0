package dev.parley.gpu.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** A second of empty pictures, perhaps with silence, in a file whose index comes last. */
final class Video {

  private static final int RATE = 16_000;

  private final AVFormatContext muxer = new AVFormatContext((Pointer) null);

  private Video() {}

  /** With sound by an encoder of FFmpeg; none where its name is empty. */
  static byte[] mp4(String soundCodec) throws IOException {
    Ffmpeg.load();
    Path file = Files.createTempFile("video", ".mp4");
    try {
      new Video().write(file, soundCodec);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  private void write(Path file, String soundCodec) {
    check(avformat.avformat_alloc_output_context2(muxer, null, "mp4", null));
    AVCodecContext pictures = encoder("mpeg4");
    pictures.width(32).height(32).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    pictures.time_base().num(1).den(25);
    open(pictures);
    AVCodecContext sound = encoder(soundCodec.isEmpty() ? "aac" : soundCodec);
    sound
        .sample_fmt(avutil.AV_SAMPLE_FMT_FLTP)
        .sample_rate(soundCodec.equals("ac3") ? 48_000 : RATE);
    sound.time_base().num(1).den(sound.sample_rate());
    avutil.av_channel_layout_default(sound.ch_layout(), 1);
    if (!soundCodec.isEmpty()) {
      open(sound);
    }

    AVIOContext out = new AVIOContext((Pointer) null);
    check(avformat.avio_open(out, file.toString(), avformat.AVIO_FLAG_WRITE));
    muxer.pb(out);
    check(avformat.avformat_write_header(muxer, (AVDictionary) null));
    AVFrame picture = avutil.av_frame_alloc();
    picture.width(32).height(32).format(avutil.AV_PIX_FMT_YUV420P);
    encode(pictures, 0, picture, 25, 1);
    if (!soundCodec.isEmpty()) {
      AVFrame silence = avutil.av_frame_alloc();
      silence.nb_samples(sound.frame_size()).format(avutil.AV_SAMPLE_FMT_FLTP);
      silence.sample_rate(sound.sample_rate());
      avutil.av_channel_layout_default(silence.ch_layout(), 1);
      int frames = sound.sample_rate() / sound.frame_size() + 1;
      encode(sound, 1, silence, frames, sound.frame_size());
    }
    check(avformat.av_write_trailer(muxer));
    avcodec.avcodec_free_context(pictures);
    avcodec.avcodec_free_context(sound);
    avformat.avio_close(out);
    avformat.avformat_free_context(muxer);
  }

  private static AVCodecContext encoder(String name) {
    return avcodec.avcodec_alloc_context3(avcodec.avcodec_find_encoder_by_name(name));
  }

  private void open(AVCodecContext encoder) {
    encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    check(avcodec.avcodec_open2(encoder, encoder.codec(), (AVDictionary) null));
    AVStream stream = avformat.avformat_new_stream(muxer, null);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder));
    stream.time_base(encoder.time_base());
  }

  private void encode(AVCodecContext encoder, int stream, AVFrame frame, int count, int length) {
    check(avutil.av_frame_get_buffer(frame, 0));
    clear(frame);
    AVPacket packet = avcodec.av_packet_alloc();
    for (int i = 0; i <= count; i++) {
      frame.pts((long) i * length);
      check(avcodec.avcodec_send_frame(encoder, i < count ? frame : null));
      while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
        packet.stream_index(stream);
        avcodec.av_packet_rescale_ts(
            packet, encoder.time_base(), muxer.streams(stream).time_base());
        check(avformat.av_interleaved_write_frame(muxer, packet));
      }
    }
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
  }

  private static void clear(AVFrame frame) {
    for (int plane = 0; plane < 3 && frame.data(plane) != null; plane++) {
      int lines = frame.height() == 0 ? 1 : plane == 0 ? frame.height() : frame.height() / 2;
      Pointer.memset(
          frame.data(plane), 0, (long) frame.linesize(frame.height() == 0 ? 0 : plane) * lines);
    }
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException(Ffmpeg.reason(result));
    }
  }
}
