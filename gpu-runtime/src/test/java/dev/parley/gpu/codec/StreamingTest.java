package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that arrive piece by piece, late, or not at all. */
class StreamingTest {

  private static final int SECONDS = 4;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(NativeIo.openCount()).isZero();
  }

  private static Optional<Format> declared(Encoding encoding, int rate) {
    return encoding.isRaw() ? Optional.of(new Format(encoding, rate, 1)) : Optional.empty();
  }

  private static byte[] bytes(Encoding encoding, int rate) throws IOException {
    return Sound.tones(1, rate, SECONDS * rate).encoded(encoding);
  }

  @ParameterizedTest
  @EnumSource
  void anySplitOfTheBytesGivesTheSameSamples(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    byte[] bytes = bytes(encoding, rate);
    Sound whole = Sound.decoded(ByteInput.of(bytes), declared(encoding, rate));
    for (int stepMax : new int[] {1, 13, 1_000}) {
      for (boolean isSeekable : new boolean[] {false, true}) {
        ByteInput in =
            new ScriptedInput(bytes, isSeekable).inPieces(stepMax, new SplittableRandom(stepMax));
        try (AudioDecoder decoder =
            AudioDecoder.open(in, declared(encoding, rate), DecodeLimits.DEFAULT)) {
          Sound split = Sound.rest(decoder, 1 + stepMax);
          assertThat(Arrays.equals(split.planes()[0], whole.planes()[0])).isTrue();
        }
      }
    }
  }

  /**
   * With a second and a half of four there, at least half a second has come out. FLAC is the
   * slowest: ten frames must follow before FFmpeg trusts where one begins.
   */
  @ParameterizedTest
  @EnumSource
  void soundLeavesBeforeTheInputEnds(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    byte[] bytes = bytes(encoding, rate);
    IOException cut = new IOException("cut");
    ScriptedInput in = new ScriptedInput(bytes, false).failing(bytes.length * 3 / 2 / SECONDS, cut);
    try (AudioDecoder decoder =
        AudioDecoder.open(in, declared(encoding, rate), DecodeLimits.DEFAULT)) {
      float[][] planes = new float[1][512];
      int frames = 0;
      while (frames < decoder.info().sampleRateHz() / 2) {
        frames += decoder.read(planes);
      }
      assertThatThrownBy(() -> Sound.rest(decoder, 512)).isSameAs(cut);
    }
    assertThat(in.isClosed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheInputThrowsComesOutUnchanged(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    byte[] bytes = bytes(encoding, rate);
    List<Throwable> failures =
        List.of(new IOException("a"), new IllegalStateException("b"), new StackOverflowError("c"));
    for (Throwable failure : failures) {
      for (int at : new int[] {0, 5, 30, bytes.length / 2, bytes.length - 1}) {
        for (boolean isSeekable : new boolean[] {false, true}) {
          ScriptedInput in = new ScriptedInput(bytes, isSeekable).failing(at, failure);
          assertThatThrownBy(() -> Sound.decoded(in, declared(encoding, rate))).isSameAs(failure);
          assertThat(in.isClosed()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheOutputThrowsComesOutUnchanged(Encoding encoding) {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    Sound sound = Sound.tones(1, rate, rate);
    for (Throwable failure : List.of(new IOException("a"), new IllegalStateException("b"))) {
      for (int after : new int[] {0, 1, 5}) {
        int[] calls = {0};
        ByteOutput out =
            (_, _, _) -> {
              if (calls[0]++ >= after) {
                switch (failure) {
                  case IOException e -> throw e;
                  case RuntimeException e -> throw e;
                  default -> throw new AssertionError();
                }
              }
            };
        assertThatThrownBy(
                () -> {
                  try (AudioEncoder encoder =
                      AudioEncoder.open(new Format(encoding, rate, 1), out)) {
                    for (int at = 0; at < sound.frames(); at += 160) {
                      encoder.write(sound.planes(), at, 160);
                    }
                    encoder.finish();
                  }
                })
            .isSameAs(failure);
      }
    }
  }

  /** More than there are native entries for callbacks. */
  @Test
  void manyWorkAtOnce() throws Exception {
    int rate = 16_000;
    byte[] bytes = bytes(Encoding.FLAC, rate);
    Sound whole = Sound.decoded(bytes);
    List<AudioDecoder> decoders = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      decoders.add(
          AudioDecoder.open(
              new ScriptedInput(bytes, i % 2 == 0), Optional.empty(), DecodeLimits.DEFAULT));
    }
    assertThat(NativeIo.openCount()).isEqualTo(40);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> same = new ArrayList<>();
      for (AudioDecoder decoder : decoders) {
        same.add(
            threads.submit(() -> {
              try (decoder) {
                return Arrays.equals(Sound.rest(decoder, 999).planes()[0], whole.planes()[0]);
              }
            }));
      }
      for (Future<Boolean> one : same) {
        assertThat(one.get()).isTrue();
      }
    }
  }
}
