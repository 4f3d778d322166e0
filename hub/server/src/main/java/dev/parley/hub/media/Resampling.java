package dev.parley.hub.media;

import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.resample.Resampler;
import java.io.IOException;

/** Changes the rate, each channel on its own. */
final class Resampling implements Sink {

  private final Resampler[] channels;
  private final Sink next;
  private float[][] resampled = {};

  private Resampling(int from, int to, int channels, Profile profile, Sink next) {
    this.channels = new Resampler[channels];
    for (int i = 0; i < channels; i++) {
      this.channels[i] = Resampler.of(from, to, profile);
    }
    this.next = next;
  }

  /** The same sink when nothing has to be done. */
  static Sink between(int from, int to, int channels, Profile profile, Sink next) {
    return from == to ? next : new Resampling(from, to, channels, profile, next);
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    room(channels[0].outputMax(frames));
    int written = 0;
    for (int i = 0; i < channels.length; i++) {
      written = channels[i].process(planes[i], 0, frames, resampled[i], 0);
    }
    pass(written);
  }

  @Override
  public void end() throws IOException {
    room(channels[0].finishMax());
    int written = 0;
    for (int i = 0; i < channels.length; i++) {
      written = channels[i].finish(resampled[i], 0);
    }
    pass(written);
    next.end();
  }

  private void pass(int frames) throws IOException {
    if (frames > 0) {
      next.accept(resampled, frames);
    }
  }

  private void room(int frames) {
    if (resampled.length == 0 || resampled[0].length < frames) {
      resampled = new float[channels.length][frames];
    }
  }

  @Override
  public void close() {
    next.close();
  }
}
