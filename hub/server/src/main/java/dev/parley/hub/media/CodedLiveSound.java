package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
import dev.parley.gpu.codec.AudioDecoder;
import dev.parley.gpu.codec.DecodeLimits;
import dev.parley.gpu.codec.Format;
import dev.parley.gpu.codec.UnsupportedAudioException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Live sound in a container, on a thread of its own: decoders read, and wait for, what comes. */
final class CodedLiveSound implements LiveSound {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int BLOCK_FRAMES = 4_800;

  private final LiveEars ears;
  private final BytePipe pipe = new BytePipe();

  CodedLiveSound(LiveEars ears, Optional<Format> declared, DecodeLimits limits) {
    this.ears = ears;
    Thread.ofPlatform()
        .daemon()
        .name("parley-live-" + NUMBER.incrementAndGet())
        .start(() -> decode(declared, limits));
  }

  @Override
  public String model() {
    return ears.model();
  }

  private void decode(Optional<Format> declared, DecodeLimits limits) {
    try (AudioDecoder decoder = AudioDecoder.open(pipe, declared, limits)) {
      int channels = decoder.info().channels();
      float[][] planes = new float[channels][BLOCK_FRAMES];
      Sink first = ears.from(decoder.info().sampleRateHz(), channels);
      for (int frames = decoder.read(planes); frames >= 0; frames = decoder.read(planes)) {
        if (ears.isOver()) {
          return;
        }
        first.accept(planes, frames);
        ears.room().join();
      }
      first.end();
    } catch (IOException | UnsupportedAudioException | RuntimeException | LinkageError e) {
      ears.broken(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    } finally {
      pipe.close();
    }
  }

  @Override
  public CompletableFuture<Void> hear(byte[] bytes) {
    return pipe.put(bytes);
  }

  @Override
  public CompletableFuture<Void> settled() {
    return pipe.settled();
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
    pipe.end();
  }

  @Override
  public void close() {
    ears.close();
    pipe.close();
  }
}
