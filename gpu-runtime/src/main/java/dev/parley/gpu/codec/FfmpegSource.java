package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.CORRUPT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.EMPTY;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.UNSUPPORTED_CODEC;

import java.io.IOException;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** The sound of one stream of a container, by FFmpeg. What it cannot decode is left out. */
final class FfmpegSource implements Source {

  /** So many pieces without one sound between them are no longer an accident. */
  private static final int DAMAGE_RUN_MAX = 500;

  private final NativeDemuxer demuxer;
  private final AVCodecContext decoder;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final NativeFrame shown = new NativeFrame();
  private final String codec;
  private int channels;
  private int sampleRateHz;
  private long damaged;
  private int damageRun;
  private boolean inputEnded;
  private boolean ended;

  private FfmpegSource(NativeDemuxer demuxer) throws IOException, UnsupportedAudioException {
    this.demuxer = demuxer;
    this.codec = demuxer.codec();
    this.decoder = demuxer.openDecoder();
  }

  /** Opens what {@code in} holds and decodes its first sound, before which little is certain. */
  static FfmpegSource open(Lookahead in, Container container, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    NativeDemuxer demuxer = NativeDemuxer.open(in, container, limits);
    FfmpegSource source;
    try {
      source = new FfmpegSource(demuxer);
    } catch (IOException | UnsupportedAudioException | RuntimeException e) {
      demuxer.close();
      throw e;
    }
    try {
      source.begin();
      return source;
    } catch (IOException | UnsupportedAudioException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private void begin() throws IOException, UnsupportedAudioException {
    if (!nextFrame()) {
      throw new UnsupportedAudioException(
          damaged > 0 ? CORRUPT : EMPTY,
          damaged > 0
              ? "corrupt: nothing of the "
                  + demuxer.label()
                  + " file's "
                  + codec
                  + " can be decoded"
              : "empty: the " + demuxer.label() + " file holds no sound");
    }
    channels = frame.ch_layout().nb_channels();
    sampleRateHz = frame.sample_rate();
    demuxer.checkLimits(channels, sampleRateHz);
    if (!NativeFrame.isKnown(frame.format())) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC, "samples of " + codec + " come in a form that is not read here");
    }
    shown.show(frame, channels);
  }

  @Override
  public StreamInfo info() {
    OptionalDouble seconds = demuxer.seconds();
    return new StreamInfo(
        demuxer.label(), demuxer.encoding(), codec, sampleRateHz, channels, seconds);
  }

  @Override
  public int read(float[][] planes, int frames) throws IOException, UnsupportedAudioException {
    int done = 0;
    while (done < frames) {
      if (shown.left() == 0) {
        // What is there goes out before the input is waited for.
        if (done > 0) {
          return done;
        }
        if (ended || !nextFrame()) {
          return -1;
        }
        checkSame();
        shown.show(frame, channels);
      }
      int count = Math.min(frames - done, shown.left());
      shown.take(planes, done, count);
      done += count;
    }
    return done;
  }

  private void checkSame() throws UnsupportedAudioException {
    if (frame.ch_layout().nb_channels() != channels || frame.sample_rate() != sampleRateHz) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC,
          "the sound changes from %d channels at %d Hz to %d channels at %d Hz on its way"
              .formatted(
                  channels, sampleRateHz, frame.ch_layout().nb_channels(), frame.sample_rate()));
    }
  }

  /** Decodes up to the next frame with a sample in it; false at the end. */
  private boolean nextFrame() throws IOException, UnsupportedAudioException {
    while (!ended) {
      int result = avcodec.avcodec_receive_frame(decoder, frame);
      if (result >= 0 && frame.nb_samples() > 0) {
        damageRun = 0;
        return true;
      }
      if (result == avutil.AVERROR_EOF()) {
        ended = true;
      } else if (result == Ffmpeg.EAGAIN) {
        feed();
      } else if (result < 0) {
        damage();
      }
    }
    return false;
  }

  /** Gives the decoder the next packet, or the news that there is none. */
  private void feed() throws IOException, UnsupportedAudioException {
    while (!inputEnded) {
      int result = demuxer.read(packet);
      if (result == avutil.AVERROR_EOF()) {
        inputEnded = true;
      } else if (result < 0) {
        damage();
      } else {
        int sent = avcodec.avcodec_send_packet(decoder, packet);
        avcodec.av_packet_unref(packet);
        if (sent < 0) {
          damage();
        }
        return;
      }
    }
    avcodec.avcodec_send_packet(decoder, null);
  }

  private void damage() throws UnsupportedAudioException {
    damaged++;
    if (++damageRun > DAMAGE_RUN_MAX) {
      throw new UnsupportedAudioException(
          CORRUPT, "corrupt: " + DAMAGE_RUN_MAX + " pieces in a row cannot be decoded");
    }
  }

  @Override
  public long damaged() {
    return damaged;
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(decoder);
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    demuxer.close();
  }
}
