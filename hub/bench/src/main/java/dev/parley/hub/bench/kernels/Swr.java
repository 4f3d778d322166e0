package dev.parley.hub.bench.kernels;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import dev.parley.hub.bench.sheet.NotHere;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * FFmpeg's resampler as it is when nothing is set, in this process and on the thread that asks; the
 * signal lies in native memory before time is taken.
 */
final class Swr implements AutoCloseable {

  private static final int ROOM = 16_384;

  private final AVChannelLayout mono = new AVChannelLayout();
  private final PointerPointer<SwrContext> holder = new PointerPointer<>(1);
  private final PointerPointer<FloatPointer> inPlanes = new PointerPointer<>(1);
  private final PointerPointer<FloatPointer> outPlanes = new PointerPointer<>(1);
  private final FloatPointer in;
  private final FloatPointer out;
  private final int inRate;
  private final int outRate;
  private final int length;
  private final int room;

  Swr(int inRate, int outRate, float[] signal) {
    this.inRate = inRate;
    this.outRate = outRate;
    av_channel_layout_default(mono, 1);
    length = signal.length;
    room = Math.toIntExact((long) signal.length * outRate / inRate + ROOM);
    in = new FloatPointer(Math.max(1L, length));
    in.put(signal, 0, length);
    out = new FloatPointer(room);
    holder.put(0, (Pointer) null);
  }

  static float[] through(float[] signal, int inRate, int outRate) {
    try (Swr swr = new Swr(inRate, outRate, signal)) {
      int count = swr.run(4096);
      float[] found = new float[count];
      swr.out.get(found, 0, count);
      // It gives what it has; a little may be missing at the end or come on top.
      return Arrays.copyOf(
          found, Math.toIntExact(Math.round((double) signal.length * outRate / inRate)));
    }
  }

  /** The whole signal in blocks, through a resampler of its own; tells how much came out. */
  int run(int block) {
    int made =
        swr_alloc_set_opts2(
            holder, mono, AV_SAMPLE_FMT_FLTP, outRate, mono, AV_SAMPLE_FMT_FLTP, inRate, 0, null);
    SwrContext context = new SwrContext(holder.get(0));
    if (made < 0 || swr_init(context) < 0) {
      throw new NotHere("needs a resampler in FFmpeg");
    }
    int written = 0;
    for (int at = 0; at < length; at += block) {
      inPlanes.put(0, in.getPointer(at));
      outPlanes.put(0, out.getPointer(written));
      written +=
          swr_convert(context, outPlanes, room - written, inPlanes, Math.min(block, length - at));
    }
    outPlanes.put(0, out.getPointer(written));
    written += swr_convert(context, outPlanes, room - written, (PointerPointer<?>) null, 0);
    swr_free(holder);
    return written;
  }

  @Override
  public void close() {
    in.close();
    out.close();
    inPlanes.close();
    outPlanes.close();
    holder.close();
    mono.close();
  }
}
