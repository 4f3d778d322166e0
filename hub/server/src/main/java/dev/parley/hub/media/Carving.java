package dev.parley.hub.media;

import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.resample.Profile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a sound and cuts it into clips. For one thread at a time. */
abstract class Carving implements PieceSource<SoundPiece> {

  private static final int BLOCKS_IN_A_STEP = 20;

  /** -60 dBFS: the noise of a quiet room recorded at a usual level is louder. */
  private static final int AUDIBLE = 33;

  private final Reader reader;
  private final Sink first;
  private final MeasuredLength length;
  private final ArrayDeque<SoundPiece> ready = new ArrayDeque<>();
  private boolean over;
  private long sharedBefore;

  /** What is not cut off yet. */
  final PcmTape tape = new PcmTape();

  final CutWish wish;

  Carving(Reader reader, CutWish wish, @Nullable Denoiser denoiser, MeasuredLength length) {
    this.reader = reader;
    this.wish = wish;
    this.length = length;
    this.first = chain(reader, wish, denoiser, new Intake());
  }

  private static Sink chain(Reader reader, CutWish wish, @Nullable Denoiser denoiser, Sink last) {
    int rate = reader.rateHz();
    Sink mono;
    if (denoiser == null) {
      mono = Resampling.between(rate, Clip.RATE_HZ, 1, Profile.HQ, last);
    } else {
      int clean = denoiser.sampleRateHz();
      Sink out = Resampling.between(clean, Clip.RATE_HZ, 1, Profile.HQ, last);
      Sink cleaning = new Cleaning(denoiser, Denoiser.UNLIMITED, 1, out);
      mono = Resampling.between(rate, clean, 1, Profile.HQ, cleaning);
    }
    return wish.channel().isPresent()
        ? new OneChannel(wish.channel().getAsInt(), mono)
        : Mixing.between(reader.channels(), 1, mono);
  }

  @Override
  public boolean advance() throws IOException {
    try {
      for (int i = 0; i < BLOCKS_IN_A_STEP && ready.isEmpty() && !over; i++) {
        int frames = reader.next();
        if (frames < 0) {
          over = true;
          first.end();
          ended();
        } else {
          first.accept(reader.block(), frames);
        }
        length.frames(reader.frames());
      }
    } catch (UnsupportedAudioException e) {
      throw (HubException) Failures.known(e);
    }
    return over || !ready.isEmpty();
  }

  @Override
  public @Nullable SoundPiece next() {
    return ready.poll();
  }

  /** Samples were added to the tape. */
  abstract void heard(float[] samples, int count) throws IOException;

  /** No more of them follow. */
  abstract void ended() throws IOException;

  /** Most samples of a clip. */
  final long samplesMax() {
    return (long) (wish.secondsMax() * Clip.RATE_HZ);
  }

  /**
   * What two clips share where there is no pause: longer than two words, unless clips are short.
   */
  static long shared(long samplesMax) {
    return Math.min(2L * Clip.RATE_HZ, samplesMax / 3);
  }

  final void cutOff(List<SoundPiece.Part> parts, long sharedBehind) throws IOException {
    boolean silent =
        parts.stream()
            .allMatch(part -> tape.peak(part.from(), part.from() + part.samples()) < AUDIBLE);
    Clip clip = tape.clip(parts, wish.encoding());
    ready.add(new SoundPiece(clip, parts, silent, sharedBefore, sharedBehind));
    sharedBefore = sharedBehind;
  }

  @Override
  public void close() {
    try (reader) {
      first.close();
    }
  }

  /** Where the stages end. */
  private final class Intake implements Sink {
    @Override
    public void accept(float[][] planes, int frames) throws IOException {
      tape.add(planes[0], frames);
      heard(planes[0], frames);
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
  }

  /** Passes on one of many channels. */
  private record OneChannel(int channel, Sink next) implements Sink {
    @Override
    public void accept(float[][] planes, int frames) throws IOException {
      next.accept(new float[][] {planes[channel]}, frames);
    }

    @Override
    public void end() throws IOException {
      next.end();
    }

    @Override
    public void close() {
      next.close();
    }
  }
}
