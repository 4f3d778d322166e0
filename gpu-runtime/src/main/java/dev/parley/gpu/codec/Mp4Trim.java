package dev.parley.gpu.codec;

import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The ends of a track of MPEG-4: what its edit list puts before time zero, which FFmpeg takes off
 * files but not off fragments, and what the last packet holds beyond the stated length.
 */
final class Mp4Trim implements Trim {

  private final AVStream stream;

  Mp4Trim(AVStream stream) {
    this.stream = stream;
  }

  @Override
  public void apply(NativeFrame shown, AVFrame frame) {
    int num = stream.time_base().num();
    int den = stream.time_base().den();
    if (frame.pts() == avutil.AV_NOPTS_VALUE || num <= 0 || den <= 0) {
      return;
    }
    int rate = frame.sample_rate();
    double first = (double) frame.pts() * num * rate / den;
    if (first < 0) {
      shown.skip((int) Math.min(-first, shown.left()));
      return;
    }
    // A clock that is coarser than samples would cut pieces out at every fragment's end.
    boolean isExact = num == 1 && rate % den == 0;
    long stated = stream.duration();
    if (isExact && stated > 0) {
      double end = (double) stated * rate / den;
      if (first < end && end < first + shown.left()) {
        shown.keep((int) (end - first));
      }
    }
  }
}
