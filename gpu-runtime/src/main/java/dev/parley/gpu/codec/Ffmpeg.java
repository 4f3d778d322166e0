package dev.parley.gpu.codec;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/** FFmpeg's libraries, loaded once, quiet, and with a bound on every piece of memory they take. */
final class Ffmpeg {

  /** No list, picture or packet of an honest sound file comes near this. */
  private static final long ALLOCATION_BYTES_MAX = 32L << 20;

  /** Numbers of errno, negated; callbacks answer with them. */
  static final int EINVAL = -22;

  static final int ENOSYS = -38;
  static final int EAGAIN;

  static {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avutil.av_max_alloc(ALLOCATION_BYTES_MAX);
    EAGAIN = avutil.AVERROR_EAGAIN();
  }

  private Ffmpeg() {}

  /** Loads the libraries; the first time on a machine they are unpacked, which takes seconds. */
  static void load() {
    avcodec.avcodec_version();
    avformat.avformat_version();
  }

  /** A list of options for one call; to be freed. */
  static AVDictionary options(String... namesAndValues) {
    AVDictionary options = new AVDictionary((Pointer) null);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      avutil.av_dict_set(options, namesAndValues[i], namesAndValues[i + 1], 0);
    }
    return options;
  }

  /** What FFmpeg says of one of its error numbers. */
  static String reason(int error) {
    byte[] text = new byte[128];
    avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
