package dev.parley.gpu.vad.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.gpu.device.ModelFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveDetectionTest {

  private static final LiveSettings SETTINGS =
      new LiveSettings(100, 4, Duration.ofMillis(5), Duration.ofMillis(100));

  private final AtomicLong time = new AtomicLong();
  private final LoudnessDetector detector = new LoudnessDetector(0);
  private final LiveDetection detection = new LiveDetection(detector, SETTINGS, time::get);

  @Test
  void advancesAllThatAreReadyInOneRun() {
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Heard listener = new Heard();
      heard.add(listener);
      detection.open(listener).offer(samples(0.1f * i, 4), 0, 4);
    }
    assertThat(detection.runOnce()).isEqualTo(4);
    assertThat(detection.runOnce()).isEqualTo(2);
    assertThat(detection.runOnce()).isZero();
    for (int i = 0; i < 6; i++) {
      assertThat(heard.get(i).probabilities).containsExactly(0.1f * i);
    }
  }

  @Test
  void whoHasMuchToBeHeardTakesTurns() {
    Heard first = new Heard();
    Heard second = new Heard();
    LiveStream fast = detection.open(first);
    fast.offer(samples(0.3f, 40), 0, 40);
    detection.runOnce();
    detection.open(second).offer(samples(0.6f, 4), 0, 4);
    detection.runOnce();
    assertThat(first.probabilities).hasSize(2);
    assertThat(second.probabilities).hasSize(1);
    runAll();
    assertThat(first.probabilities).hasSize(10);
  }

  @Test
  void takesNoMoreThanItsBufferHolds() {
    Heard listener = new Heard();
    LiveStream stream = detection.open(listener);
    int room = 1600;
    assertThat(stream.offer(samples(0.5f, 5000), 0, 5000)).isEqualTo(room);
    assertThat(stream.offer(samples(0.5f, 10), 0, 10)).isZero();
    detection.runOnce();
    assertThat(stream.offer(samples(0.5f, 10), 0, 10)).isEqualTo(4);
  }

  @Test
  void theEndIsToldAfterTheLastChunk() {
    Heard listener = new Heard();
    LiveStream stream = detection.open(listener);
    stream.offer(samples(0.5f, 6), 0, 6);
    stream.finish();
    runAll();
    assertThat(listener.probabilities).containsExactly(0.5f, 0.5f);
    assertThat(listener.finished).isTrue();
    assertThat(detection.status().streams()).isZero();
    assertThatThrownBy(() -> stream.offer(new float[4], 0, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("finished");
  }

  @Test
  void anEmptySignalEnds() {
    Heard listener = new Heard();
    detection.open(listener).finish();
    detection.runOnce();
    assertThat(listener.finished).isTrue();
    assertThat(listener.probabilities).isEmpty();
  }

  @Test
  void whatWasNotHeardFarEnoughRepeatsTheLast() {
    try (LiveDetection late = new LiveDetection(new LoudnessDetector(2), SETTINGS, time::get)) {
      Heard listener = new Heard();
      LiveStream stream = late.open(listener);
      stream.offer(new float[] {0.1f, 0, 0, 0, 0.2f, 0, 0, 0, 0.3f, 0, 0, 0}, 0, 12);
      stream.finish();
      while (late.runOnce() > 0) {
        assertThat(listener.failure).isNull();
      }
      late.runOnce();
      assertThat(listener.probabilities).containsExactly(0.1f, 0.1f, 0.1f);
      assertThat(listener.finished).isTrue();
    }
  }

  @Test
  void aClosedStreamHearsNothingMore() {
    Heard listener = new Heard();
    LiveStream stream = detection.open(listener);
    stream.offer(samples(0.5f, 8), 0, 8);
    detection.runOnce();
    stream.close();
    stream.close();
    runAll();
    assertThat(listener.probabilities).hasSize(1);
    assertThat(listener.over.getCount()).isOne();
    assertThat(detection.status().streams()).isZero();
    assertThatThrownBy(() -> stream.offer(new float[4], 0, 4)).hasMessageContaining("closed");
  }

  @Test
  void aFailingModelEndsAllSignalsAndLaterOnesAreTriedAnew() {
    Heard hearing = new Heard();
    Heard waiting = new Heard();
    LiveStream stream = detection.open(hearing);
    detection.open(waiting);
    stream.offer(samples(0.5f, 4), 0, 4);
    detector.broken = true;
    detection.runOnce();
    assertThat(hearing.failure).hasMessage("the device is gone");
    assertThat(waiting.failure).hasMessage("the device is gone");
    assertThatThrownBy(() -> stream.offer(new float[4], 0, 4))
        .isInstanceOf(ModelFailedException.class)
        .hasMessageContaining("the device is gone");
    assertThat(detection.status().streams()).isZero();
    assertThat(detection.status().failures()).isOne();

    detector.broken = false;
    Heard later = new Heard();
    detection.open(later).offer(samples(0.7f, 4), 0, 4);
    runAll();
    assertThat(later.probabilities).containsExactly(0.7f);
  }

  @Test
  void whatAListenerThrowsEndsItsOwnSignal() {
    List<RuntimeException> failures = new ArrayList<>();
    LiveStream wrong =
        detection.open(
            new LiveListener() {
              @Override
              public void heard(long chunk, float probability) {
                throw new IllegalStateException("no");
              }

              @Override
              public void finished() {}

              @Override
              public void failed(RuntimeException failure) {
                failures.add(failure);
                throw failure;
              }
            });
    Heard right = new Heard();
    LiveStream other = detection.open(right);
    wrong.offer(samples(0.5f, 8), 0, 8);
    other.offer(samples(0.5f, 8), 0, 8);
    runAll();
    assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessage("no"));
    assertThat(right.probabilities).hasSize(2);
  }

  @Test
  void noMoreSignalsThanAllowed() {
    List<LiveStream> streams = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      streams.add(detection.open(new Heard()));
    }
    assertThatThrownBy(() -> detection.open(new Heard())).hasMessageContaining("100");
    streams.getFirst().close();
    detection.open(new Heard());
  }

  @Test
  void countsWhatItDoes() {
    LiveStream stream = detection.open(new Heard());
    LiveStream other = detection.open(new Heard());
    stream.offer(samples(0.5f, 4), 0, 4);
    time.addAndGet(3_000_000);
    other.offer(samples(0.5f, 4), 0, 4);
    time.addAndGet(1_000_000);
    runAll();
    assertThat(detection.status()).isEqualTo(new LiveStatus(2, 1, 2, 0, Duration.ofMillis(4)));
  }

  @Test
  void itsThreadRunsAFullBatchAtOnce() throws InterruptedException {
    LiveSettings patient = new LiveSettings(4, 2, Duration.ofSeconds(1), Duration.ofMillis(100));
    LoudnessDetector counting = new LoudnessDetector(0);
    // With a clock that stands still only a full batch, or an end, is a reason to run.
    try (LiveDetection threaded = new LiveDetection(counting, patient, () -> 0)) {
      threaded.start();
      Heard first = new Heard();
      Heard second = new Heard();
      LiveStream one = threaded.open(first);
      LiveStream two = threaded.open(second);
      one.offer(samples(0.1f, 4), 0, 4);
      two.offer(samples(0.2f, 4), 0, 4);
      one.finish();
      two.finish();
      first.awaitEnd();
      second.awaitEnd();
      assertThat(first.probabilities).containsExactly(0.1f);
      assertThat(second.probabilities).containsExactly(0.2f);
      assertThat(counting.batches).containsExactly(2);
      assertThatThrownBy(threaded::runOnce).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whoHasMoreToBeHeardWaitsForNobody() throws InterruptedException {
    LiveSettings patient = new LiveSettings(4, 2, Duration.ofSeconds(1), Duration.ofMillis(100));
    LoudnessDetector counting = new LoudnessDetector(0);
    // With a clock that stands still any wait would last forever.
    try (LiveDetection threaded = new LiveDetection(counting, patient, () -> 0)) {
      threaded.start();
      Heard first = new Heard();
      Heard second = new Heard();
      LiveStream one = threaded.open(first);
      LiveStream two = threaded.open(second);
      one.offer(samples(0.1f, 12), 0, 12);
      two.offer(samples(0.2f, 4), 0, 4);
      one.finish();
      two.finish();
      first.awaitEnd();
      second.awaitEnd();
      assertThat(counting.batches).containsExactly(2, 1, 1);
    }
  }

  @Test
  void itsThreadDoesNotWaitForeverForOthers() throws InterruptedException {
    try (LiveDetection threaded = new LiveDetection(detector, SETTINGS, System::nanoTime)) {
      threaded.start();
      Heard listener = new Heard();
      LiveStream stream = threaded.open(listener);
      stream.offer(samples(0.1f, 8), 0, 8);
      stream.finish();
      listener.awaitEnd();
      assertThat(listener.probabilities).hasSize(2);
    }
  }

  @Test
  void closingTellsWhoIsStillThere() throws InterruptedException {
    Heard listener = new Heard();
    LiveDetection threaded = new LiveDetection(detector, SETTINGS, System::nanoTime);
    threaded.start();
    threaded.open(listener);
    threaded.close();
    threaded.close();
    listener.awaitEnd();
    assertThat(listener.failure).hasMessageContaining("closed");
    assertThatThrownBy(() -> threaded.open(new Heard())).hasMessageContaining("closed");
    assertThatThrownBy(threaded::start).hasMessageContaining("closed");
  }

  @Test
  void settingsSayWhatIsAllowed() {
    assertThatThrownBy(() -> new LiveSettings(0, 1, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessage("streamsMax: 0 (expected: 1..100000)");
    assertThatThrownBy(() -> new LiveSettings(1, 1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessage("waitMax: 2000 (expected: 0..1000 ms)");
  }

  private void runAll() {
    for (int i = 0; i < 1000 && detection.runOnce() > 0; i++) {
      assertThat(detection.status().runs()).isPositive();
    }
    detection.runOnce();
  }

  private static float[] samples(float value, int count) {
    float[] samples = new float[count];
    java.util.Arrays.fill(samples, value);
    return samples;
  }
}
