package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Plain samples, interleaved, from here to the end of the input or of the declared length. */
final class PcmSource implements Source {

  private static final int BLOCK_BYTES = 16 << 10;

  private final ByteInput in;
  private final SampleForm form;
  private final StreamInfo info;
  private final int stride;
  private final byte[] block;
  private int held;
  private long left;

  private PcmSource(ByteInput in, SampleForm form, StreamInfo info, long dataBytes) {
    this.in = in;
    this.form = form;
    this.info = info;
    this.stride = form.bytes() * info.channels();
    this.block = new byte[Math.max(1, BLOCK_BYTES / stride) * stride];
    this.left = dataBytes < 0 ? Long.MAX_VALUE : dataBytes;
  }

  /** Samples without a header; {@code format} says what they are. */
  static PcmSource raw(ByteInput in, Format format) throws IOException {
    SampleForm form = SampleForm.of(format.encoding());
    long size = in.size();
    double rate = (double) format.sampleRateHz() * form.bytes() * format.channels();
    StreamInfo info =
        new StreamInfo(
            "raw",
            Optional.of(format.encoding()),
            form.codec(),
            format.sampleRateHz(),
            format.channels(),
            size < 0 ? OptionalDouble.empty() : OptionalDouble.of(size / rate));
    return new PcmSource(in, form, info, -1);
  }

  /** Samples behind {@code header}, up to which {@code in} has been read. */
  static PcmSource wav(Lookahead in, WavHeader header, SampleForm form) throws IOException {
    double rate = (double) header.sampleRateHz() * form.bytes() * header.channels();
    long size = in.size() < 0 ? -1 : in.size() - in.position();
    long stated = header.dataBytes();
    long bytes = size >= 0 && (stated < 0 || stated > size) ? size : stated;
    StreamInfo info =
        new StreamInfo(
            Container.WAV.label(),
            Container.WAV.encoding(form.codec()),
            form.codec(),
            header.sampleRateHz(),
            header.channels(),
            bytes < 0 ? OptionalDouble.empty() : OptionalDouble.of(bytes / rate));
    return new PcmSource(in, form, info, stated);
  }

  @Override
  public StreamInfo info() {
    return info;
  }

  @Override
  public int read(float[][] planes, int frames) throws IOException {
    int wanted = Math.min(frames * stride, block.length);
    while (held < stride) {
      int count = (int) Math.min(wanted - held, left);
      int read = count == 0 ? -1 : in.read(block, held, count);
      if (read < 0) {
        // Part of a frame is left at the end of what was cut somewhere; no sound is lost with it.
        return -1;
      }
      held += read;
      left -= read;
    }
    int ready = held / stride;
    for (int channel = 0; channel < info.channels(); channel++) {
      form.channel(block, channel * form.bytes(), stride, planes[channel], ready);
    }
    int used = ready * stride;
    System.arraycopy(block, used, block, 0, held - used);
    held -= used;
    return ready;
  }

  @Override
  public long damaged() {
    return 0;
  }

  @Override
  public void close() {}
}
