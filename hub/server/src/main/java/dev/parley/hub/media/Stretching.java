package dev.parley.hub.media;

import dev.parley.gpu.tempo.Tempo;
import java.io.IOException;

/** Makes speech slower or faster; for one channel. */
final class Stretching implements Sink {

  private final Tempo tempo;
  private final Sink next;
  private float[][] stretched = {{}};

  private Stretching(Tempo tempo, Sink next) {
    this.tempo = tempo;
    this.next = next;
  }

  /** The same sink when nothing has to be done. */
  static Sink at(double speed, int rateHz, Sink next) {
    return speed == 1 ? next : new Stretching(Tempo.of(rateHz, speed), next);
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    room(tempo.outputMax(frames));
    pass(tempo.process(planes[0], 0, frames, stretched[0], 0));
  }

  @Override
  public void end() throws IOException {
    room(tempo.finishMax());
    pass(tempo.finish(stretched[0], 0));
    next.end();
  }

  private void pass(int frames) throws IOException {
    if (frames > 0) {
      next.accept(stretched, frames);
    }
  }

  private void room(int frames) {
    if (stretched[0].length < frames) {
      stretched[0] = new float[frames];
    }
  }

  @Override
  public void close() {
    next.close();
  }
}
