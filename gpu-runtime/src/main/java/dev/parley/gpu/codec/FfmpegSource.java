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
  private final Trim trim;
  private int channels;
  private int sampleRateHz;
  private long damaged;
  private int damageRun;
  private boolean inputEnded;
  private boolean ended;

  private FfmpegSource(NativeDemuxer demuxer, AVCodecContext decoder, Trim trim) {
    this.demuxer = demuxer;
    this.codec = demuxer.codec();
    this.decoder = decoder;
    this.trim = trim;
  }

  /**
   * Opens what {@code in} holds and decodes its first sound, before which little is certain.
   *
   * @param tagged what the first bytes told of the ends of the sound
   */
  static FfmpegSource open(Lookahead in, Container container, Trim tagged, DecodeLimits limits)
      throws IOException, UnsupportedAudioException {
    NativeDemuxer demuxer = NativeDemuxer.open(in, container, limits);
    FfmpegSource source = null;
    try {
      Trim trim = container == Container.MP4 ? demuxer.mp4Trim() : tagged;
      source = new FfmpegSource(demuxer, demuxer.openDecoder(trim), trim);
      source.begin();
      return source;
    } catch (IOException | UnsupportedAudioException | RuntimeException | Error e) {
      if (source == null) {
        demuxer.close();
      } else {
        source.close();
      }
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

  /** Shows the next decoded frame with a sample in it; false at the end. */
  private boolean nextFrame() throws IOException, UnsupportedAudioException {
    while (!ended) {
      int result = avcodec.avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        damageRun = 0;
        if (hasSound()) {
          return true;
        }
      } else if (result == avutil.AVERROR_EOF()) {
        ended = true;
      } else if (result == Ffmpeg.EAGAIN) {
        feed();
      } else {
        damage();
      }
    }
    return false;
  }

  private boolean hasSound() throws UnsupportedAudioException {
    if (!NativeFrame.isKnown(frame.format())) {
      throw new UnsupportedAudioException(
          UNSUPPORTED_CODEC, "samples of " + codec + " come in a form that is not read here");
    }
    shown.show(frame, frame.ch_layout().nb_channels());
    trim.apply(shown, frame);
    return shown.left() > 0;
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
