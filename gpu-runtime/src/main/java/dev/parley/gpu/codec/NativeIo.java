package dev.parley.gpu.codec;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's reads and writes as calls of {@link ByteInput} and {@link ByteOutput}. A failure there
 * is kept, told to FFmpeg as an error number, and thrown by {@link #check} once FFmpeg has
 * returned: no exception crosses native code.
 *
 * <p>There are only ten native entries for each kind of callback, so all streams share one of each
 * and are told apart by a number that FFmpeg hands back as an address.
 */
final class NativeIo implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;

  private static final ConcurrentMap<Long, NativeIo> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer number, BytePointer to, int length) {
          NativeIo io = OPEN.get(number.address());
          return io == null ? Ffmpeg.EINVAL : io.read(to, length);
        }
      };

  private static final Write_packet_Pointer_BytePointer_int WRITE =
      new Write_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer number, BytePointer from, int length) {
          NativeIo io = OPEN.get(number.address());
          return io == null ? Ffmpeg.EINVAL : io.write(from, length);
        }
      };

  private static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer number, long offset, int whence) {
          NativeIo io = OPEN.get(number.address());
          return io == null ? Ffmpeg.EINVAL : io.seek(offset, whence);
        }
      };

  private final long number = NUMBERS.incrementAndGet();
  private final @Nullable Lookahead in;
  private final @Nullable ByteOutput out;
  private final byte[] scratch = new byte[BUFFER_BYTES];
  private final AVIOContext context;
  private @Nullable Throwable failure;
  private boolean muted;

  /** A number in the clothes of an address. */
  private static final class Handle extends Pointer {
    Handle(long number) {
      address = number;
    }
  }

  private NativeIo(@Nullable Lookahead in, @Nullable ByteOutput out) {
    this.in = in;
    this.out = out;
    OPEN.put(number, this);
    BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER_BYTES));
    this.context =
        avformat.avio_alloc_context(
            buffer,
            BUFFER_BYTES,
            out == null ? 0 : 1,
            new Handle(number),
            in == null ? null : READ,
            out == null ? null : WRITE,
            in == null ? null : SEEK);
    if (in != null && !in.isSeekable()) {
      // FFmpeg then asks for small steps back only.
      context.seekable(0);
    }
  }

  /** For reading {@code in} from where it is, which counts as its start. */
  static NativeIo reading(Lookahead in) {
    return new NativeIo(in, null);
  }

  static NativeIo writing(ByteOutput out) {
    return new NativeIo(null, out);
  }

  AVIOContext context() {
    return context;
  }

  /** How many are open in this process, for tests. */
  static int openCount() {
    return OPEN.size();
  }

  /** Throws what the input or output threw, unchanged. To be asked after every native call. */
  void check() throws IOException {
    Throwable thrown = failure;
    failure = null;
    switch (thrown) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("an undeclared exception", thrown);
    }
  }

  /** From here on nothing is read or written. */
  void mute() {
    muted = true;
  }

  @SuppressWarnings("CatchingUnchecked") // All must be kept from native code.
  private int read(BytePointer to, int length) {
    Lookahead from = in;
    if (muted || failure != null || from == null) {
      return avutil.AVERROR_EXIT();
    }
    try {
      int count = from.read(scratch, 0, Math.min(length, scratch.length));
      if (count < 0) {
        return avutil.AVERROR_EOF();
      }
      if (count == 0) {
        throw new IOException("an input read nothing, and did not end");
      }
      to.put(scratch, 0, count);
      return count;
    } catch (Throwable e) {
      failure = e;
      return avutil.AVERROR_EXIT();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // All must be kept from native code.
  private int write(BytePointer from, int length) {
    ByteOutput to = out;
    if (muted || failure != null || to == null) {
      return avutil.AVERROR_EXIT();
    }
    try {
      for (int done = 0; done < length; ) {
        int count = Math.min(length - done, scratch.length);
        from.position(done).get(scratch, 0, count);
        to.write(scratch, 0, count);
        done += count;
      }
      return length;
    } catch (Throwable e) {
      failure = e;
      return avutil.AVERROR_EXIT();
    }
  }

  @SuppressWarnings("CatchingUnchecked") // All must be kept from native code.
  private long seek(long offset, int whence) {
    Lookahead from = in;
    if (muted || failure != null || from == null) {
      return avutil.AVERROR_EXIT();
    }
    try {
      long size = from.size();
      return switch (whence & ~avformat.AVSEEK_FORCE) {
        case avformat.AVSEEK_SIZE -> size < 0 ? Ffmpeg.ENOSYS : size;
        case 0 -> moved(from, offset);
        case 1 -> moved(from, from.position() + offset);
        case 2 -> size < 0 ? Ffmpeg.ENOSYS : moved(from, size + offset);
        default -> Ffmpeg.EINVAL;
      };
    } catch (Throwable e) {
      failure = e;
      return avutil.AVERROR_EXIT();
    }
  }

  private static long moved(Lookahead from, long to) throws IOException {
    if (to < 0 || !from.reaches(to)) {
      return Ffmpeg.EINVAL;
    }
    from.seek(to);
    return to;
  }

  @Override
  public void close() {
    if (OPEN.remove(number) != null) {
      // FFmpeg may have replaced the buffer that it was given.
      avutil.av_free(context.buffer());
      avformat.avio_context_free(context);
    }
  }
}
