package dev.parley.gpu.vad.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down what a listener is told, and that nothing follows the last call. */
final class Heard implements LiveListener {

  final List<Float> probabilities = new ArrayList<>();
  final CountDownLatch over = new CountDownLatch(1);
  volatile boolean finished;
  volatile @Nullable RuntimeException failure;

  @Override
  public void heard(long chunk, float probability) {
    assertThat(over.getCount()).isOne();
    assertThat(chunk).isEqualTo(probabilities.size());
    probabilities.add(probability);
  }

  @Override
  public void finished() {
    assertThat(over.getCount()).isOne();
    finished = true;
    over.countDown();
  }

  @Override
  public void failed(RuntimeException reason) {
    assertThat(over.getCount()).isOne();
    failure = reason;
    over.countDown();
  }

  float[] values() {
    float[] values = new float[probabilities.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = probabilities.get(i);
    }
    return values;
  }

  void awaitEnd() throws InterruptedException {
    assertThat(over.await(20, TimeUnit.SECONDS)).as("the end was told").isTrue();
  }
}
