package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
import dev.parley.gpu.codec.Format;
import dev.parley.gpu.codec.RawDecoder;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Headerless live sound: decoded by whoever brings it, which takes microseconds. */
final class RawLiveSound implements LiveSound {

  private final LiveEars ears;
  private final RawDecoder decoder;
  private final Sink first;
  private final int channels;
  private float[][] planes = {};

  RawLiveSound(LiveEars ears, Format format) {
    this.ears = ears;
    this.channels = format.channels();
    this.decoder = RawDecoder.of(format);
    this.first = ears.from(format.sampleRateHz(), channels);
  }

  @Override
  public String model() {
    return ears.model();
  }

  @Override
  public CompletableFuture<Void> hear(byte[] bytes) {
    int most = decoder.framesMax(bytes.length);
    if (planes.length == 0 || planes[0].length < most) {
      planes = new float[channels][most];
    }
    int frames = decoder.decode(bytes, 0, bytes.length, planes);
    try {
      if (frames > 0) {
        first.accept(planes, frames);
      }
    } catch (IOException | RuntimeException e) {
      ears.broken(e);
    }
    return ears.room();
  }

  @Override
  public CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public int lagSamples() {
    return ears.lagSamples();
  }

  @Override
  public void change(TurnDetection turns) {
    ears.change(turns);
  }

  @Override
  public void finish() {
    try {
      first.end();
    } catch (IOException | RuntimeException e) {
      ears.broken(e);
    }
  }

  @Override
  public void close() {
    ears.close();
  }
}
