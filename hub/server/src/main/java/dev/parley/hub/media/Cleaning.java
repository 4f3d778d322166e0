package dev.parley.hub.media;

import dev.parley.gpu.denoise.DenoiseStream;
import dev.parley.gpu.denoise.Denoiser;
import java.io.IOException;

/** Takes noise out, of each channel on its own, at the denoiser's rate. */
final class Cleaning implements Sink {

  private final DenoiseStream[] channels;
  private final Sink next;
  private float[][] clean = {};

  Cleaning(Denoiser denoiser, float attenuationLimitDb, int channels, Sink next) {
    this.channels = new DenoiseStream[channels];
    this.next = next;
    try {
      for (int i = 0; i < channels; i++) {
        this.channels[i] = denoiser.open(attenuationLimitDb);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    room(channels[0].outputMax(frames));
    int written = 0;
    for (int i = 0; i < channels.length; i++) {
      written = channels[i].process(planes[i], 0, frames, clean[i], 0);
    }
    pass(written);
  }

  @Override
  public void end() throws IOException {
    room(channels[0].finishMax());
    int written = 0;
    for (int i = 0; i < channels.length; i++) {
      written = channels[i].finish(clean[i], 0);
    }
    pass(written);
    next.end();
  }

  private void pass(int frames) throws IOException {
    if (frames > 0) {
      next.accept(clean, frames);
    }
  }

  private void room(int frames) {
    if (clean.length == 0 || clean[0].length < frames) {
      clean = new float[channels.length][frames];
    }
  }

  @Override
  @SuppressWarnings("UnnecessaryNullCheck")
  public void close() {
    for (DenoiseStream channel : channels) {
      if (channel != null) {
        channel.close();
      }
    }
    next.close();
  }
}
