package dev.parley.gpu.vad.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveDetectionsTest {

  private static final LiveSettings FOUR =
      new LiveSettings(4, 8, Duration.ofMillis(1), Duration.ofSeconds(5));

  @Test
  void hearsEverySignalWhicheverThreadHasIt() throws InterruptedException {
    LoudnessDetector detector = new LoudnessDetector(0);
    CountDownLatch over = new CountDownLatch(4);
    try (LiveDetections detections = new LiveDetections(detector, FOUR, System::nanoTime, 2)) {
      detections.start();
      List<LiveStream> streams = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        streams.add(detections.open(until(over)));
      }
      float[] samples = new float[10 * detector.chunkSamples()];
      for (LiveStream stream : streams) {
        assertThat(stream.offer(samples, 0, samples.length)).isEqualTo(samples.length);
        stream.finish();
      }
      assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(detections.status().rows()).isEqualTo(40);
      assertThat(detections.status().streams()).isZero();
    }
  }

  @Test
  void theBoundHoldsForAllThreadsTogether() {
    try (LiveDetections detections =
        new LiveDetections(new LoudnessDetector(0), FOUR, System::nanoTime, 3)) {
      CountDownLatch never = new CountDownLatch(1);
      LiveStream first = detections.open(until(never));
      for (int i = 0; i < 3; i++) {
        detections.open(until(never));
      }
      assertThatThrownBy(() -> detections.open(until(never)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("4");
      first.close();
      assertThat(detections.status().streams()).isEqualTo(3);
      detections.open(until(never)).close();
    }
  }

  private static LiveListener until(CountDownLatch over) {
    return new LiveListener() {
      @Override
      public void heard(long chunk, float probability) {}

      @Override
      public void finished() {
        over.countDown();
      }

      @Override
      public void failed(RuntimeException failure) {}
    };
  }
}
