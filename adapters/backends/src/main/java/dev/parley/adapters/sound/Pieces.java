package dev.parley.adapters.sound;

import dev.parley.core.speech.SpeechEvent;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts sound into pieces that last so short that whoever takes them one by one can stop soon. */
public final class Pieces {

  private static final int PER_SECOND = 10;
  private static final int SAMPLE_BYTES = 2;

  private Pieces() {}

  /** Bytes of 100 ms of 16-bit samples, one channel. */
  public static int bytesMax(int sampleRateHz) {
    return sampleRateHz / PER_SECOND * SAMPLE_BYTES;
  }

  /** Passes 16-bit samples of one channel on in pieces of 100 ms at most. */
  public static void pass(byte[] samples, int sampleRateHz, Consumer<SpeechEvent> out) {
    int most = bytesMax(sampleRateHz);
    for (int from = 0; from < samples.length; from += most) {
      int to = Math.min(samples.length, from + most);
      out.accept(new SpeechEvent.Sound(Arrays.copyOfRange(samples, from, to)));
    }
  }
}
