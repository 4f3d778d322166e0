package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoicedStreamTest {

  private static final AudioFormat PCM = AudioFormat.of(AudioEncoding.PCM_S16LE, 24_000, 1);

  private final Deque<Runnable> workers = new ArrayDeque<>();
  private final Deque<Runnable> loop = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();
  private int left;

  private final Place place =
      new Place() {
        @Override
        public void run(Runnable step) {
          workers.add(step);
        }

        @Override
        public void close() {
          left++;
        }
      };

  @Test
  void plainSamplesNeedNoOtherThread() {
    try (VoicedStream stream = stream(AudioFormat.UNSTATED)) {
      stream.submit(voicing -> voicing.begin(PCM, 1, Joint.WHOLE), this::see);
      stream.sound(new byte[4_800], this::see);
      assertThat(seen).containsExactly("0", "2160");
      assertThat(workers).isEmpty();
    }
    assertThat(left).isEqualTo(1);
  }

  @Test
  void muchAtOnceIsForTheWorkers() {
    try (VoicedStream stream = stream(AudioFormat.UNSTATED)) {
      stream.submit(voicing -> voicing.begin(PCM, 1, Joint.WHOLE), this::see);
      stream.sound(new byte[48_000], this::see);
      assertThat(workers).hasSize(1);
      stream.submit(Voicing::end, this::see);
      work();
      assertThat(seen).containsExactly("0", "23760", "24000");
    }
  }

  @Test
  void otherRatesAreForTheWorkersAndStepsKeepTheirOrder() {
    try (VoicedStream stream = stream(AudioFormat.of(AudioEncoding.PCM_S16LE, 8_000, 1))) {
      stream.submit(voicing -> voicing.begin(PCM, 1, Joint.WHOLE), this::see);
      stream.sound(new byte[4_800], this::see);
      stream.submit(Voicing::end, this::see);
      stream.submit(Voicing::finish, this::see);
      assertThat(workers).hasSize(1);
      assertThat(stream.waiting()).isEqualTo(2);
      work();
      assertThat(seen).hasSize(4).last().isEqualTo("800");
    }
  }

  @Test
  void tellsWhoseFaultItIsAndGoesOn() {
    try (VoicedStream stream = stream(PCM)) {
      AudioFormat wav = new AudioFormat(Optional.of(AudioEncoding.WAV), 0, 0, 0);
      stream.submit(voicing -> voicing.begin(wav, 1, Joint.WHOLE), this::see);
      stream.sound(new byte[100], this::see);
      stream.submit(Voicing::breakOff, this::see);
      work();
      assertThat(seen).containsExactly("0", "UnreadableSoundException", "0");
    }
  }

  @Test
  void givesItsPlaceBackOnceTheRunningStepIsDone() {
    VoicedStream stream = stream(AudioFormat.of(AudioEncoding.PCM_S16LE, 8_000, 1));
    stream.submit(voicing -> voicing.begin(PCM, 1, Joint.WHOLE), this::see);
    stream.sound(new byte[4_800], this::see);
    stream.sound(new byte[4_800], this::see);
    stream.close();
    assertThat(left).isZero();
    work();
    assertThat(left).isEqualTo(1);
    stream.close();
    stream.sound(new byte[4_800], this::see);
    work();
    assertThat(left).isEqualTo(1);
    assertThat(seen).containsExactly("0");
  }

  private VoicedStream stream(AudioFormat wanted) {
    return new VoicedStream(place, Voicing.of(wanted, 0), loop::add);
  }

  private void see(VoicedStream.Outcome outcome) {
    seen.add(
        outcome
            .failure()
            .map(failure -> failure.getClass().getSimpleName())
            .orElse("" + outcome.frames()));
  }

  private void work() {
    while (!workers.isEmpty() || !loop.isEmpty()) {
      (workers.isEmpty() ? loop : workers).removeFirst().run();
    }
  }
}
