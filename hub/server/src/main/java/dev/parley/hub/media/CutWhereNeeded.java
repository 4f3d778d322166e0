package dev.parley.hub.media;

import dev.parley.core.recognition.Clip;
import dev.parley.gpu.denoise.Denoiser;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sound in clips that are as long as they may be, cut at the best pause near their end; where
 * there is none, the next clip has the last seconds, too.
 */
final class CutWhereNeeded extends Carving {

  private static final int SEARCHED_SECONDS_MAX = 30;

  private final Supplier<Pauses> pauses;

  /**
   * @param pauses looks for a pause, once one is needed
   */
  CutWhereNeeded(
      Reader reader,
      CutWish wish,
      @Nullable Denoiser denoiser,
      MeasuredLength length,
      Supplier<Pauses> pauses) {
    super(reader, wish, denoiser, length);
    this.pauses = pauses;
  }

  @Override
  void heard(float[] samples, int count) throws IOException {
    long most = samplesMax();
    while (tape.end() - tape.start() > most) {
      long last = tape.start() + most;
      long searched = Math.min(most * 2 / 5, (long) SEARCHED_SECONDS_MAX * Clip.RATE_HZ);
      OptionalLong pause = pauses.get().best(tape, last - searched, last);
      long cut = pause.orElse(last);
      long shared = pause.isPresent() ? 0 : shared(most);
      cutOff(List.of(new SoundPiece.Part(0, tape.start(), cut - tape.start())), shared);
      tape.dropBefore(cut - shared);
    }
  }

  @Override
  void ended() throws IOException {
    if (tape.end() > tape.start()) {
      cutOff(List.of(new SoundPiece.Part(0, tape.start(), tape.end() - tape.start())), 0);
      tape.dropBefore(tape.end());
    }
  }
}
